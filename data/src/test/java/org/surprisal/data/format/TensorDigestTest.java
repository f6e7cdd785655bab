package org.surprisal.data.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Tensor;

class TensorDigestTest {
    private static final Tensor A = Tensor.of(new double[]{1, 2, 3, 4}, 2, 2);

    /// Recorded from Python's hashlib: sha256(b"1 1 nx" + b"1 14 a" + b"FLOAT64 (2, 2)" + struct.pack("<4d", 1, 2, 3,
    /// 4)).
    @Test
    void digestIsThatOfNamesTypesShapesAndLittleEndianNumbers() {
        assertThat(TensorDigest.of(Map.of("a", A), Map.of("n", "x")))
                .isEqualTo("1a37af7b70c2fb0a8d94d8e2bb3901898e2551dd19e0841d21652f1de2aa706e");
    }

    @Test
    void orderOfTheNamesDoesNotMatter() {
        Map<String, Tensor> one = new LinkedHashMap<>();
        one.put("a", A);
        one.put("b", A);
        Map<String, Tensor> other = new LinkedHashMap<>();
        other.put("b", A);
        other.put("a", A);

        assertThat(TensorDigest.of(one, Map.of())).isEqualTo(TensorDigest.of(other, Map.of()));
    }

    @Test
    void anotherNameTypeShapeNumberOrTextIsAnotherDigest() {
        assertThat(new String[]{TensorDigest.of(Map.of("a", A), Map.of()), TensorDigest.of(Map.of("b", A), Map.of()),
                TensorDigest.of(Map.of("a", A.to(ElementType.FLOAT32)), Map.of()),
                TensorDigest.of(Map.of("a", A.reshape(4)), Map.of()),
                TensorDigest.of(Map.of("a", Tensor.of(new double[]{1, 2, 3, Math.nextUp(4)}, 2, 2)), Map.of()),
                TensorDigest.of(Map.of("a", Tensor.of(new double[]{0.0})), Map.of()),
                TensorDigest.of(Map.of("a", Tensor.of(new double[]{-0.0})), Map.of()),
                TensorDigest.of(Map.of("a", A), Map.of("n", "x")), TensorDigest.of(Map.of("a", A), Map.of("nx", ""))})
                .doesNotHaveDuplicates();
    }
}
