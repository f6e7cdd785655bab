package org.surprisal.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.surprisal.information.automatic.AutomaticEstimator;
import org.surprisal.information.mutual.Binning;
import org.surprisal.information.mutual.Discrete;
import org.surprisal.information.mutual.EstimatorDescription;
import org.surprisal.information.mutual.GaussianCopula;
import org.surprisal.information.mutual.GaussianInformation;
import org.surprisal.information.mutual.Kraskov;
import org.surprisal.information.mutual.LocallyCorrectedKraskov;
import org.surprisal.information.mutual.MatrixRenyi;
import org.surprisal.information.mutual.MixedKraskov;
import org.surprisal.information.mutual.MutualInformation;
import org.surprisal.information.mutual.MutualInformationEstimator;
import org.surprisal.information.mutual.PairwiseDistance;
import org.surprisal.information.mutual.PlugIn;
import org.surprisal.information.mutual.PlugIn.Correction;
import org.surprisal.information.mutual.Variable;
import org.surprisal.tensor.RandomStream;

class MutualInformationTest {

    private static final RandomStream STREAM = RandomStream.seeded(1);
    private static final CriticTraining TRAINING = new CriticTraining(3, 4, 8, 1e-3, STREAM);
    private static final List<MutualInformationEstimator> ESTIMATORS = List.of(
            new AutomaticEstimator(STREAM), PairwiseDistance.withNoise(0.1), new PlugIn(Correction.NONE),
            new Binning(new Binning.Bins.EqualCount(3), Correction.MILLER_MADOW),
            Kraskov.standard(STREAM), LocallyCorrectedKraskov.standard(STREAM), MixedKraskov.standard(),
            new GaussianInformation(), new GaussianCopula(), new MatrixRenyi(1.01, OptionalDouble.empty()),
            new InfoNce(TRAINING), new Mine(TRAINING), new Smile(5, TRAINING));

    @Test
    void noNumberIsNotANumber() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> MutualInformation.of("any", 3, Double.NaN, Map.of(), List.of()))
                .withMessage("any of 3 pairs came out as NaN");
    }

    @Test
    void componentsHaveNames() {
        MutualInformation estimate = MutualInformation.of("any", 3, 1, Map.of(), List.of()).withComponent("kl", 2);

        assertThat(estimate.component("kl")).isEqualTo(2);
        assertThatIllegalArgumentException().isThrownBy(() -> estimate.component("lk"))
                .withMessage("any has no component 'lk', it has [kl]");
    }

    @Test
    void everyEstimatorIsListed() {
        assertThat(ESTIMATORS).extracting(MutualInformationEstimator::description)
                .containsExactlyElementsOf(Estimators.descriptions());
        assertThat(Estimators.descriptions()).extracting(EstimatorDescription::name).doesNotHaveDuplicates();
    }

    /// Each refuses different numbers of samples, and a single one, in the same words.
    @Test
    void pairsAreNeededByAll() {
        CorrelatedNormals pairs = CorrelatedNormals.of(60, 1, 0.5, STREAM.child("pairs"));
        Discrete labels = Discrete.labels("y", IntStream.range(0, 60).map(i -> i % 2).toArray());
        for (MutualInformationEstimator estimator : ESTIMATORS) {
            Variable x = estimator instanceof PlugIn ? labels : pairs.x();
            Variable y = estimator instanceof PlugIn || estimator instanceof PairwiseDistance ? labels : pairs.y();
            assertThatIllegalArgumentException().as(estimator.description().name())
                    .isThrownBy(() -> estimator.estimate(x, y.take(0, 1, 2)))
                    .withMessage("%s has 60 sample(s), %s has 3: pairs needed".formatted(x.name(), y.name()));
            assertThatIllegalArgumentException().as(estimator.description().name())
                    .isThrownBy(() -> estimator.estimate(x.take(4), y.take(4)))
                    .withMessageMatching("%s and %s have 1 sample\\(s\\), at least \\d+ needed".formatted(x.name(),
                            y.name()));
            assertThat(estimator.estimate(x, y)).as(estimator.description().name())
                    .isEqualTo(estimator.estimate(x, y))
                    .matches(estimate -> estimate.estimator().equals(estimator.description().name()))
                    .matches(estimate -> estimate.n() == 60);
        }
    }
}
