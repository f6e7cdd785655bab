package org.surprisal.information.mutual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.special.Gamma;
import org.surprisal.information.MultivariateGaussian;
import org.surprisal.information.SampleBasis;
import org.surprisal.information.column.VaryingColumns;

/// The information of two jointly Gaussian variables from their correlations,
///
///     I = ½ (ln det R_x + ln det R_y - ln det R),
///
/// for one coordinate each -½ ln (1 - r²). For variables that are not Gaussian it is the information of the Gaussian
/// with the same covariance: neither an upper nor a lower bound of theirs.
///
/// The value is the plug-in one. Its mean over samples of a Gaussian exceeds the truth by ½ (Σ_{i≤d_x} + Σ_{i≤d_y} -
/// Σ_{i≤d}) ψ((n - i)/2), from the mean log-determinant of a Wishart matrix; that is the component `bias`. The standard
/// error is √(Σ ρ² / n) over the canonical correlations ρ. Where n <= d = d_x + d_y the correlations are shrunk towards
/// 0 with the intensity of Schäfer & Strimmer (2005), and a warning says so; bias and standard error are then left out.
///
/// Of one coordinate each, and n > 3, the answer has a 95 % interval by Fisher's z: artanh r is normal with a standard
/// deviation of 1/√(n - 3) about artanh ρ, and -½ ln (1 - ρ²) grows with |ρ|; where the interval of ρ holds 0, that of
/// the information starts at 0. (The value ± 1.96 standard errors covers less than it says: the error is 0 where r is.)
/// For more coordinates there is no such interval; [Subsampling] gives one for variables that are dependent.
public record GaussianInformation() implements MutualInformationEstimator {

    /// What a person should know before believing this estimator.
    public static final EstimatorDescription DESCRIPTION = new EstimatorDescription("gaussian",
            "closed form from covariances", EstimatorDescription.Kind.ESTIMATE, "the variables are jointly Gaussian",
            "O(n d² + d³) time, O(n d + d²) memory",
            "for activations that are far from Gaussian: a dependence that correlations do not see counts as none;"
                    + " with d near n, where the value is mostly bias");

    private static final double NOTEWORTHY_BIAS = 0.05;
    private static final double LEVEL = 0.95;
    private static final double WELL_CONDITIONED = 1e-6;
    private static final double FINE = 1e-5;

    @Override
    public EstimatorDescription description() {
        return DESCRIPTION;
    }

    @Override
    public String usualInterval() {
        return IntervalMethod.FISHER_Z.label();
    }

    /// I(X;Y) of two continuous variables. Constant coordinates are left out.
    ///
    /// @throws IllegalArgumentException if a variable is discrete, the numbers of samples differ or are below 3, the
    /// coordinates of a variable are linearly dependent, or those of one determine a combination of the other's
    /// ([SampleBasis] says when rounding hides that they are)
    @Override
    public MutualInformation estimate(Variable x, Variable y) {
        return withBiasWarning(plugIn(x, y), x, y);
    }

    private static MutualInformation withBiasWarning(MutualInformation answer, Variable x, Variable y) {
        double bias = answer.components().getOrDefault("bias", 0.0);
        return bias <= NOTEWORTHY_BIAS
                ? answer
                : answer.withWarning(String.format(Locale.ROOT,
                        "few samples for %d dimensions: the value is on average %.2g nat too large",
                        varyingCoordinates(x) + varyingCoordinates(y), bias));
    }

    private static int varyingCoordinates(Variable variable) {
        return VaryingColumns.of(variable.name(), requireContinuous(variable).columns(), new ArrayList<>()).count();
    }

    /// The answer without a warning of its bias.
    static MutualInformation plugIn(Variable x, Variable y) {
        int n = Variable.requirePairs(x, y, 3);
        List<String> warnings = new ArrayList<>();
        VaryingColumns varyingX = varying(requireContinuous(x), warnings);
        VaryingColumns varyingY = varying(requireContinuous(y), warnings);
        double[][] zx = varyingX.standardised();
        double[][] zy = varyingY.standardised();
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("shrinkage", 0.0);
        if (zx.length == 0 || zy.length == 0) {
            return MutualInformation.of(DESCRIPTION.name(), n, 0, settings, warnings);
        }
        int dx = zx.length;
        int d = dx + zy.length;
        double[][] z = new double[d][];
        System.arraycopy(zx, 0, z, 0, dx);
        System.arraycopy(zy, 0, z, dx, zy.length);
        double[][] correlation = correlation(z);
        if (n <= d) {
            double shrinkage = shrinkage(z, correlation);
            shrink(correlation, shrinkage);
            settings.put("shrinkage", shrinkage);
            warnings.add(
                    String.format(Locale.ROOT,
                            "%d samples for %d dimensions: correlations shrunk by %.3g, the value is that of the"
                                    + " shrunk model"
                                    + " more than of the data",
                            n, d, shrinkage));
        }
        double[][] ofX = block(correlation, 0, dx, 0, dx);
        double[][] ofY = block(correlation, dx, d, dx, d);
        if (n <= d) {
            double value = 0.5 * (logDeterminant(ofX, dependent(x)) + logDeterminant(ofY, dependent(y))
                    - logDeterminant(correlation, infinite(x, y)));
            return MutualInformation.of(DESCRIPTION.name(), n, value, settings, warnings);
        }
        double[] resolution = DoubleStream
                .concat(Arrays.stream(varyingX.resolution()), Arrays.stream(varyingY.resolution())).toArray();
        double value;
        double canonicalSquares;
        if (wellConditioned(resolution, ofX, ofY, correlation)) {
            value = 0.5 * (logDeterminant(ofX, dependent(x)) + logDeterminant(ofY, dependent(y))
                    - logDeterminant(correlation, infinite(x, y)));
            canonicalSquares = canonicalSquares(ofX, ofY, block(correlation, 0, dx, dx, d));
        } else {
            SampleBasis basisX = independent(zx, Arrays.copyOf(resolution, dx), dependent(x));
            SampleBasis basisY = independent(zy, Arrays.copyOfRange(resolution, dx, d), dependent(y));
            value = 0.5 * (basisY.logDeterminant(0) - independent(z, resolution, infinite(x, y)).logDeterminant(dx));
            canonicalSquares = basisX.squaredCosines(basisY);
        }
        double bias = 0.5 * (digammas(n, dx) + digammas(n, d - dx) - digammas(n, d));
        MutualInformation answer = MutualInformation.of(DESCRIPTION.name(), n, value, settings, warnings)
                .withComponent("bias", bias).withStandardError(Math.sqrt(canonicalSquares / n));
        if (d == 2 && n > 3) {
            answer = answer.withInterval(fisherInterval(value, n, LEVEL));
        }
        return answer;
    }

    /// The same with Fisher's interval of another level.
    ///
    /// @throws IllegalArgumentException as [#estimate], or if there is no such interval
    MutualInformation withFisherInterval(Variable x, Variable y, double level) {
        return withBiasWarning(plugInWithFisherInterval(x, y, level), x, y);
    }

    static MutualInformation plugInWithFisherInterval(Variable x, Variable y, double level) {
        MutualInformation answer = plugIn(x, y);
        if (answer.interval().isEmpty()) {
            throw new IllegalArgumentException(
                    "fisher-z needs one varying coordinate each and more than 3 samples, %s and %s have others: take %s"
                            .formatted(x.name(), y.name(), IntervalMethod.SUBSAMPLING.label()));
        }
        return answer.withInterval(fisherInterval(answer.value(), answer.n(), level));
    }

    private static ConfidenceInterval fisherInterval(double value, int n, double level) {
        ConfidenceInterval.requireLevel(level);
        // |r| = √(1 - e^(-2 I)), and artanh |r| = ln (1 + |r|) + I.
        double z = Math.log1p(Math.sqrt(-Math.expm1(-2 * value))) + value;
        double half = ConfidenceInterval.normalQuantile(level) / Math.sqrt(n - 3);
        return new ConfidenceInterval(informationOfZ(Math.max(0, z - half)), informationOfZ(z + half), level,
                IntervalMethod.FISHER_Z);
    }

    /// -½ ln (1 - tanh² z) = ln cosh z, for z >= 0.
    private static double informationOfZ(double z) {
        return z + Math.log1p(Math.expm1(-2 * z) / 2);
    }

    private static VaryingColumns varying(Continuous variable, List<String> warnings) {
        VaryingColumns varying = VaryingColumns.of(variable.name(), variable.columns(), warnings);
        varying.farValues("these few decide the correlations; ksg with --scale rank looks at the order of values only")
                .ifPresent(warnings::add);
        return varying;
    }

    private static Continuous requireContinuous(Variable variable) {
        if (variable instanceof Continuous continuous) {
            return continuous;
        }
        throw new IllegalArgumentException(
                "%s is discrete: a Gaussian needs a continuous variable".formatted(variable.name()));
    }

    private static String dependent(Variable variable) {
        return "the coordinates of %s are linearly dependent: leave out those that others determine"
                .formatted(variable.name());
    }

    private static String infinite(Variable x, Variable y) {
        return ("some combination of the coordinates of %s equals a combination of those of %s: their information is"
                + " infinite").formatted(x.name(), y.name());
    }

    /// Whether determinants of correlations tell more than ten digits of what the coordinates leave of each other.
    private static boolean wellConditioned(double[] resolution, double[][]... correlations) {
        if (Arrays.stream(resolution).max().orElseThrow() > FINE) {
            return false;
        }
        try {
            return Arrays.stream(correlations).allMatch(
                    r -> new MultivariateGaussian(new double[r.length], r).leastUnexplained() > WELL_CONDITIONED);
        } catch (IllegalArgumentException nearlySingular) {
            return false;
        }
    }

    private static SampleBasis independent(double[][] z, double[] resolution, String otherwise) {
        SampleBasis basis = SampleBasis.of(z, resolution);
        if (basis.dependent().isPresent()) {
            throw new IllegalArgumentException(otherwise);
        }
        return basis;
    }

    private static double[][] correlation(double[][] z) {
        int n = z[0].length;
        double[][] r = new double[z.length][z.length];
        for (int i = 0; i < z.length; i++) {
            r[i][i] = 1;
            for (int j = 0; j < i; j++) {
                double sum = 0;
                for (int s = 0; s < n; s++) {
                    sum += z[i][s] * z[j][s];
                }
                r[i][j] = sum / n;
                r[j][i] = r[i][j];
            }
        }
        return r;
    }

    /// Σ Var(r_ij) / Σ r_ij² over i != j, at most 1 (Schäfer & Strimmer 2005, target D).
    private static double shrinkage(double[][] z, double[][] r) {
        int n = z[0].length;
        double variances = 0;
        double squares = 0;
        for (int i = 0; i < z.length; i++) {
            for (int j = 0; j < i; j++) {
                double spread = 0;
                for (int s = 0; s < n; s++) {
                    double deviation = z[i][s] * z[j][s] - r[i][j];
                    spread += deviation * deviation;
                }
                // With z scaled by the population deviation, n/(n-1)³ Σ (w - mean w)² of theirs is this.
                variances += spread / ((double) n * (n - 1));
                squares += r[i][j] * r[i][j];
            }
        }
        return squares > 0 ? Math.min(1, variances / squares) : 1;
    }

    private static void shrink(double[][] r, double intensity) {
        for (int i = 0; i < r.length; i++) {
            for (int j = 0; j < r.length; j++) {
                r[i][j] *= i == j ? 1 : 1 - intensity;
            }
        }
    }

    private static double logDeterminant(double[][] correlation, String whySingular) {
        try {
            return new MultivariateGaussian(new double[correlation.length], correlation).logDeterminant();
        } catch (IllegalArgumentException singular) {
            throw new IllegalArgumentException(whySingular, singular);
        }
    }

    /// The sum of the squared canonical correlations, tr(R_x⁻¹ R_xy R_y⁻¹ R_yx).
    private static double canonicalSquares(double[][] ofX, double[][] ofY, double[][] between) {
        var cross = new Array2DRowRealMatrix(between, false);
        var left = new CholeskyDecomposition(new Array2DRowRealMatrix(ofX, false)).getSolver().solve(cross);
        var right = new CholeskyDecomposition(new Array2DRowRealMatrix(ofY, false)).getSolver()
                .solve(cross.transpose());
        return left.multiply(right).getTrace();
    }

    private static double digammas(int n, int dimension) {
        double sum = 0;
        for (int i = 1; i <= dimension; i++) {
            sum += Gamma.digamma((n - i) / 2.0);
        }
        return sum;
    }

    private static double[][] block(double[][] matrix, int rowFrom, int rowTo, int columnFrom, int columnTo) {
        double[][] block = new double[rowTo - rowFrom][columnTo - columnFrom];
        for (int i = rowFrom; i < rowTo; i++) {
            System.arraycopy(matrix[i], columnFrom, block[i - rowFrom], 0, columnTo - columnFrom);
        }
        return block;
    }
}
