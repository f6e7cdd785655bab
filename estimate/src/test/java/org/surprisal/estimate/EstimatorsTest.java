package org.surprisal.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.surprisal.information.mutual.EstimatorDescription;
import org.surprisal.information.mutual.MutualInformation;
import org.surprisal.information.task.Task;
import org.surprisal.information.task.Tasks;
import org.surprisal.tensor.RandomStream;

class EstimatorsTest {
    private static final CriticTraining QUICK = new CriticTraining(2, 8, 16, 1e-3, RandomStream.seeded(1));

    /// A new estimator of continuous variables needs usual settings, so that comparisons can name it.
    @Test
    void everyEstimatorOfTwoContinuousVariablesHasUsualSettings() {
        List<String> names = Estimators.usualNames().stream()
                .map(name -> Estimators.usual(name, QUICK).orElseThrow().description().name()).distinct().toList();

        assertThat(Estimators.descriptions()).extracting(EstimatorDescription::name)
                .containsExactlyInAnyOrderElementsOf(Stream
                        .concat(names.stream(), Stream.of("kde", "discrete")).toList());
    }

    @Test
    void whatNeedsMoreThanSamplesHasNoUsualSettings() {
        for (String name : List.of("kde", "discrete", "binning", "ksg-3", "")) {
            assertThat(Estimators.usual(name, QUICK)).as(name).isEmpty();
        }
    }

    @Test
    void usualEstimatorsEstimateTasksAndAreSetAsTheirNamesSay() {
        Task.Pairs pairs = Tasks.find("dense-2x2").orElseThrow().draw(60, RandomStream.seeded(2));
        for (String name : Estimators.usualNames()) {
            MutualInformation answer = Estimators.usual(name, QUICK).orElseThrow().estimate(pairs.x(), pairs.y());
            assertThat(answer.value()).as(name).isFinite();
            OptionalInt number = name.matches(".*-\\d+")
                    ? OptionalInt.of(Integer.parseInt(name.replaceAll("\\D", "")))
                    : OptionalInt.empty();
            number.ifPresent(each -> assertThat(answer.settings().values()).as(name).contains(each));
        }
        assertThat(Estimators.usual("ksg-rank", QUICK).orElseThrow().estimate(pairs.x(), pairs.y()).settings()
                .values()).extracting(Object::toString).anyMatch(value -> value.equalsIgnoreCase("rank"));
    }
}
