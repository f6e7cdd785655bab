package org.surprisal.information.noisy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MixtureErrorTest {

    /// χ of S on a line, by the trapezoid rule: for two inputs at the ends, and for S uniform.
    @Test
    void boundIsAboveTheMeanChiSquareOfDistributionsOnALine() {
        for (double deviation : new double[]{0.1, 0.3, 1, 3}) {
            for (int points : new int[]{2, 5, 400}) {
                double chi = 0;
                double step = deviation / 20;
                for (double y = -1 - 9 * deviation; y < 1 + 9 * deviation; y += step) {
                    double mean = 0;
                    double square = 0;
                    for (int i = 0; i < points; i++) {
                        double x = y - (-1 + 2.0 * i / (points - 1));
                        double density = Math.exp(-x * x / (2 * deviation * deviation))
                                / (deviation * Math.sqrt(2 * Math.PI));
                        mean += density / points;
                        square += density * density / points;
                    }
                    chi += step * square / mean;
                }
                // So many centres that ln(1 + χ/n) is χ/n, and far below the capacity.
                long n = 1_000_000_000;
                assertThat(n * MixtureError.most(1, deviation, 1, n)).as(points + " points, " + deviation)
                        .isGreaterThan(chi);
            }
        }
    }

    /// For r/β = 1 and n = 1000: k = 3 gives 3 e^(4/9) = 4.6789, k = 2 gives 2 e = 5.4366.
    @Test
    void boundIsTheBestNumberOfCells() {
        assertThat(MixtureError.most(1, 0.5, 0.5, 1000)).isCloseTo(Math.log1p(3 * Math.exp(4.0 / 9) / 1000),
                within(1e-15));
        assertThat(MixtureError.most(2, 1, 1, 1000)).isCloseTo(Math.log1p(9 * Math.exp(8.0 / 9) / 1000),
                within(1e-15));
    }

    @Test
    void boundIsTheCapacityWhereThereAreTooFewCentres() {
        assertThat(MixtureError.most(10, 0.1, 1, 8192)).isCloseTo(5 * Math.log(101), within(1e-12));
        assertThat(MixtureError.most(10, 1e-9, 1, 1)).isCloseTo(5 * Math.log1p(1e18), within(1e-9));
        assertThat(MixtureError.most(3, 1e9, 1, 1)).isCloseTo(1.5e-18, within(1e-30));
    }

    @Test
    void wrongArgumentsAreNamed() {
        assertThatThrownBy(() -> MixtureError.most(0, 1, 1, 1))
                .hasMessage("0 unit(s) and 1 centre(s), at least 1 of both needed");
        assertThatThrownBy(() -> MixtureError.most(1, 0, 1, 1))
                .hasMessage("deviation = 0.0, a finite value > 0 needed");
        assertThatThrownBy(() -> MixtureError.most(1, 1, Double.NaN, 1))
                .hasMessage("reach = NaN, a finite value > 0 needed");
    }
}
