package org.surprisal.study.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surprisal.network.architecture.Architecture;
import org.surprisal.network.architecture.LayerSpec;
import org.surprisal.settings.SettingException;
import org.surprisal.tensor.Shape;

/// Settings of single layers in an experiment's file.
class LayerEntriesTest {
    private static Architecture read(String layers, int... sample) {
        Entry whole = Entry.read("my.yaml", "network: " + layers + "\n");
        return LayerEntries.read(whole.fields("network").require("network"), Shape.of(sample), Optional.empty());
    }

    @Test
    void linearLayerHasABiasUnlessToldOtherwise() {
        assertThat(read("[{linear: 10}]", 4).parameterCount()).isEqualTo(50);
        assertThat(read("[{linear: {outputs: 10}}]", 4).parameterCount()).isEqualTo(50);
        assertThat(read("[{linear: {outputs: 10, bias: false}}]", 4).parameterCount()).isEqualTo(40);
    }

    /// PyTorch's defaults: `torch.nn.BatchNorm1d(num_features, eps=1e-05, momentum=0.1)`.
    @Test
    void batchNormalisationTakesMomentumAndEpsilon() {
        assertThat(read("[batch-normalisation]", 4).parts().getFirst().spec())
                .isEqualTo(new LayerSpec.NormaliseBatch(0.1, 1e-5));
        assertThat(read("[batch-normalisation: ]", 4).parts().getFirst().spec())
                .isEqualTo(new LayerSpec.NormaliseBatch(0.1, 1e-5));
        assertThat(read("[batch-normalisation: {momentum: 0.01, epsilon: 1e-3}]", 4).parts().getFirst().spec())
                .isEqualTo(new LayerSpec.NormaliseBatch(0.01, 1e-3));
    }

    @Test
    void gaussianNoiseHasADeviation() {
        assertThat(read("[{gaussian-noise: 0.05}]", 4).parts().getFirst().spec()).isEqualTo(new LayerSpec.Noise(0.05));
        assertThat(read("[{gaussian-noise: {deviation: 2}}]", 4).parts().getFirst().spec())
                .isEqualTo(new LayerSpec.Noise(2));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "linear: {outputs: 10, bias: no}|network[0].linear.bias is 'no': must be true or false",
            "linear: {bias: false}|network[0].linear: needs the key 'outputs'",
            "linear: {outputs: 10, bais: false}|network[0].linear.bais: there is no such key; did you mean 'bias'?",
            "gaussian-noise: -0.1|network[0].gaussian-noise is '-0.1': must be a number of at least 0",
            "gaussian-noise: {}|network[0].gaussian-noise: needs the key 'deviation'",
            "batch-normalisation: 0.1|network[0].batch-normalisation is '0.1': must be a map, 'key: value' line by"
                    + " line",
            "batch-normalisation: {momentum: 0}|network[0].batch-normalisation.momentum is '0': must be a number above"
                    + " 0, at most 1",
            "batch-normalisation: {epsilon: -1}|network[0].batch-normalisation.epsilon is '-1': must be a number above"
                    + " 0"})
    void wrongSettingIsAnsweredWithItsPlace(String layer, String answer) {
        assertThatThrownBy(() -> read("[{" + layer + "}]", 4)).isInstanceOf(SettingException.class)
                .hasMessage("my.yaml, line 1: " + answer);
    }
}
