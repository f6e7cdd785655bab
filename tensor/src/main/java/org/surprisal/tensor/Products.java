package org.surprisal.tensor;

import java.util.List;

/// Matrix products and their backward passes, which are products again.
final class Products {
    private Products() {
    }

    /// op(a) op(b), where op transposes if asked.
    static Tensor product(Tensor a, boolean transposeA, Tensor b, boolean transposeB) {
        check(a, b);
        int m = a.length(transposeA ? 1 : 0);
        int k = a.length(transposeA ? 0 : 1);
        int n = b.length(transposeB ? 0 : 1);
        if (k != b.length(transposeB ? 1 : 0)) {
            throw new IllegalArgumentException(
                    "matmul: shapes " + a.shape() + (transposeA ? " transposed" : "") + " and "
                            + b.shape() + (transposeB ? " transposed" : "") + " do not chain: " + k + " != "
                            + b.length(transposeB ? 1 : 0));
        }
        SparseMatrix nonZeros = a.nonZeros();
        if (nonZeros != null) {
            return (transposeA ? nonZeros.transpose() : nonZeros).times(transposeB ? b.transpose() : b);
        }
        // With C = op(A) op(B): d op(A) = dC op(B)^T and d op(B) = op(A)^T dC, each transposed again where op does.
        String operation = transposeA ? "transposedMatmul" : transposeB ? "matmulTransposed" : "matmul";
        return Tensor.result(operation, Shape.of(m, n),
                a.storage().product(transposeA, transposeB, m, n, k, b.storage()),
                List.of(a, b),
                List.of(g -> transposeA ? product(b, transposeB, g, true) : product(g, false, b, !transposeB),
                        g -> transposeB ? product(g, true, a, transposeA) : product(a, !transposeA, g, false)));
    }

    /// x W^T + b in one pass.
    static Tensor linear(Tensor x, Tensor weight, Tensor bias) {
        if (weight.rank() != 2) {
            throw new IllegalArgumentException("linear: weight " + weight.shape() + " must be (out, in)");
        }
        int inputs = weight.length(1);
        int outputs = weight.length(0);
        if (x.rank() != 2 || x.length(1) != inputs) {
            throw new IllegalArgumentException("linear: input " + x.shape() + " given; a batch (n, " + inputs
                    + ") is needed for weight " + weight.shape() + " (out, in)");
        }
        if (x.type() != weight.type()) {
            throw new IllegalArgumentException("linear: element types differ: input " + x.type() + " " + x.shape()
                    + " and weight " + weight.type() + " " + weight.shape() + weight.type().remedy("the input"));
        }
        if (!bias.shape().equals(Shape.of(outputs))) {
            throw new IllegalArgumentException(
                    "linear: bias " + bias.shape() + " does not fit weight " + weight.shape() + " (out, in)");
        }
        if (x.nonZeros() != null) {
            return product(x, false, weight, true).plus(bias);
        }
        return Tensor.result("linear", Shape.of(x.length(0), outputs),
                x.storage().linear(weight.storage(), bias.storage(), x.length(0), outputs, inputs),
                List.of(x, weight, bias),
                List.of(g -> product(g, false, weight, false), g -> product(g, true, x, false), g -> g.sum(0)));
    }

    private static void check(Tensor a, Tensor b) {
        if (a.rank() != 2 || b.rank() != 2) {
            throw new IllegalArgumentException("matmul needs two matrices, not " + a.shape() + " and " + b.shape());
        }
        if (a.type() != b.type()) {
            throw new IllegalArgumentException("matmul: element types differ: " + a.type() + " " + a.shape() + " and "
                    + b.type() + " " + b.shape() + b.type().remedy("the first"));
        }
    }
}
