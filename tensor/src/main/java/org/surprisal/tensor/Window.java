package org.surprisal.tensor;

/// A window that moves over the planes of images, as in convolution and pooling: one [Span] down and one across.
///
/// ```java
/// Window five = Window.of(5).same();              // 5 x 5, output as large as the input
/// Window halves = Window.of(2).stride(2);         // 2 x 2 pooling
/// Window tall = new Window(Span.of(3), Span.of(1)); // another length down than across
/// ```
///
/// @param down along the height
/// @param across along the width
public record Window(Span down, Span across) {
    /// A square window of `length` x `length`, at every place where it fits.
    public static Window of(int length) {
        return new Window(Span.of(length), Span.of(length));
    }

    /// Places `stride` apart, both ways.
    public Window stride(int stride) {
        return new Window(down.stride(stride), across.stride(stride));
    }

    /// A border of `padding` on all sides.
    public Window padding(int padding) {
        return new Window(down.padding(padding), across.padding(padding));
    }

    /// A border with which there are as many outputs as inputs, at stride 1.
    public Window same() {
        return new Window(down.same(), across.same());
    }

    /// Entries of the window `dilation` apart, both ways.
    public Window dilation(int dilation) {
        return new Window(down.dilation(dilation), across.dilation(dilation));
    }

    /// The same window without a border.
    public Window unpadded() {
        return padding(0);
    }

    /// Number of entries.
    ///
    /// @throws IllegalArgumentException when there are more than 2^31 - 1
    public int size() {
        long size = (long) down.length() * across.length();
        if (size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a window of " + down.length() + "x" + across.length()
                    + " has more entries than one array holds (" + Integer.MAX_VALUE + ")");
        }
        return (int) size;
    }

    /// For example `5x5, stride 2, padding 1`; what is as usual is left out.
    @Override
    public String toString() {
        String both = down.length() + "x" + across.length();
        return down.details().equals(across.details())
                ? both + down.details()
                : both + ", down:" + down.details() + ", across:" + across.details();
    }

    /// One direction of a window.
    ///
    /// @param length number of entries, positive
    /// @param stride from one place to the next, positive
    /// @param before border in front of the first element, not negative
    /// @param after border behind the last, not negative
    /// @param dilation from one entry to the next, positive
    public record Span(int length, int stride, int before, int after, int dilation) {
        public Span {
            if (length < 1 || stride < 1 || dilation < 1 || before < 0 || after < 0) {
                throw new IllegalArgumentException("a window's length (=" + length + "), stride (=" + stride
                        + ") and dilation (=" + dilation + ") must be positive, its padding (=" + before + ", " + after
                        + ") not negative");
            }
            if ((long) dilation * (length - 1) >= Integer.MAX_VALUE) {
                throw new IllegalArgumentException("a window of length (=" + length + ") at dilation (=" + dilation
                        + ") reaches over more elements than one array holds (" + Integer.MAX_VALUE + ")");
            }
        }

        /// At every place where it fits.
        public static Span of(int length) {
            return new Span(length, 1, 0, 0, 1);
        }

        public Span stride(int places) {
            return new Span(length, places, before, after, dilation);
        }

        public Span padding(int border) {
            return new Span(length, stride, border, border, dilation);
        }

        /// As many outputs as inputs at stride 1; of an odd border, the larger half comes behind.
        public Span same() {
            int border = reach() - 1;
            return new Span(length, stride, border / 2, border - border / 2, dilation);
        }

        public Span dilation(int entries) {
            return new Span(length, stride, before, after, entries);
        }

        /// From the first entry to the last, both counted.
        int reach() {
            return dilation * (length - 1) + 1;
        }

        /// Number of places over `n` elements: floor((n + before + after - reach) / stride) + 1, where reach = dilation
        /// (length
        /// - 1) + 1 (lecture notes, section 7.3.1).
        ///
        /// @throws IllegalArgumentException when it does not fit once
        public int outputs(int n) {
            long room = (long) n + before + after - reach();
            if (room < 0) {
                throw new IllegalArgumentException("a window that reaches over " + reach() + " does not fit " + n
                        + " elements with a border of " + before + " + " + after);
            }
            long places = room / stride + 1;
            if (places > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("a window with a border of " + before + " + " + after
                        + " has more places than one array holds (" + Integer.MAX_VALUE + ")");
            }
            return (int) places;
        }

        private String details() {
            String border = before == after ? "" + before : before + "+" + after;
            return (stride == 1 ? "" : ", stride " + stride) + (before + after == 0 ? "" : ", padding " + border)
                    + (dilation == 1 ? "" : ", dilation " + dilation);
        }
    }
}
