package org.surprisal.bench.workload;

import java.util.ArrayList;
import java.util.List;
import org.surprisal.bench.harness.Side;
import org.surprisal.tensor.kernel.Kernels;
import org.surprisal.tensor.kernel.Provider;

/// Matrix products back to back through the library's own product, which shares them out over all processors: what a training step
/// would take if it were nothing but its products. Each has operands of its own, as the layers of a network have.
final class Products implements Side {
    private record Product(boolean transposeA, boolean transposeB, int m, int n, int k, float[] a, float[] b,
            float[] c) {
        static Product of(boolean transposeA, boolean transposeB, int m, int n, int k) {
            return new Product(transposeA, transposeB, m, n, k, numbers(m * k), numbers(k * n), new float[m * n]);
        }

        /// Ordinary numbers: zeros could be quicker and denormal ones are slower.
        private static float[] numbers(int count) {
            float[] numbers = new float[count];
            for (int i = 0; i < count; i++) {
                numbers[i] = (i % 17 - 8) * 0.01f;
            }
            return numbers;
        }

        double operations() {
            return 2.0 * m * n * k;
        }
    }

    private final Kernels<float[]> kernels = Provider.kernels();
    private final List<Product> products;

    private Products(List<Product> products) {
        this.products = List.copyOf(products);
    }

    /// Those of a training step of fully connected layers: forward, by the weights, and, but for the first layer, by the inputs.
    static Products ofTraining(int batch, int inputs, List<Integer> widths) {
        List<Product> products = new ArrayList<>();
        int in = inputs;
        for (int out : widths) {
            products.add(Product.of(false, true, batch, out, in));
            in = out;
        }
        for (int layer = widths.size() - 1; layer >= 0; layer--) {
            int out = widths.get(layer);
            int below = layer == 0 ? inputs : widths.get(layer - 1);
            products.add(Product.of(true, false, out, below, batch));
            if (layer > 0) {
                products.add(Product.of(false, false, batch, below, out));
            }
        }
        return new Products(products);
    }

    /// Those of a forward pass through layers of these widths, the first of which gives its outputs.
    static Products forward(int batch, List<Integer> widths) {
        List<Product> products = new ArrayList<>();
        for (int layer = 1; layer < widths.size(); layer++) {
            products.add(Product.of(false, true, batch, widths.get(layer), widths.get(layer - 1)));
        }
        return new Products(products);
    }

    /// Multiplications and additions of a step.
    double operations() {
        return products.stream().mapToDouble(Product::operations).sum();
    }

    @Override
    public double step() {
        for (Product product : products) {
            kernels.product(product.transposeA(), product.transposeB(), product.m(), product.n(), product.k(),
                    product.a(), product.b(), 0, product.c());
        }
        return products.getLast().c()[0];
    }
}
