package org.surprisal.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DatasetsTest {
    @Test
    void namesLeadToDataSetsAndTheirFiles() {
        assertThat(Datasets.all()).extracting(Datasets.Entry::name).containsExactly("mnist", "digits");
        assertThat(Datasets.named("digits").embedded()).isTrue();
        assertThat(Datasets.filesOf("mnist")).isEqualTo(Mnist.FILES);
        assertThatThrownBy(() -> Datasets.named("minst")).isInstanceOf(DataException.class)
                .hasMessage("no data set 'minst'; there are mnist, digits");
        assertThatThrownBy(() -> Datasets.filesOf("digits")).isInstanceOf(DataException.class)
                .hasMessageContaining("embedded");
    }
}
