package org.surprisal.data.sets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.surprisal.data.Batch;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Shape;

class SpheresTest {
    private static final int POINTS = 12;

    /// Sums of |Σ Y_lm|² over m from -l to l with `scipy.special.sph_harm` at the corners' polar angles, SciPy 1.10.
    @Test
    void powersAreThoseOfSphericalHarmonics() {
        powers(2048, 0.238732414638, 0.397887357730, 0.557042300822, 0.716197243914, 0.875352187005, 1.034507130097);
        powers(3072, 0.690993592301, 0.636619772368, 0.615850821251, 1.145915590262, 2.095197445025, 2.747650937538);
        powers(2929, 0.929726006939, 1.352817016281, 1.172893122073, 2.435070629306, 2.970549632030, 24.273675300603);
        powers(250, 0.690993592301, 1.909859317103, 0.615850821251, 3.437746770785, 2.095197445025, 19.167348106443);
        powers(4095, 0, 0, 0, 0, 0, 65.546371762966);
        powers(0, 0, 0, 0, 0, 0, 0);
        assertThatThrownBy(() -> Spheres.power(4096)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void powers(int pattern, double... expected) {
        double[] power = Spheres.power(pattern);
        assertThat(power).hasSize(Spheres.DEGREES);
        for (int l = 0; l < expected.length; l++) {
            assertThat(power[l]).isCloseTo(expected[l], within(1e-11));
        }
    }

    @Test
    void noneOfTheSixtyRotationsChangesAClassOrAPower() {
        List<int[]> rotations = rotations();
        assertThat(rotations).hasSize(60);
        double[] classes = Spheres.load().all().targets().toDoubles();
        for (int[] rotation : rotations) {
            for (int pattern = 0; pattern < 1 << POINTS; pattern++) {
                int rotated = 0;
                for (int v = 0; v < POINTS; v++) {
                    if ((pattern >>> (POINTS - 1 - v) & 1) == 1) {
                        rotated |= 1 << (POINTS - 1 - rotation[v]);
                    }
                }
                assertThat(classes[rotated]).isEqualTo(classes[pattern]);
                if (pattern % 64 == 5) {
                    assertThat(Spheres.power(rotated)).isEqualTo(Spheres.power(pattern));
                }
            }
        }
    }

    /// A rotation is known by where it takes point 0 and one of its neighbours; their cross product completes the
    /// frame.
    private static List<int[]> rotations() {
        List<int[]> rotations = new ArrayList<>();
        double[] a = Icosahedron.place(0);
        double[] b = Icosahedron.place(neighbour(0));
        for (int i = 0; i < POINTS; i++) {
            for (int j = 0; j < POINTS; j++) {
                if (Math.abs(dot(Icosahedron.place(i), Icosahedron.place(j)) - dot(a, b)) < 1e-9) {
                    rotations.add(rotation(a, b, Icosahedron.place(i), Icosahedron.place(j)));
                }
            }
        }
        return rotations;
    }

    private static int[] rotation(double[] a, double[] b, double[] toA, double[] toB) {
        int[] image = new int[POINTS];
        for (int v = 0; v < POINTS; v++) {
            double[] place = Icosahedron.place(v);
            double[] c = cross(a, b);
            // Coordinates in the basis a, b, a x b.
            double g = dot(a, b);
            double pa = dot(place, a);
            double pb = dot(place, b);
            double alpha = (pa - g * pb) / (1 - g * g);
            double beta = (pb - g * pa) / (1 - g * g);
            double gamma = dot(place, c) / dot(c, c);
            double[] toC = cross(toA, toB);
            double[] moved = new double[3];
            for (int k = 0; k < 3; k++) {
                moved[k] = alpha * toA[k] + beta * toB[k] + gamma * toC[k];
            }
            image[v] = at(moved);
        }
        assertThat(Arrays.stream(image).distinct().count()).isEqualTo(POINTS);
        return image;
    }

    private static int at(double[] place) {
        for (int v = 0; v < POINTS; v++) {
            if (dot(Icosahedron.place(v), place) > 1 - 1e-9) {
                return v;
            }
        }
        throw new AssertionError("no corner at " + Arrays.toString(place));
    }

    private static int neighbour(int point) {
        int v = 0;
        while (v == point || dot(Icosahedron.place(point), Icosahedron.place(v)) < 0) {
            v++;
        }
        return v;
    }

    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    private static double[] cross(double[] a, double[] b) {
        return new double[]{a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
    }

    @Test
    void theCornersAreThoseOfAnIcosahedron() {
        for (int u = 0; u < POINTS; u++) {
            int[] counts = new int[4];
            for (int v = 0; v < POINTS; v++) {
                double cosine = dot(Icosahedron.place(u), Icosahedron.place(v));
                double[] possible = {1, 1 / Math.sqrt(5), -1 / Math.sqrt(5), -1};
                for (int k = 0; k < 4; k++) {
                    counts[k] += Math.abs(cosine - possible[k]) < 1e-12 ? 1 : 0;
                }
            }
            assertThat(counts).containsExactly(1, 5, 5, 1);
        }
    }

    /// Patterns whose powers differ must not be parted from the median by rounding alone.
    @Test
    void theMixPartsPatternsInHalvesClearly() {
        RandomStream stream = RandomStream.seeded(12).child("spheres");
        double[] weights = new double[Spheres.DEGREES];
        Arrays.setAll(weights, _ -> stream.nextGaussian());
        double[] scores = new double[1 << POINTS];
        TreeSet<Double> levels = new TreeSet<>();
        for (int pattern = 0; pattern < scores.length; pattern++) {
            double[] power = Spheres.power(pattern);
            for (int l = 0; l < weights.length; l++) {
                scores[pattern] += weights[l] * power[l];
            }
            levels.add(scores[pattern]);
        }
        double before = Double.NEGATIVE_INFINITY;
        for (double level : levels) {
            assertThat(level - before).isGreaterThan(1e-9);
            before = level;
        }
        Batch all = Spheres.load().all();
        assertThat(all.inputs().shape()).isEqualTo(Shape.of(4096, 12));
        int ones = 0;
        for (int pattern = 0; pattern < scores.length; pattern++) {
            double own = scores[pattern];
            long below = Arrays.stream(scores).filter(score -> score < own).count();
            // Above the median: half of all are smaller.
            int label = (int) all.targets().at(pattern);
            assertThat(label).isEqualTo(below >= 2048 ? 1 : 0);
            ones += label;
            int number = 0;
            for (int bit = 0; bit < POINTS; bit++) {
                number = 2 * number + (int) all.inputs().at(pattern, bit);
            }
            assertThat(number).isEqualTo(pattern);
        }
        assertThat(ones).isBetween(1700, 2048);
    }

    @Test
    void anotherStreamMixesOtherwise() {
        assertThat(Spheres.mixed(RandomStream.seeded(1)).all().targets().toDoubles())
                .isEqualTo(Spheres.mixed(RandomStream.seeded(1)).all().targets().toDoubles())
                .isNotEqualTo(Spheres.load().all().targets().toDoubles());
    }
}
