package org.surprisal.bench.pytorch;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import org.surprisal.bench.harness.Tuning;
import org.surprisal.tensor.Tensor;

/// PyTorch in this process. Nothing is downloaded: the natives come from the class path and are unpacked once into the
/// folder that the system property `surprisal.bench.natives` names.
public final class PyTorch implements AutoCloseable {
    private static final String PLATFORM = "Linux on amd64";
    private static final long TRIAL_NANOS = 1_000_000_000;

    private final PtNDManager manager;

    private PyTorch(NDManager manager) {
        this.manager = (PtNDManager) manager;
    }

    /// Loads the natives, once a process, and makes a manager that owns what is made from it.
    ///
    /// @throws IOException with one line, where there are no natives for this platform
    public static PyTorch start() throws IOException {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ENGINE_CACHE_DIR", System.getProperty("surprisal.bench.natives", "target/pytorch"));
        String system = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
        if (!PLATFORM.equals(system)) {
            throw new IOException("the comparison needs PyTorch's natives for " + PLATFORM + "; this is " + system);
        }
        if (PyTorch.class.getResource("/native/lib/pytorch.properties") == null) {
            throw new IOException("PyTorch's natives are not on the class path: start with ./surprisal bench");
        }
        try {
            NDManager manager = Engine.getEngine("PyTorch").newBaseManager();
            // What PyTorch's compiler makes of a training step is slower than its operations one by one: 95 ms against
            // 81 ms a step of the thesis's network of 20 layers.
            JniUtils.setGraphExecutorOptimize(false);
            // A side before may have chosen fewer.
            JniUtils.setNumThreads(Runtime.getRuntime().availableProcessors());
            return new PyTorch(manager);
        } catch (EngineException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException("PyTorch cannot be loaded: " + cause.getMessage(), e);
        }
    }

    /// The version of the natives.
    public String version() {
        return Engine.getEngine("PyTorch").getVersion();
    }

    /// Threads within an operation.
    public int threads() {
        return JniUtils.getNumThreads();
    }

    /// Has operations that the calling thread starts run on it alone, as in a process of its own.
    public static void useOneThread() {
        JniUtils.setNumThreads(1);
    }

    /// Sets the threads on which these steps run quickest: all processors, which is PyTorch's default, or one, which
    /// spares small operations the waiting for each other.
    ///
    /// @return which it is
    Tuning chooseThreads(Runnable step) {
        int all = Runtime.getRuntime().availableProcessors();
        double onAll = secondsPerStep(all, step);
        double onOne = all == 1 ? onAll : secondsPerStep(1, step);
        int chosen = onOne < onAll ? 1 : all;
        JniUtils.setNumThreads(chosen);
        return new Tuning(chosen, String.format(Locale.ROOT,
                "PyTorch on %s, the quicker for it: %.3g ms a step on one, %.3g ms on %d",
                chosen == 1 ? "1 thread" : chosen + " threads", 1e3 * onOne, 1e3 * onAll, all));
    }

    private static double secondsPerStep(int threads, Runnable step) {
        JniUtils.setNumThreads(threads);
        step.run();
        long start = System.nanoTime();
        long steps = 0;
        while (System.nanoTime() - start < TRIAL_NANOS) {
            step.run();
            steps++;
        }
        return (System.nanoTime() - start) * 1e-9 / steps;
    }

    /// The same numbers, float32.
    public PtNDArray array(Tensor tensor) {
        return array(tensor.toFloats(), tensor.shape().lengths());
    }

    /// These numbers.
    public PtNDArray array(float[] numbers, int... lengths) {
        return (PtNDArray) manager.create(numbers, shape(lengths));
    }

    /// The same numbers, float64.
    public PtNDArray doubles(Tensor tensor) {
        return (PtNDArray) manager.create(tensor.toDoubles(), shape(tensor.shape().lengths()));
    }

    /// Whole numbers of any shape, as indices.
    public PtNDArray indices(Tensor tensor) {
        double[] numbers = tensor.toDoubles();
        long[] indices = new long[numbers.length];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = (long) numbers[i];
        }
        return (PtNDArray) manager.create(indices, shape(tensor.shape().lengths()));
    }

    PtNDArray zeros(org.surprisal.tensor.Shape shape) {
        return (PtNDArray) manager.zeros(shape(shape.lengths()));
    }

    private static Shape shape(int... lengths) {
        return new Shape(Arrays.stream(lengths).asLongStream().toArray());
    }

    PtNDManager manager() {
        return manager;
    }

    /// One number, shape ().
    public PtNDArray scalar(double number) {
        return array(new float[]{(float) number});
    }

    @Override
    public void close() {
        manager.close();
    }
}
