package org.surprisal.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// First and second derivatives of saturating functions against their closed forms in 60 decimal digits, from 0 to
/// where they leave the element type: each keeps its relative precision though the function itself has long rounded to
/// a constant.
class SaturatedDerivativesTest {
    private static final MathContext DIGITS = new MathContext(60);
    private static final BigDecimal ONE = BigDecimal.ONE;
    private static final BigDecimal TWO = BigDecimal.TWO;
    private static final BigDecimal PI = new BigDecimal(
            "3.14159265358979323846264338327950288419716939937510582097494459");

    /// e^x by its series at x / 2^k, squared k times.
    private static BigDecimal exp(BigDecimal x) {
        int halvings = Math.max(0, x.precision() - x.scale()) * 4 + 8;
        MathContext more = new MathContext(DIGITS.getPrecision() + halvings);
        BigDecimal small = x.divide(TWO.pow(halvings), more);
        BigDecimal sum = ONE;
        BigDecimal term = ONE;
        for (int n = 1; term.signum() != 0 && term.abs().compareTo(new BigDecimal("1e-120")) > 0; n++) {
            term = term.multiply(small, more).divide(BigDecimal.valueOf(n), more);
            sum = sum.add(term, more);
        }
        for (int i = 0; i < halvings; i++) {
            sum = sum.multiply(sum, more);
        }
        return sum;
    }

    private static BigDecimal sigmoidDerivative(BigDecimal x) {
        BigDecimal e = exp(x.abs().negate());
        return e.divide(ONE.add(e).pow(2), DIGITS);
    }

    /// (1 - e^-x) / (1 + e^-x) = tanh(x / 2).
    private static BigDecimal tanhOfHalf(BigDecimal x) {
        BigDecimal e = exp(x.negate());
        return ONE.subtract(e).divide(ONE.add(e), DIGITS);
    }

    private static BigDecimal gaussian(BigDecimal x, BigDecimal scale) {
        return exp(x.multiply(x).multiply(scale).negate());
    }

    enum Case {
        SIGMOID {
            @Override
            Tensor of(Tensor x) {
                return x.sigmoid();
            }

            @Override
            BigDecimal first(BigDecimal x) {
                return sigmoidDerivative(x);
            }

            @Override
            BigDecimal second(BigDecimal x) {
                return first(x).multiply(tanhOfHalf(x)).negate();
            }
        },
        TANH {
            @Override
            Tensor of(Tensor x) {
                return x.tanh();
            }

            @Override
            BigDecimal first(BigDecimal x) {
                return sigmoidDerivative(x.multiply(TWO)).multiply(BigDecimal.valueOf(4));
            }

            @Override
            BigDecimal second(BigDecimal x) {
                return first(x).multiply(tanhOfHalf(x.multiply(TWO))).multiply(TWO).negate();
            }
        },
        SOFTPLUS {
            @Override
            Tensor of(Tensor x) {
                return x.softplus();
            }

            @Override
            BigDecimal first(BigDecimal x) {
                return ONE.divide(ONE.add(exp(x.negate())), DIGITS);
            }

            @Override
            BigDecimal second(BigDecimal x) {
                return sigmoidDerivative(x);
            }
        },
        ERF {
            @Override
            Tensor of(Tensor x) {
                return x.erf();
            }

            @Override
            BigDecimal first(BigDecimal x) {
                return gaussian(x, ONE).multiply(TWO).divide(PI.sqrt(DIGITS), DIGITS);
            }

            @Override
            BigDecimal second(BigDecimal x) {
                return first(x).multiply(x).multiply(TWO).negate();
            }
        },
        NORMAL_CDF {
            @Override
            Tensor of(Tensor x) {
                return x.normalCdf();
            }

            @Override
            BigDecimal first(BigDecimal x) {
                return gaussian(x, new BigDecimal("0.5")).divide(PI.multiply(TWO).sqrt(DIGITS), DIGITS);
            }

            @Override
            BigDecimal second(BigDecimal x) {
                return first(x).multiply(x).negate();
            }
        };

        abstract Tensor of(Tensor x);

        abstract BigDecimal first(BigDecimal x);

        abstract BigDecimal second(BigDecimal x);
    }

    /// Both signs, close together where the functions bend, and on to where every derivative has underflowed.
    private static double[] sweep() {
        double[] x = new double[342];
        for (int i = 0; i < 171; i++) {
            double magnitude = i < 60 ? 0.05 + i * 0.1 : i < 120 ? 6 + (i - 60) * 0.53 : 38 + (i - 120) * 14.7;
            // float32 numbers, so that both types see the same
            x[i] = (float) magnitude;
            x[i + 171] = (float) -magnitude;
        }
        return x;
    }

    @ParameterizedTest
    @EnumSource
    void firstDerivativeKeepsItsRelativePrecision(Case function) {
        for (ElementType type : ElementType.values()) {
            Tensor x = Tensor.of(sweep()).to(type).tracked();
            Tensor got = Gradients.of(function.of(x).sum(), x).getFirst();
            for (int i = 0; i < x.size(); i++) {
                requireClose(function + " first, " + type, x.at(i), got.at(i), function.first(new BigDecimal(x.at(i))),
                        type, 6);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void secondDerivativeKeepsItsRelativePrecision(Case function) {
        for (ElementType type : ElementType.values()) {
            Tensor x = Tensor.of(sweep()).to(type).tracked();
            Tensor first = Gradients.differentiable(function.of(x).sum(), List.of(x)).getFirst();
            Tensor got = Gradients.of(first.sum(), x).getFirst();
            for (int i = 0; i < x.size(); i++) {
                requireClose(function + " second, " + type, x.at(i), got.at(i),
                        function.second(new BigDecimal(x.at(i))), type, 10);
            }
        }
    }

    /// Within some units in the last place of the type, subnormal numbers within some of the smallest.
    private static void requireClose(String what, double x, double got, BigDecimal truth, ElementType type, int units) {
        double unit = type == ElementType.FLOAT32 ? Math.ulp(truth.floatValue()) : Math.ulp(truth.doubleValue());
        BigDecimal error = truth.subtract(new BigDecimal(got)).abs();
        boolean vanished = type == ElementType.FLOAT64 && Math.abs(truth.doubleValue()) < Double.MIN_NORMAL;
        // exp(|x|) overflows a little before the sigmoid of -|x| underflows, in the range of subnormal numbers.
        BigDecimal allowed = vanished
                ? new BigDecimal(Double.MIN_NORMAL)
                : new BigDecimal(unit).multiply(BigDecimal.valueOf(units));
        assertThat(error).as("%s at %s: %s, truth %s", what, x, got, truth.doubleValue())
                .isLessThanOrEqualTo(allowed);
    }

    /// The slides' example of a saturated unit: z = 100 and what lies before it.
    @Test
    void sigmoidIsFlatButNotLevelAtOneHundred() {
        double[] expected = {8.533047625744066e-17, 3.720075976020836e-44};
        for (ElementType type : ElementType.values()) {
            for (int sign : new int[]{1, -1}) {
                Tensor z = Tensor.of(new double[]{37 * sign, 100 * sign}).to(type).tracked();
                double[] slope = Gradients.of(z.sigmoid().sum(), z).getFirst().toDoubles();
                double precision = type == ElementType.FLOAT64 ? 1e-15 : 3e-7;
                assertThat(slope[0] / expected[0]).isCloseTo(1, org.assertj.core.data.Offset.offset(precision));
                // 3.7e-44 is 26.5 times the smallest float32
                assertThat(slope[1] / expected[1]).isCloseTo(1,
                        org.assertj.core.data.Offset.offset(type == ElementType.FLOAT64 ? 1e-15 : 0.04));
            }
        }
    }

    @Test
    void clampPassesGradientsInsideItsBoundsOnly() {
        Tensor x = Tensor.of(new double[]{-1e300, -2.5, -2, 0.3, 2, 2.5, Double.POSITIVE_INFINITY}).tracked();
        Tensor y = x.clamp(-2, 2);
        assertThat(y.toDoubles()).containsExactly(-2, -2, -2, 0.3, 2, 2, 2);
        assertThat(Gradients.of(y.sum(), x).getFirst().toDoubles()).containsExactly(0, 0, 1, 1, 1, 0, 0);
        assertThat(GradientCheck.secondOrder(xs -> xs.getFirst().clamp(-1, 1).square().sum(),
                List.of(Tensor.of(new double[]{-3, -0.5, 0.25, 4})))).isLessThan(1e-8);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> x.clamp(1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("clamp: low (=1.0) must not exceed high (=0.0)");
    }
}
