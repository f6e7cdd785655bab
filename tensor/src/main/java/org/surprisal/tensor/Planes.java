package org.surprisal.tensor;

import java.util.Arrays;

/// Images of shape (samples, channels, height, width) and a window that moves over each of their planes: which element
/// each entry of the window sees, place by place.
record Planes(int samples, int channels, int height, int width, Window window) {
    static Planes of(Tensor images, Window window, String operation) {
        if (images.rank() != 4) {
            throw new IllegalArgumentException(
                    operation + " needs shape (samples, channels, height, width), not " + images.shape());
        }
        Planes planes = new Planes(images.length(0), images.length(1), images.length(2), images.length(3), window);
        planes.outputs(); // says so if the window does not fit
        return planes;
    }

    int outputsDown() {
        return window.down().outputs(height);
    }

    int outputsAcross() {
        return window.across().outputs(width);
    }

    /// Places of the window on one plane.
    int outputs() {
        return Math.multiplyExact(outputsDown(), outputsAcross());
    }

    /// Entries of the window.
    int places() {
        return window.size();
    }

    int size() {
        return samples * channels * height * width;
    }

    /// Whether some window sees beyond the border.
    boolean isPadded() {
        Window.Span down = window.down();
        Window.Span across = window.across();
        return down.before() > 0 || down.after() > 0 || across.before() > 0 || across.after() > 0;
    }

    /// One of these samples with its border: images of another size, over which the same window moves without one.
    Planes withBorder() {
        Window.Span down = window.down();
        Window.Span across = window.across();
        return new Planes(1, channels, Math.addExact(height, Math.addExact(down.before(), down.after())),
                Math.addExact(width, Math.addExact(across.before(), across.after())), window.unpadded());
    }

    /// For a window without a border: how far behind its first entry each entry lies.
    int[] offsets() {
        int[] offsets = new int[places()];
        int across = window.across().length();
        for (int place = 0; place < offsets.length; place++) {
            offsets[place] = place / across * window.down().dilation() * width
                    + place % across * window.across().dilation();
        }
        return offsets;
    }

    /// Where a plane begins.
    int plane(int sample, int channel) {
        return (sample * channels + channel) * height * width;
    }

    /// Hears of the elements that one entry of the window sees, a run of outputs at a time: element `at` of the plane
    /// and the following, `step` apart, belong to `length` outputs from `output` on.
    interface Run {
        void accept(int at, int step, int output, int length);
    }

    /// Leaves out what lies beyond the border.
    void eachRun(int place, Run run) {
        Window.Span across = window.across();
        int down = outputsDown();
        int rowLength = outputsAcross();
        int shift = place % across.length() * across.dilation() - across.before();
        int first = Math.max(0, Math.ceilDiv(-shift, across.stride()));
        int last = Math.min(rowLength - 1, Math.floorDiv(width - 1 - shift, across.stride()));
        if (last < first) {
            return;
        }
        for (int oy = 0; oy < down; oy++) {
            int y = rowOf(place, oy);
            if (y >= 0 && y < height) {
                run.accept(y * width + first * across.stride() + shift, across.stride(), oy * rowLength + first,
                        last - first + 1);
            }
        }
    }

    private int rowOf(int place, int output) {
        Window.Span down = window.down();
        return output * down.stride() + place / window.across().length() * down.dilation() - down.before();
    }

    /// For each output, the elements its window sees, -1 beyond the border: those of the window's first entry, then
    /// those of the next.
    ///
    /// @throws IllegalArgumentException where a window sees nothing else
    int[] table() {
        int outputs = outputs();
        int[] table = new int[Math.multiplyExact(outputs, places())];
        Arrays.fill(table, -1);
        for (int place = 0; place < places(); place++) {
            int entry = place;
            eachRun(place, (at, step, output, length) -> {
                for (int i = 0; i < length; i++) {
                    table[entry * outputs + output + i] = at + i * step;
                }
            });
        }
        for (int output = 0; output < outputs; output++) {
            int seen = -1;
            for (int at = output; at < table.length; at += outputs) {
                seen = Math.max(seen, table[at]);
            }
            if (seen < 0) {
                throw new IllegalArgumentException("a window of " + window + " over " + height + "x" + width
                        + " would see padding only, at output " + output / outputsAcross() + ", "
                        + output % outputsAcross());
            }
        }
        return table;
    }
}
