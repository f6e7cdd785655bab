package org.surprisal.data.sets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.data.Batch;
import org.surprisal.data.ClassLabels;
import org.surprisal.data.DataException;
import org.surprisal.data.Dataset;
import org.surprisal.data.SharedData;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

class TishbyTest {
    /// 2118 ones give H(Y) = 0.99915712 bit.
    @Test
    void thePublishedFileHoldsTheTask() {
        Dataset task = Tishby.load(SharedData.folder("tishby"));
        Batch all = task.all();
        assertThat(all.inputs().shape()).isEqualTo(Shape.of(4096, 12));
        assertThat(all.inputs().type()).isEqualTo(ElementType.FLOAT32);
        assertThat(all.inputs().toFloats()).isEqualTo(BitPatterns.all(12).toFloats());
        assertThat(task.batch(0b100000000101).inputs().toFloats()).containsExactly(1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1);
        int[] counts = ClassLabels.counts(task);
        assertThat(counts).containsExactly(4096 - 2118, 2118);
        double bits = Arrays.stream(counts).mapToDouble(c -> c / 4096.0).map(p -> -p * Math.log(p) / Math.log(2)).sum();
        assertThat(bits).isCloseTo(0.99915712, within(5e-9));
    }

    @Test
    void filesThatAreNotTheTaskAreRefused(@TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> Tishby.load(folder)).isInstanceOf(DataException.class)
                .hasMessageContaining("no var_u.mat").hasMessageContaining("surprisal data fetch tishby");
        Files.createDirectories(folder.resolve("tishby"));
        Files.writeString(folder.resolve("tishby").resolve("var_u.mat"), "something else");
        assertThatThrownBy(() -> Tishby.load(folder)).isInstanceOf(DataException.class)
                .hasMessageContaining("var_u.mat is not a MAT-file");
    }

    @Test
    void arraysThatAreNotTheTaskAreNamed() {
        Path file = Path.of("u.mat");
        Tensor patterns = BitPatterns.all(12).to(ElementType.FLOAT64);
        Tensor labels = Tensor.zeros(ElementType.FLOAT64, 1, 4096);
        assertThat(Tishby.task(file, patterns, labels).size()).isEqualTo(4096);
        assertThatThrownBy(() -> Tishby.task(file, patterns, Tensor.zeros(ElementType.FLOAT64, 1, 4095)))
                .isInstanceOf(DataException.class).hasMessageContaining("y (1, 4095)");
        assertThatThrownBy(() -> Tishby.task(file, labels, labels)).isInstanceOf(DataException.class)
                .hasMessageContaining("F has shape (1, 4096)");
        assertThatThrownBy(() -> Tishby.task(file, patterns.affine(-1, 1), labels)).isInstanceOf(DataException.class)
                .hasMessageContaining("u.mat: row 0 of F is [1.0, 1.0").hasMessageContaining("not the number 0");
        assertThatThrownBy(() -> Tishby.task(file, patterns, labels.plus(2))).isInstanceOf(DataException.class)
                .hasMessageContaining("target 2.0 of row 0");
    }
}
