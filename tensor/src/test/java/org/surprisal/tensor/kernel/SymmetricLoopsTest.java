package org.surprisal.tensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The loops of the symmetric eigenvalue problem: SIMD against plain to the bit, and plain against sums in the order of
/// their terms.
class SymmetricLoopsTest {
    private static final SymmetricLoops PLAIN = new PlainSymmetricLoops();
    private static final SymmetricLoops SIMD = new VectorSymmetricLoops();

    private static double[] random(int seed, int length) {
        return new Random(seed).doubles(length, -1, 1).toArray();
    }

    private static double[][] randomRows(int rows, int columns) {
        double[][] matrix = new double[rows][];
        Arrays.setAll(matrix, i -> random(100 + i, columns));
        return matrix;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 16, 24, 504, 512, 520, 1304})
    void sumsAreSimdsToTheBit(int end) {
        double[][] rows = randomRows(9, end);
        double[] v = random(1, Math.max(9, end));
        double[] plain = new double[4];
        double[] simd = new double[4];
        PLAIN.dots(rows, 3, v, end, plain);
        SIMD.dots(rows, 3, v, end, simd);
        assertThat(simd).isEqualTo(plain);
        for (int r = 0; r < 4; r++) {
            double sum = 0;
            for (int c = 0; c < end; c++) {
                sum += rows[3 + r][c] * v[c];
            }
            assertThat(plain[r]).isCloseTo(sum, within(end * 0x1p-53 * end));
        }

        double[] start = random(2, end);
        double[] plainAdded = start.clone();
        double[] simdAdded = start.clone();
        PLAIN.dotsAndAddRows(rows, 3, v, plainAdded, end, plain);
        SIMD.dotsAndAddRows(rows, 3, v, simdAdded, end, simd);
        assertThat(simd).isEqualTo(plain);
        assertThat(simdAdded).isEqualTo(plainAdded);

        PLAIN.addRows(rows, 5, v, plainAdded, Math.min(8, end), end);
        SIMD.addRows(rows, 5, v, simdAdded, Math.min(8, end), end);
        assertThat(simdAdded).isEqualTo(plainAdded);
        for (int c = 0; c < end; c++) {
            double sum = start[c];
            for (int r = 3; r < 9; r++) {
                sum += r < 7 ? v[r] * rows[r][c] : 0;
                sum += r > 4 && c >= 8 ? v[r] * rows[r][c] : 0;
            }
            assertThat(plainAdded[c]).isCloseTo(sum, within(1e-14));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64})
    void tilesAreSimdsToTheBit(int count) {
        double[][] plain = randomRows(6, 40);
        double[][] simd = Arrays.stream(plain).map(double[]::clone).toArray(double[][]::new);
        double[][] start = Arrays.stream(plain).map(double[]::clone).toArray(double[][]::new);
        double[] factors = random(3, 6 * (count + 2));
        double[] terms = random(4, count * SymmetricLoops.TILE);
        PLAIN.addToTile(plain, 1, 16, factors, count + 2, terms, count);
        SIMD.addToTile(simd, 1, 16, factors, count + 2, terms, count);
        assertThat(simd).isDeepEqualTo(plain);
        for (int i = 0; i < 6; i++) {
            for (int c = 0; c < 40; c++) {
                double sum = start[i][c];
                for (int t = 0; t < count && i >= 1 && i < 5 && c >= 16 && c < 32; t++) {
                    sum += factors[i * (count + 2) + t] * terms[t * SymmetricLoops.TILE + c - 16];
                }
                assertThat(plain[i][c]).isCloseTo(sum, within(1e-14));
            }
        }
    }

    @Test
    void turnsAreSimdsToTheBitAndKeepNorms() {
        int n = 12;
        double[][] plain = randomRows(n, 96);
        double[][] simd = Arrays.stream(plain).map(double[]::clone).toArray(double[][]::new);
        double[][] start = Arrays.stream(plain).map(double[]::clone).toArray(double[][]::new);
        double[] turns = new double[50 + 2 * n];
        for (int i = 0; i < n; i++) {
            turns[50 + 2 * i] = Math.cos(i + 0.3);
            turns[50 + 2 * i + 1] = Math.sin(i + 0.3);
        }
        PLAIN.rotate(plain, 2, 9, 32, turns, 50);
        SIMD.rotate(simd, 2, 9, 32, turns, 50);
        assertThat(simd).isDeepEqualTo(plain);
        for (int c = 0; c < 96; c++) {
            double before = 0;
            double after = 0;
            for (int i = 0; i < n; i++) {
                before += start[i][c] * start[i][c];
                after += plain[i][c] * plain[i][c];
                if (i < 2 || i > 9 || c < 32 || c >= 64) {
                    assertThat(plain[i][c]).isEqualTo(start[i][c]);
                }
            }
            assertThat(after).isCloseTo(before, within(1e-14));
        }
        // The first turn's upper row by its definition.
        assertThat(plain[9][40]).isCloseTo(Math.sin(8.3) * start[8][40] + Math.cos(8.3) * start[9][40], within(1e-15));
    }

    @Test
    void smallMatricesAndMachinesWithoutVectorsTakePlainLoops() {
        assertThat(SymmetricLoops.forRows(SymmetricLoops.LARGE - 1)).isInstanceOf(PlainSymmetricLoops.class);
        assertThat(SymmetricLoops.forRows(SymmetricLoops.LARGE)).isInstanceOf(VectorSymmetricLoops.class);
    }
}
