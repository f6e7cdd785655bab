package org.surprisal.bench.pytorch;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A TorchScript program, compiled by PyTorch from its text, a zip of code and pickled attributes: one call a step,
/// whatever the step is made of, so that the peer pays for no crossings between Java and C++. Through it also run what
/// DJL has no call for: fused optimisers, sparse rows, packed sequences.
///
/// The program has one class, `Script`, with lists of tensors as attributes that stay from step to step, and the method
/// `forward`, which takes tensors and gives one. It is written in the form that PyTorch itself saves programs in, where
/// operators are functions (`torch.add`). Tensors that a fused kernel writes must be in an attribute as it is: PyTorch
/// takes writes to a list that was made on the way for writes that nobody reads, and leaves them out.
final class TorchScript implements AutoCloseable {
    private static final String NO_CONSTANTS = "\u0080\u0002).";

    /// The format's version that PyTorch 1.12 to 2.7 write.
    private static final String VERSION = "10\n";

    private static final String FOLDER = "script/";

    private final PtSymbolBlock module;

    private TorchScript(PtSymbolBlock module) {
        this.module = module;
    }

    /// Compiles a program.
    ///
    /// @param arguments of `forward`, with types: `x: Tensor, y: Tensor`
    /// @param body      of `forward`, each line indented by four blanks
    /// @param kept      what the program keeps, by the attribute's name, of one letter
    /// @throws ai.djl.engine.EngineException where PyTorch does not take the program
    static TorchScript compile(PyTorch torch, String arguments, String body, Map<String, List<PtNDArray>> kept) {
        // The pickle of an object of class Script: its attributes, each a name and an empty list.
        String pickle = "\u0080\u0002c__torch__\nScript\n)\u0081}(%sub."
                .formatted(each(kept, "X\u0001\0\0\0%s]", ""));
        IValue[] lists = kept.values().stream().map(list -> IValue.listFrom(list.toArray(PtNDArray[]::new)))
                .toArray(IValue[]::new);
        try {
            PtSymbolBlock module = JniUtils.loadModule(torch.manager(),
                    new ByteArrayInputStream(archive(code(arguments, body, kept), pickle)),
                    false, false);
            IValueUtils.runMethod(module, "start", lists).close();
            return new TorchScript(module);
        } catch (IOException e) {
            throw new UncheckedIOException("an archive in memory cannot fail", e);
        } finally {
            for (IValue list : lists) {
                list.close();
            }
        }
    }

    private static String code(String arguments, String body, Map<String, List<PtNDArray>> kept) {
        return """
                class Script(Module):
                  __parameters__ = []
                  __buffers__ = []
                %1$s
                  def start(self: __torch__.Script, %2$s) -> int:
                %3$s
                    return 0
                  def forward(self: __torch__.Script, %4$s) -> Tensor:
                %5$s""".formatted(each(kept, "  %s : List[Tensor]", "\n"), each(kept, "%s: List[Tensor]", ", "),
                each(kept, "    self.%1$s = %1$s", "\n"), arguments, body);
    }

    private static String each(Map<String, List<PtNDArray>> kept, String format, String between) {
        return kept.keySet().stream().map(format::formatted).collect(Collectors.joining(between));
    }

    private static byte[] archive(String code, String pickle) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            put(zip, "data.pkl", pickle.getBytes(StandardCharsets.ISO_8859_1));
            put(zip, "code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
            put(zip, "constants.pkl", NO_CONSTANTS.getBytes(StandardCharsets.ISO_8859_1));
            put(zip, "version", VERSION.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /// Without compression and with the length in front, as PyTorch's reader wants it.
    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        ZipEntry entry = new ZipEntry(FOLDER + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    /// Runs the program, with gradients recorded where it asks for them, and takes the one number of its result.
    double number(NDList arguments) {
        JniUtils.setGradMode(true);
        try (NDList result = IValueUtils.forward(module, arguments, true)) {
            NDArray number = result.get(0);
            return number.getDataType() == DataType.FLOAT64 ? number.getDouble() : number.getFloat();
        } catch (EngineException e) {
            throw new IllegalStateException(reason(e), e);
        } finally {
            JniUtils.setGradMode(false);
        }
    }

    /// PyTorch tells where in the script it was first, and what was wrong in the last line.
    private static String reason(EngineException e) {
        return "PyTorch: " + String.valueOf(e.getMessage()).lines().map(String::strip)
                .filter(line -> line.startsWith("RuntimeError")).findFirst().orElse(String.valueOf(e.getMessage()));
    }

    @Override
    public void close() {
        module.close();
    }
}
