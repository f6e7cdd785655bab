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
import org.surprisal.tensor.Tensor;

/// PyTorch in this process, with as many threads as there are processors, which is its own default. Nothing is downloaded: the natives
/// come from the class path and are unpacked once into the folder that the system property `surprisal.bench.natives` names.
public final class PyTorch implements AutoCloseable {
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
        if (PyTorch.class.getResource("/native/lib/pytorch.properties") == null) {
            throw new IOException("PyTorch's natives are not on the class path: start with ./surprisal bench, on Linux"
                    + " with an x86-64 processor");
        }
        try {
            return new PyTorch(Engine.getEngine("PyTorch").newBaseManager());
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
