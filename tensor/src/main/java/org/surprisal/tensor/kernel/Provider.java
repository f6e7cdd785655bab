package org.surprisal.tensor.kernel;

import java.io.IOException;

/// Which float32 kernels this process uses: the native product and SIMD loops, else the plain ones, with a
/// warning to the [System.Logger] named `org.surprisal.tensor`. The native library is loaded for the first product,
/// because it takes a quarter of the processor time of a short command that needs none.
///
/// System property `surprisal.native=off` asks for the plain product (then it is no surprise and nothing is said).
public final class Provider {
    private static final Provider ACTIVE = choose();

    private final Kernels<float[]> kernels;
    private final NarrowLoops narrow;
    private final SymmetricLoops symmetric;
    private final String loops;

    private Provider(Kernels<float[]> kernels, NarrowLoops narrow, SymmetricLoops symmetric, String loops) {
        this.kernels = kernels;
        this.narrow = narrow;
        this.symmetric = symmetric;
        this.loops = loops;
    }

    /// The product of this process, chosen when it is first asked for.
    ///
    /// @param product computes products
    /// @param name    and why if it is the plain loop
    private record Chosen(FloatProduct product, String name) {
        static final Chosen ACTIVE = choose();

        private static Chosen choose() {
            if ("off".equals(System.getProperty("surprisal.native"))) {
                return new Chosen(new PlainFloatProduct(), "plain (surprisal.native=off)");
            }
            try {
                return new Chosen(OneDnn.load(Provider::warn),
                        "oneDNN " + OneDnnFiles.VERSION.replaceFirst("-.*", "") + " dnnl_sgemm");
            } catch (IOException e) {
                warn("matrix products use the plain loop, several times slower: " + e.getMessage());
                return new Chosen(new PlainFloatProduct(), "plain (" + e.getMessage() + ")");
            }
        }
    }

    /// The chosen product, which the first call loads.
    private static final class ProductOnDemand implements FloatProduct {
        @Override
        public void product(boolean transposeA, boolean transposeB, int m, int n, int k, float[] a, float[] b, int beta,
                float[] c) {
            Chosen.ACTIVE.product.product(transposeA, transposeB, m, n, k, a, b, beta, c);
        }

        @Override
        public void part(boolean transposeA, boolean transposeB, int m, int n, int k, float[] a, int aFrom, int aStride,
                float[] b, int bFrom, int bStride, int beta, float[] c, int cFrom, int cStride) {
            Chosen.ACTIVE.product.part(transposeA, transposeB, m, n, k, a, aFrom, aStride, b, bFrom, bStride, beta, c,
                    cFrom, cStride);
        }
    }

    public static Kernels<float[]> kernels() {
        return ACTIVE.kernels;
    }

    /// The loops of a narrow perceptron's training step.
    static NarrowLoops narrow() {
        return ACTIVE.narrow;
    }

    /// The loops of the eigenvalue problem of a large symmetric matrix.
    static SymmetricLoops symmetric() {
        return ACTIVE.symmetric;
    }

    /// What computes products, and why if it is the plain loop.
    public static String product() {
        return Chosen.ACTIVE.name;
    }

    /// What computes element-wise work, and why if it is the plain loops.
    public static String loops() {
        return ACTIVE.loops;
    }

    private static Provider choose() {
        FloatProduct product = new ProductOnDemand();
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
            Kernels<float[]> simd = new VectorFloatKernels(product);
            int lanes = VectorFloatKernels.width();
            return new Provider(simd,
                    lanes <= NarrowLoops.STRANDS ? new VectorNarrowLoops(simd) : new PlainNarrowLoops(simd),
                    new VectorSymmetricLoops(),
                    "SIMD, " + lanes + " lanes");
        }
        warn("element-wise work uses plain loops: start the JVM with --add-modules jdk.incubator.vector");
        Kernels<float[]> plain = new PlainFloatKernels(product);
        return new Provider(plain, new PlainNarrowLoops(plain), PlainSymmetricLoops.SHARED,
                "plain (module jdk.incubator.vector is absent)");
    }

    private static void warn(String message) {
        System.getLogger("org.surprisal.tensor").log(System.Logger.Level.WARNING, message);
    }
}
