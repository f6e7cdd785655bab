package org.surprisal.tensor.kernel;

import java.io.IOException;

/// Which float32 kernels this process uses: the native product and SIMD loops, else the plain ones, with a
/// warning to the [System.Logger] named `org.surprisal.tensor`.
///
/// System property `surprisal.native=off` asks for the plain product (then it is no surprise and nothing is said).
public final class Provider {
    private static final Provider ACTIVE = choose();

    private final Kernels<float[]> kernels;
    private final NarrowLoops narrow;
    private final SymmetricLoops symmetric;
    private final String product;
    private final String loops;

    private Provider(Kernels<float[]> kernels, NarrowLoops narrow, SymmetricLoops symmetric, String product,
            String loops) {
        this.kernels = kernels;
        this.narrow = narrow;
        this.symmetric = symmetric;
        this.product = product;
        this.loops = loops;
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
        return ACTIVE.product;
    }

    /// What computes element-wise work, and why if it is the plain loops.
    public static String loops() {
        return ACTIVE.loops;
    }

    private static Provider choose() {
        FloatProduct product;
        String name;
        if ("off".equals(System.getProperty("surprisal.native"))) {
            product = new PlainFloatProduct();
            name = "plain (surprisal.native=off)";
        } else {
            try {
                product = OneDnn.load(Provider::warn);
                name = "oneDNN " + OneDnnFiles.VERSION.replaceFirst("-.*", "") + " dnnl_sgemm";
            } catch (IOException e) {
                product = new PlainFloatProduct();
                name = "plain (" + e.getMessage() + ")";
                warn("matrix products use the plain loop, several times slower: " + e.getMessage());
            }
        }
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
            Kernels<float[]> simd = new VectorFloatKernels(product);
            int lanes = VectorFloatKernels.width();
            return new Provider(simd,
                    lanes <= NarrowLoops.STRANDS ? new VectorNarrowLoops(simd) : new PlainNarrowLoops(simd),
                    new VectorSymmetricLoops(), name,
                    "SIMD, " + lanes + " lanes");
        }
        warn("element-wise work uses plain loops: start the JVM with --add-modules jdk.incubator.vector");
        Kernels<float[]> plain = new PlainFloatKernels(product);
        return new Provider(plain, new PlainNarrowLoops(plain), PlainSymmetricLoops.SHARED, name,
                "plain (module jdk.incubator.vector is absent)");
    }

    private static void warn(String message) {
        System.getLogger("org.surprisal.tensor").log(System.Logger.Level.WARNING, message);
    }
}
