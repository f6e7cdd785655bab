package org.surprisal.bench.workload;

import java.util.ArrayList;
import java.util.List;
import org.surprisal.bench.harness.Side;
import org.surprisal.tensor.kernel.Kernels;
import org.surprisal.tensor.kernel.Provider;

/// Matrix products back to back through the library's own product, which shares them out over all processors: what a
/// training step would take if it were nothing but its products. Each has operands of its own, as the layers of a
/// network have.
final class Products implements Side {
    /// C = op(A) op(B), as [Kernels#product] has it.
    private static final class Product {
        private final boolean transposeA;
        private final boolean transposeB;
        private final int m;
        private final int n;
        private final int k;
        private final float[] a;
        private final float[] b;
        private final float[] c;

        Product(boolean transposeA, boolean transposeB, int m, int n, int k) {
            this.transposeA = transposeA;
            this.transposeB = transposeB;
            this.m = m;
            this.n = n;
            this.k = k;
            this.a = numbers(m * k);
            this.b = numbers(k * n);
            this.c = new float[m * n];
        }

        /// Ordinary numbers: zeros could be quicker and denormal ones are slower.
        private static float[] numbers(int count) {
            float[] numbers = new float[count];
            for (int i = 0; i < count; i++) {
                numbers[i] = (i % 17 - 8) * 0.01f;
            }
            return numbers;
        }

        void compute(Kernels<float[]> kernels) {
            kernels.product(transposeA, transposeB, m, n, k, a, b, 0, c);
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

    /// Those of a training step of fully connected layers: forward, by the weights, and, but for the first layer, by
    /// the inputs.
    static Products ofTraining(int batch, int inputs, List<Integer> widths) {
        List<Product> products = new ArrayList<>();
        int in = inputs;
        for (int out : widths) {
            products.add(new Product(false, true, batch, out, in));
            in = out;
        }
        for (int layer = widths.size() - 1; layer >= 0; layer--) {
            int out = widths.get(layer);
            int below = layer == 0 ? inputs : widths.get(layer - 1);
            products.add(new Product(true, false, out, below, batch));
            if (layer > 0) {
                products.add(new Product(false, false, batch, below, out));
            }
        }
        return new Products(products);
    }

    /// Those of a forward pass through layers of these widths, the first of which gives its outputs.
    static Products forward(int batch, List<Integer> widths) {
        List<Product> products = new ArrayList<>();
        for (int layer = 1; layer < widths.size(); layer++) {
            products.add(new Product(false, true, batch, widths.get(layer), widths.get(layer - 1)));
        }
        return new Products(products);
    }

    /// Multiplications and additions of a step.
    double operations() {
        return products.stream().mapToDouble(Product::operations).sum();
    }

    @Override
    public double step() {
        products.forEach(product -> product.compute(kernels));
        return products.getLast().c[0];
    }
}
