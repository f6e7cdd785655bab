package org.surprisal.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.surprisal.data.DataException;
import org.surprisal.network.Layer;
import org.surprisal.network.Network;
import org.surprisal.network.layer.Sequential;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Tensor;

/// Whose words are shown to users.
class FailuresTest {
    private static final String INTERNAL = "; please report it with what --debug shows";

    private static IllegalArgumentException ofTheJdk() {
        return catchThrowableOfType(IllegalArgumentException.class, () -> new ArrayList<>(-1));
    }

    private static IllegalArgumentException refused(Layer layer) {
        Network network = new Network(new Sequential(Map.of("odd", layer)));
        return catchThrowableOfType(IllegalArgumentException.class,
                () -> network.evaluate(Tensor.zeros(ElementType.FLOAT64, 1, 2)));
    }

    @Test
    void wordsOfOurCodeAreForUsersAndThoseOfTheJdkAreNot() {
        IllegalArgumentException ours = new IllegalArgumentException("width (=0) must be at least 1");
        assertThat(Failures.words(ours)).isEqualTo("width (=0) must be at least 1");
        assertThat(Failures.reason(ours)).isEqualTo("width (=0) must be at least 1");

        IllegalArgumentException foreign = ofTheJdk();
        assertThatThrownBy(() -> Failures.words(foreign)).isSameAs(foreign);
        assertThat(Failures.reason(foreign)).isEqualTo("internal error: IllegalArgumentException" + INTERNAL);
    }

    @Test
    void layerThatRefusesItsInputIsNamed() {
        IllegalArgumentException ours = refused((x, pass) -> x.matmul(x));
        assertThat(Failures.reason(ours)).startsWith("layer 'odd': matmul: ");
    }

    @Test
    void wordsOfTheJdkBehindTheNameOfALayerAreNotForUsers() {
        IllegalArgumentException foreign = refused((x, pass) -> {
            assertThat(new ArrayList<>(-x.length(1))).isEmpty();
            return x;
        });
        assertThat(foreign).hasMessage("layer 'odd': Illegal Capacity: -2");
        assertThat(Failures.isForUsers(foreign)).isFalse();
        assertThat(Failures.reason(foreign)).isEqualTo("internal error: IllegalArgumentException" + INTERNAL);
    }

    @Test
    void wordsOfTheJdkInAnyWrapperAreNotForUsers() {
        RuntimeException foreign = ofTheJdk();
        RuntimeException silent = new NullPointerException();
        for (RuntimeException wrapper : List.of(new DataException(String.valueOf(foreign.getMessage()), foreign),
                new IllegalArgumentException("x has no normal model: " + foreign.getMessage() + " (take another)",
                        foreign),
                new IllegalArgumentException("layer 'a': " + silent.getMessage(), silent))) {
            assertThat(Failures.isForUsers(wrapper)).as(wrapper.getMessage()).isFalse();
        }
        assertThat(Failures.reason(new IllegalArgumentException("layer 'a': " + silent.getMessage(), silent)))
                .isEqualTo("internal error: NullPointerException" + INTERNAL);
    }

    @Test
    void ownWordsAboutAFailureOfTheJdkAreForUsers() {
        DataException damaged = new DataException("x.png is damaged: its image cannot be decoded", ofTheJdk());
        assertThat(Failures.reason(damaged)).isEqualTo("x.png is damaged: its image cannot be decoded");
        assertThat(Failures.reason(new DataException("x.png is damaged: nothing is in it", new RuntimeException(""))))
                .isEqualTo("x.png is damaged: nothing is in it");
    }
}
