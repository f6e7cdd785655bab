package org.surprisal.information.mutual;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// The matrix-based Rényi entropy functional (Sánchez Giraldo, Rao & Príncipe 2015; Yu et al. 2021): with A = K / tr K the
/// normalised kernel matrix of the samples and λ its eigenvalues,
///
///     S_α(A) = 1/(1-α) ln Σ λ^α,      I = S_α(A) + S_α(B) - S_α(A∘B / tr A∘B)
///
/// for α = 1 the limit -Σ λ ln λ. The kernel is exp(-||x - x'||² / (2 s²)); of discrete variables it is 1 for equal symbols and
/// 0 for others. It obeys the rules of an information (0 <= I <= the smaller entropy) and is one of the kernel's making: no
/// estimate of Shannon's, and it depends on the width. Eigenvalues are exact, O(n³); those below n times the rounding of 1
/// count as 0.
///
/// Components: `entropyX`, `entropyY`, `entropyJoint`, each between 0 and ln n. The ceiling is the smaller of the first two.
///
/// @param alpha order α, above 0; 1.01 with Yu et al.
/// @param kernelWidth s, for both variables; without one the median pairwise distance of each
public record MatrixRenyi(double alpha, OptionalDouble kernelWidth) implements MutualInformationEstimator {

    static final EstimatorDescription DESCRIPTION = new EstimatorDescription("renyi",
            "matrix-based Rényi functional of kernel matrices (Sánchez Giraldo, Rao & Príncipe 2015)",
            EstimatorDescription.Kind.SURROGATE, "the kernel's width is a distance that matters",
            "O(n³) time and O(n²) memory: seconds for 1,000 samples, minutes for 4,000",
            "to be compared with Shannon informations, between kernel widths, or for many samples");

    /// @throws IllegalArgumentException if `alpha` or a given width is not a finite value above 0
    public MatrixRenyi {
        if (!(alpha > 0 && Double.isFinite(alpha))) {
            throw new IllegalArgumentException("alpha = %s, a finite value > 0 needed".formatted(alpha));
        }
        if (kernelWidth.isPresent()) {
            requireWidth(kernelWidth.getAsDouble());
        }
    }

    private static double requireWidth(double width) {
        if (!(width > 0 && Double.isFinite(width))) {
            throw new IllegalArgumentException("kernel width = %s, a finite value > 0 needed".formatted(width));
        }
        return width;
    }

    @Override
    public EstimatorDescription description() {
        return DESCRIPTION;
    }

    /// I_α of two variables, continuous or discrete.
    ///
    /// @throws IllegalArgumentException if the numbers of samples differ or are below 2, or no width is given and at least
    /// half of the pairs of samples coincide
    @Override
    public MutualInformation estimate(Variable x, Variable y) {
        int n = Variable.requirePairs(x, y, 2);
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("alpha", alpha);
        double[][] kernelX = kernel(x, "kernelWidthX", settings);
        double[][] kernelY = kernel(y, "kernelWidthY", settings);
        double[][] joint = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                // Both diagonals are 1/n: the trace of the product is 1/n.
                joint[i][j] = kernelX[i][j] * kernelY[i][j] * n;
            }
        }
        double entropyX = entropy(kernelX);
        double entropyY = entropy(kernelY);
        double entropyJoint = entropy(joint);
        List<String> warnings = new ArrayList<>();
        for (var entropy : List.of(Map.entry(x, entropyX), Map.entry(y, entropyY))) {
            if (entropy.getKey() instanceof Continuous && entropy.getValue() > 0.99 * Math.log(n)) {
                warnings.add(
                        "the kernel width tells nearly all samples of %s apart: the value is near the other's entropy"
                                .formatted(entropy.getKey().name()));
            }
        }
        return MutualInformation.of(DESCRIPTION.name(), n, entropyX + entropyY - entropyJoint, settings, warnings)
                .withCeiling(Math.min(entropyX, entropyY)).withComponent("entropyX", entropyX)
                .withComponent("entropyY", entropyY).withComponent("entropyJoint", entropyJoint);
    }

    /// The kernel matrix over its trace.
    private double[][] kernel(Variable variable, String setting, Map<String, Object> settings) {
        int n = variable.count();
        double[][] kernel = new double[n][n];
        switch (variable) {
            case Discrete discrete -> {
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < n; j++) {
                        kernel[i][j] = discrete.code(i) == discrete.code(j) ? 1.0 / n : 0;
                    }
                }
            }
            case Continuous continuous -> {
                double width = kernelWidth.orElseGet(() -> medianDistance(continuous));
                settings.put(setting, width);
                SquaredDistances distances = new SquaredDistances(continuous.values());
                Tiles.forEach(n, (rowFrom, rowTo, columnFrom, columnTo) -> {
                    int columns = columnTo - columnFrom;
                    double[] tile = new double[(rowTo - rowFrom) * columns];
                    distances.tile(rowFrom, rowTo, columnFrom, columnTo, tile);
                    for (int i = rowFrom; i < rowTo; i++) {
                        for (int j = columnFrom; j < columnTo; j++) {
                            double distance = Math.sqrt(tile[(i - rowFrom) * columns + j - columnFrom]) / width;
                            kernel[i][j] = Math.exp(-0.5 * distance * distance) / n;
                            kernel[j][i] = kernel[i][j];
                        }
                    }
                });
            }
        }
        return kernel;
    }

    private static double medianDistance(Continuous variable) {
        double median = new DistanceOrder(variable).quantile(0.5);
        if (!(median > 0 && Double.isFinite(median))) {
            throw new IllegalArgumentException("the median distance of %s is %s, which is no kernel width: give one"
                    .formatted(variable.name(), median));
        }
        return median;
    }

    /// S_α of a kernel matrix of trace 1, which is overwritten.
    private double entropy(double[][] kernel) {
        int n = kernel.length;
        double sum = 0;
        for (double eigenvalue : SymmetricEigenvalues.of(kernel)) {
            if (eigenvalue > n * Math.ulp(1.0)) {
                double log = Math.log(eigenvalue);
                // Σ λ^α = 1 + Σ λ (λ^(α-1) - 1), which keeps its digits for α near 1.
                sum += eigenvalue * (alpha == 1 ? -log : Math.expm1((alpha - 1) * log));
            }
        }
        double entropy = alpha == 1 ? sum : Math.log1p(sum) / (1 - alpha);
        // Rounding may leave some -1e-17.
        return Math.clamp(entropy, 0, Math.log(n));
    }
}
