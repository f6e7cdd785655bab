package org.surprisal.information.mutual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.surprisal.information.internal.LogMeanExp;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.SymmetricEigen;

/// The matrix-based Rényi entropy functional (Sánchez Giraldo, Rao & Príncipe 2015; Yu et al. 2021): with A = K / tr K
/// the normalised kernel matrix of the samples and λ its eigenvalues,
///
///     S_α(A) = 1/(1-α) ln Σ λ^α,      I = S_α(A) + S_α(B) - S_α(A∘B / tr A∘B)
///
/// for α = 1 the limit -Σ λ ln λ. The kernel is exp(-||x - x'||² / (2 s²)); of discrete variables it is 1 for equal
/// symbols and 0 for others. It obeys the rules of an information (0 <= I <= the smaller entropy) and is one of the
/// kernel's making: no estimate of Shannon's, and it depends on the width.
///
/// Up to a number of samples eigenvalues are exact, O(n³); those below n times the rounding of 1 count as 0. Beyond, Σ
/// g(λ) of g(λ) = λ^α - λ, from which S_α follows, is estimated from products of the matrix with few random vectors
/// ([Spectrum.Sampled]); then the answer has a standard error. Whatever n, order 2 needs no eigenvalues, Σ λ² being the
/// sum of all squared elements, and those of discrete variables are the shares of the symbols.
///
/// Components: `entropyX`, `entropyY`, `entropyJoint`, each between 0 and ln n. The ceiling is the smaller of the first
/// two.
///
/// @param alpha order α, above 0; 1.01 with Yu et al.
/// @param kernelWidth s, for both variables; without one the median pairwise distance of each
/// @param spectrum how sums over eigenvalues are found
public record MatrixRenyi(double alpha, OptionalDouble kernelWidth, Spectrum spectrum)
        implements
            MutualInformationEstimator {

    /// What a person should know before believing this estimator.
    public static final EstimatorDescription DESCRIPTION = new EstimatorDescription("renyi",
            "matrix-based Rényi functional of kernel matrices (Sánchez Giraldo, Rao & Príncipe 2015)",
            EstimatorDescription.Kind.SURROGATE, "the kernel's width is a distance that matters",
            "exact, up to 2,000 samples: O(n³) time and O(n²) memory, 4 s of processor time for 2,000 of 20"
                    + " coordinates;"
                    + " beyond, sampled with a standard error near 0.004 nat: O(n² d) time and O(n d) memory, 3 s"
                    + " for 2,000,"
                    + " 50 s for 10,000",
            "to be compared with Shannon informations or between kernel widths");

    /// How sums over the eigenvalues of a kernel matrix are found.
    public sealed interface Spectrum {

        /// From all eigenvalues.
        record Exact() implements Spectrum {}

        /// From products with random vectors, without the matrix being stored: a subspace of its largest eigenvectors
        /// is dealt with apart, the rest is sampled (Hutch++ with Lanczos quadrature). The standard error holds the
        /// scatter of the probes and half of what the Lanczos process is extrapolated by.
        ///
        /// @param subspace vectors of the subspace, at least 1; at most n/4 of n samples are taken
        /// @param probes random vectors for the rest, at least 4
        /// @param steps of the Lanczos process, at least 4; each is a walk over all pairs
        /// @param stream of the random vectors
        record Sampled(int subspace, int probes, int steps, RandomStream stream) implements Spectrum {
            /// @throws IllegalArgumentException if a number is too small
            public Sampled {
                if (subspace < 1 || probes < 4 || steps < 4) {
                    throw new IllegalArgumentException(
                            String.format(Locale.ROOT, "subspace = %d, probes = %d, steps = %d: at least 1, 4 and 4"
                                    + " needed", subspace, probes, steps));
                }
            }

            /// 32 vectors, 32 probes, 16 steps.
            ///
            /// @param stream of the random vectors
            public static Sampled standard(RandomStream stream) {
                return new Sampled(32, 32, 16, stream);
            }
        }

        /// Exact for few samples, sampled beyond.
        ///
        /// @param mostExact samples up to which eigenvalues are exact
        /// @param beyond what is done with more
        record BySize(int mostExact, Sampled beyond) implements Spectrum {}
    }

    /// Orders so near 1 that sums of powers are near 1, and what they lack is summed instead.
    private static final double NEAR_ONE = 0.5;
    /// A sampled sum of powers below this has lost its digits.
    private static final double LEAST_SAMPLED = 1e-5;
    /// Up to here eigenvalues take seconds.
    private static final int MOST_EXACT = 2000;

    /// Exact for up to 2,000 samples, sampled with a fixed seed beyond.
    ///
    /// @throws IllegalArgumentException as the canonical constructor
    public MatrixRenyi(double alpha, OptionalDouble kernelWidth) {
        this(alpha, kernelWidth,
                new Spectrum.BySize(MOST_EXACT, Spectrum.Sampled.standard(RandomStream.seeded(0))));
    }

    /// @throws IllegalArgumentException if `alpha` or a given width is not a finite value above 0
    public MatrixRenyi {
        if (!(alpha > 0 && Double.isFinite(alpha))) {
            throw new IllegalArgumentException("alpha = %s, a finite value > 0 needed".formatted(alpha));
        }
        kernelWidth.ifPresent(width -> {
            if (!(width > 0 && Double.isFinite(1 / width) && Double.isFinite(width))) {
                throw new IllegalArgumentException("kernel width = %s, a finite value > 0 needed".formatted(width));
            }
        });
    }

    @Override
    public EstimatorDescription description() {
        return DESCRIPTION;
    }

    @Override
    public String effectOfCopies() {
        return "copies are entirely similar, which lowers both entropies of renyi";
    }

    /// I_α of two variables, continuous or discrete.
    ///
    /// @throws IllegalArgumentException if the numbers of samples differ or are below 2, or no width is given and at
    /// least half of the pairs of samples coincide
    @Override
    public MutualInformation estimate(Variable x, Variable y) {
        int n = Variable.requirePairs(x, y, 2);
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("alpha", alpha);
        KernelMatrix kernelX = kernel(x, "kernelWidthX", settings);
        KernelMatrix kernelY = kernel(y, "kernelWidthY", settings);
        Entropy entropyX = entropy(x, kernelX);
        Entropy entropyY = entropy(y, kernelY);
        Entropy joint = x instanceof Discrete a && y instanceof Discrete b
                ? entropy(Discrete.joint(a, b), kernelX)
                : entropy(kernelX.joint(kernelY));
        if (joint.residuals.length > 0) {
            Spectrum.Sampled sampled = spectrum instanceof Spectrum.BySize(int mostExact, Spectrum.Sampled beyond)
                    ? beyond
                    : (Spectrum.Sampled) spectrum;
            settings.put("subspace", sampled.subspace());
            settings.put("probes", sampled.probes());
            settings.put("lanczosSteps", sampled.steps());
        }
        List<String> warnings = new ArrayList<>();
        for (var entropy : List.of(Map.entry(x, entropyX), Map.entry(y, entropyY))) {
            if (entropy.getKey() instanceof Continuous && entropy.getValue().value > 0.99 * Math.log(n)) {
                warnings.add(
                        "the kernel width tells nearly all samples of %s apart: the value is near the other's entropy"
                                .formatted(entropy.getKey().name()));
            }
        }
        MutualInformation answer = MutualInformation
                .of(DESCRIPTION.name(), n, entropyX.value + entropyY.value - joint.value, settings, warnings)
                .withCeiling(Math.min(entropyX.value, entropyY.value)).withComponent("entropyX", entropyX.value)
                .withComponent("entropyY", entropyY.value).withComponent("entropyJoint", joint.value);
        return joint.residuals.length == 0
                ? answer
                : answer.withStandardError(standardError(entropyX, entropyY, joint));
    }

    private KernelMatrix kernel(Variable variable, String setting, Map<String, Object> settings) {
        if (!(variable instanceof Continuous continuous)) {
            return KernelMatrix.of(variable, OptionalDouble.empty());
        }
        double width = kernelWidth.orElseGet(() -> medianDistance(continuous));
        settings.put(setting, width);
        return KernelMatrix.of(continuous, OptionalDouble.of(width));
    }

    private static double medianDistance(Continuous variable) {
        double median = new DistanceOrder(variable).quantile(0.5);
        if (!(median > 0 && Double.isFinite(1 / median) && Double.isFinite(median))) {
            throw new IllegalArgumentException("the median distance of %s is %s, which is no kernel width: give one"
                    .formatted(variable.name(), median));
        }
        return median;
    }

    /// An entropy, and if it was sampled what each probe differs by in it.
    private static final class Entropy {
        private final double value;
        private final double[] residuals;
        private final double truncation;

        Entropy(double value, double[] residuals, double truncation) {
            this.value = value;
            this.residuals = residuals;
            this.truncation = truncation;
        }

        static Entropy exact(double value) {
            return new Entropy(value, new double[0], 0);
        }
    }

    private Entropy entropy(Variable variable, KernelMatrix kernel) {
        if (!(variable instanceof Discrete discrete)) {
            return entropy(kernel);
        }
        double n = discrete.count();
        return Entropy.exact(
                ofEigenvalues(Arrays.stream(discrete.counts()).mapToDouble(c -> c / n).toArray(), discrete.count()));
    }

    private Entropy entropy(KernelMatrix kernel) {
        int n = kernel.count();
        if (alpha == 2) {
            return Entropy.exact(Math.clamp(-Math.log(kernel.sumOfSquares()), 0, Math.log(n)));
        }
        return switch (spectrum) {
            case Spectrum.Exact() -> exact(kernel);
            case Spectrum.Sampled sampled -> sampled(kernel, sampled);
            case Spectrum.BySize(int mostExact, Spectrum.Sampled beyond) ->
                n <= mostExact ? exact(kernel) : sampled(kernel, beyond);
        };
    }

    private Entropy exact(KernelMatrix kernel) {
        int n = kernel.count();
        return Entropy.exact(ofEigenvalues(Arrays.stream(SymmetricEigen.values("the kernel matrix", kernel.elements()))
                .filter(eigenvalue -> eigenvalue > n * Math.ulp(1.0)).toArray(), n));
    }

    /// S_α of all eigenvalues above 0.
    private double ofEigenvalues(double[] eigenvalues, int n) {
        if (Math.abs(alpha - 1) < NEAR_ONE) {
            return fromSum(Arrays.stream(eigenvalues).map(this::term).sum(), n);
        }
        // Powers of a high order would vanish: their logarithms do not.
        double[] logs = Arrays.stream(eigenvalues).map(eigenvalue -> alpha * Math.log(eigenvalue)).toArray();
        double logOfSum = LogMeanExp.of(logs) + Math.log(logs.length);
        return Math.clamp(logOfSum / (1 - alpha), 0, Math.log(n));
    }

    private Entropy sampled(KernelMatrix kernel, Spectrum.Sampled settings) {
        int n = kernel.count();
        SpectralSum sum = SpectralSum.of(kernel, eigenvalue -> eigenvalue > 0 ? term(eigenvalue) : 0,
                Math.clamp(n / 4, 1, settings.subspace()), settings.probes(), settings.steps(), settings.stream());
        if (1 + sum.value() < LEAST_SAMPLED) {
            throw new IllegalArgumentException(("alpha = %s is too high for sampled eigenvalues, whose powers add up to"
                    + " less than %s: take alpha = 2, or exact ones").formatted(alpha, LEAST_SAMPLED));
        }
        // S = ln(1 + sum) / (1 - α), and its derivative by the sum.
        double slope = alpha == 1 ? 1 : 1 / ((1 + sum.value()) * (1 - alpha));
        return new Entropy(fromSum(sum.value(), n),
                Arrays.stream(sum.residuals()).map(residual -> slope * residual).toArray(),
                Math.abs(slope) * sum.truncation());
    }

    /// The same probes serve all three entropies, so that what they have in common cancels.
    private static double standardError(Entropy x, Entropy y, Entropy joint) {
        double[] residuals = new double[joint.residuals.length];
        for (int j = 0; j < residuals.length; j++) {
            residuals[j] = (x.residuals.length == 0 ? 0 : x.residuals[j])
                    + (y.residuals.length == 0 ? 0 : y.residuals[j]) - joint.residuals[j];
        }
        return Math.hypot(SpectralSum.standardError(residuals), x.truncation + y.truncation + joint.truncation);
    }

    /// λ^α - λ, or its limit divided by 1 - α where α is 1: what an eigenvalue adds to the sum. It keeps its digits for
    /// α near 1.
    private double term(double eigenvalue) {
        double log = Math.log(eigenvalue);
        return eigenvalue * (alpha == 1 ? -log : Math.expm1((alpha - 1) * log));
    }

    /// S_α from the sum of all terms, the eigenvalues' own sum being 1.
    private double fromSum(double sum, int n) {
        double entropy = alpha == 1 ? sum : Math.log1p(sum) / (1 - alpha);
        // Rounding may leave some -1e-17.
        return Math.clamp(entropy, 0, Math.log(n));
    }
}
