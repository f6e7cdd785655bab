package org.surprisal.information.pairwise;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// The quicker loops of the moment. Until it is compiled the Vector API is a hundred times slower than a plain loop,
/// and compiling it takes more than a second, so small work is done in plain loops. Much work at once compiles the
/// vector ones by itself, in its first second. When many small ones have come, a thread of its own runs the vector
/// loops on numbers that nobody needs, until they are the quicker ones. Both give the same bits: when that is makes no
/// difference to any result.
final class WarmingPairLoops implements PairLoops {

    static final WarmingPairLoops SHARED = new WarmingPairLoops();

    /// The plain loops of two processors take about as long for so many pairs as the others take to be compiled.
    private static final long MANY = 30_000_000;
    private static final int CALLS = 100;
    private static final int WINS = 3;
    /// Where the vector loops are not quicker by then, they never will be.
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private final PairLoops plain = new PlainPairLoops();
    private final PairLoops vector = new VectorPairLoops();
    private final AtomicLong pairs = new AtomicLong();
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile PairLoops quickest = plain;

    private WarmingPairLoops() {
    }

    /// Says that all pairs of n samples are about to go through.
    WarmingPairLoops expect(int n) {
        long now = (long) n * (n - 1) / 2;
        if (now >= MANY) {
            quickest = vector;
        } else if (pairs.addAndGet(now) >= MANY && !begun.getAndSet(true)) {
            Thread thread = new Thread(this::warm, "surprisal-warm-up");
            thread.setDaemon(true);
            thread.start();
        }
        return this;
    }

    private void warm() {
        long end = System.nanoTime() + PATIENCE_NANOS;
        Trial trial = new Trial();
        for (int wins = 0; wins < WINS;) {
            long start = System.nanoTime();
            trial.run(plain);
            long middle = System.nanoTime();
            trial.run(vector);
            long stop = System.nanoTime();
            if (stop > end) {
                return;
            }
            wins = stop - middle < middle - start ? wins + 1 : 0;
        }
        quickest = vector;
    }

    /// What a row of a tile goes through, on numbers of no meaning.
    private static final class Trial {
        private static final int DEPTH = 16;

        private final double[] rows = new double[DEPTH * PANEL];
        private final double[] columns = new double[DEPTH * PANEL];
        private final double[] squared = new double[Tiles.SIZE];
        private final double[] terms = new double[Tiles.SIZE];
        private final double[] sums = new double[Tiles.SIZE];

        void run(PairLoops loops) {
            for (int call = 0; call < CALLS; call++) {
                Arrays.fill(squared, 1);
                for (int c = 0; c + PANEL <= Tiles.SIZE / ROWS; c += PANEL) {
                    loops.addSquares(DEPTH, rows, 0, columns, 0, squared, c, Tiles.SIZE / ROWS);
                }
                double smallest = loops.smallest(squared, 0, Tiles.SIZE);
                loops.exponentials(smallest, DoubleExponential.CUTOFF, squared, 0, Tiles.SIZE, terms, 0);
                loops.square(terms, 0, Tiles.SIZE);
                loops.add(terms, 0, Tiles.SIZE, sums, 0);
            }
        }
    }

    @Override
    public void addSquares(int depth, double[] rows, int rowsFrom, double[] columns, int columnsFrom, double[] sums,
            int sumsFrom, int stride) {
        quickest.addSquares(depth, rows, rowsFrom, columns, columnsFrom, sums, sumsFrom, stride);
    }

    @Override
    public double smallest(double[] x, int from, int to) {
        return quickest.smallest(x, from, to);
    }

    @Override
    public void exponentials(double factor, double cutoff, double[] x, int from, int to, double[] out, int outFrom) {
        quickest.exponentials(factor, cutoff, x, from, to, out, outFrom);
    }

    @Override
    public void square(double[] x, int from, int to) {
        quickest.square(x, from, to);
    }

    @Override
    public double add(double[] x, int from, int to, double[] sums, int sumsFrom) {
        return quickest.add(x, from, to, sums, sumsFrom);
    }
}
