package org.surprisal.bench.workload;

import org.surprisal.bench.harness.Side;
import org.surprisal.tensor.kernel.Workers;

/// Three arrays that no cache holds, read and written in place by all workers, and a fourth that is read, with one
/// addition a number: what an element-wise update would take if it were nothing but its numbers' way to the processor
/// and back. All in one loop, which keeps more of them on their way than one array after the other.
final class Streaming implements Side {
    private static final int CHUNK = 1 << 15;

    private final float[] read;
    private final float[] a;
    private final float[] b;
    private final float[] c;

    /// @param length of each array
    Streaming(int length) {
        this.read = new float[length];
        this.a = new float[length];
        this.b = new float[length];
        this.c = new float[length];
    }

    @Override
    public double step() {
        Workers.run(Math.ceilDiv(read.length, CHUNK), chunk -> {
            int from = chunk * CHUNK;
            add(from, from + Math.min(CHUNK, read.length - from));
        });
        return a[0];
    }

    private void add(int from, int to) {
        for (int i = from; i < to; i++) {
            a[i] += read[i];
            b[i] += read[i];
            c[i] += read[i];
        }
    }
}
