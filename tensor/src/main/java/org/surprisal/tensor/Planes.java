package org.surprisal.tensor;

import java.util.Arrays;
import java.util.stream.IntStream;

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

    /// What [#eachRun] tells, entry by entry of the window: for each run the element it begins at, its first output,
    /// its length. Where rows of outputs are as long as those of the plane and the window moves by 1, all runs of an
    /// entry are one: it has elements of the rows' other ends between them, whose outputs are the [#gaps].
    int[][] runs() {
        int[][] runs = new int[places()][];
        for (int place = 0; place < runs.length; place++) {
            IntStream.Builder here = IntStream.builder();
            eachRun(place, (at, step, output, length) -> here.add(at).add(output).add(length));
            int[] all = here.build().toArray();
            int last = all.length - 3;
            runs[place] = isEven() && last > 0
                    ? new int[]{all[0], all[1], all[last + 1] - all[1] + all[last + 2]}
                    : all;
        }
        return runs;
    }

    /// The outputs of the [#runs] that see the border instead, entry by entry of the window: for each column of them
    /// its first output, the outputs from one to the next, how many there are.
    int[][] gaps() {
        int[][] gaps = new int[places()][];
        for (int place = 0; place < gaps.length; place++) {
            IntStream.Builder here = IntStream.builder();
            eachRun(place, (at, step, output, length) -> here.add(output).add(length));
            int[] all = here.build().toArray();
            IntStream.Builder columns = IntStream.builder();
            if (isEven() && all.length > 2) {
                for (int behind = all[1]; behind < width; behind++) {
                    columns.add(all[0] + behind).add(width).add(all.length / 2 - 1);
                }
            }
            gaps[place] = columns.build().toArray();
        }
        return gaps;
    }

    private boolean isEven() {
        return window.down().stride() == 1 && window.across().stride() == 1 && outputsAcross() == width;
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
