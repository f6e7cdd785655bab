package org.surprisal.study.biasvariance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.report.Chart;
import org.surprisal.report.Mark;
import org.surprisal.report.Panels;
import org.surprisal.report.Range;
import org.surprisal.report.Report;
import org.surprisal.report.Wording;
import org.surprisal.settings.SettingException;
import org.surprisal.settings.Settings;
import org.surprisal.study.Progress;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunRequest;
import org.surprisal.study.engine.Study;
import org.surprisal.study.engine.StudyRunner;

/// Bias, variance and errors against their closed forms for many samples.
class BiasVarianceStudyTest {
    private final Study study = new BiasVarianceStudy();

    @TempDir
    private Path folder;

    private void run(Map<String, String> settings) throws IOException {
        StudyRunner.execute(study, new RunRequest(Settings.of(study.settings(), settings), 3, OptionalInt.of(1), folder,
                folder.resolve("run")), Progress.SILENT, () -> false).close();
    }

    private double number(int degree, String quantity) throws IOException {
        String start = degree + ",3,,,,,," + quantity + ",";
        return Files.readAllLines(folder.resolve("run/metrics.csv")).stream().filter(line -> line.startsWith(start))
                .map(line -> Double.parseDouble(line.substring(start.length(), line.lastIndexOf(',')))).findFirst()
                .orElseThrow();
    }

    /// The best line through sin(πx) on [-1, 1] has the slope 3/π and leaves 1/2 - 3/π²; a polynomial of degree d that
    /// can be the sine has the variance σ²(d + 1)/n, and leaves σ²(1 - (d + 1)/n) of its own samples.
    @Test
    void errorsAreThoseOfLeastSquares() throws IOException {
        run(Map.of("degrees", "1,15", "samples", "2000", "fits", "150", "noise", "0.5"));
        assertThat(number(1, "squared-bias")).isCloseTo(0.5 - 3 / (Math.PI * Math.PI), withinPercentage(1));
        assertThat(number(15, "squared-bias")).isCloseTo(0, within(1e-4));
        assertThat(number(15, "variance")).isCloseTo(0.25 * 16 / 2000, withinPercentage(8));
        assertThat(number(15, "training-error")).isCloseTo(0.25 * (1 - 16 / 2000.0), withinPercentage(1));
        assertThat(number(15, "test-error")).isCloseTo(0.25 * (1 + 16 / 2000.0), withinPercentage(2));
    }

    /// The numbers of one seed have no error; they are those of metrics.csv.
    @Test
    void reportSaysWhichDegreeIsBest() throws IOException {
        run(Map.of("degrees", "1,5,20", "samples", "30", "fits", "20"));
        try (RunFolder kept = RunFolder.open(folder.resolve("run"))) {
            assertThat(StudyRunner.report(study, kept).found()).containsExactly(
                    "Polynomials of degree 5 predict new samples best, with a mean squared error of "
                            + Wording.alone(number(5, "test-error")) + ".",
                    "Lower degrees cannot follow the sine: at degree 1, "
                            + Wording.percent(number(1, "squared-bias") / number(1, "test-error"))
                            + " of the error is squared bias.",
                    "Higher degrees follow the noise: at degree 20, "
                            + Wording.percent(number(20, "variance") / number(20, "test-error"))
                            + " of the error is variance of the fits, and the error is "
                            + Wording.rough(number(20, "test-error") / number(5, "test-error"))
                            + " times that of degree 5.",
                    "One seed decides nothing, so every claim is undecided; run with `--seeds 5` for verdicts.");
        }
    }

    /// An axis up to the errors of useless fits would hide all others; their degrees are named.
    @Test
    void errorsOfUselessFitsLieOutsideOfTheFigure() throws IOException {
        run(Map.of("degrees", "1,5,20,25", "samples", "30", "fits", "20"));
        try (RunFolder kept = RunFolder.open(folder.resolve("run"))) {
            assertThat(number(20, "test-error")).isGreaterThan(100);
            assertThat(number(5, "test-error")).isLessThan(100);
            Report report = StudyRunner.report(study, kept);
            Panels figure = (Panels) report.sections().getFirst().figures().getFirst();
            assertThat(report.subtitle()).isEqualTo("30 samples, degrees 1 to 25, the middle one 5, 1 seed");
            assertThat(figure.charts()).extracting(Chart::title).containsExactly("error",
                    "parts of the error on new samples");
            Chart chart = figure.charts().getLast();
            assertThat(chart.marks()).extracting(Mark::name).containsExactly("squared bias", "variance of the fits");
            assertThat(figure.caption()).isEqualTo("Means over the interval from −1 to 1, where the sine itself has a"
                    + " mean square of ½. The error on new samples is squared bias, variance and the noise of the"
                    + " targets. Errors above 100 lie outside, at degree 20 and 25; the table has them.");
            assertThat(chart.y().range()).isEqualTo(new Range(Math.min(number(5, "squared-bias"),
                    number(25, "training-error")) / 2, 100));
        }
    }

    @Test
    void withoutNoiseTheErrorIsBiasAndVariance() throws IOException {
        run(Map.of("degrees", "4", "samples", "12", "fits", "20", "noise", "0"));
        assertThat(number(4, "test-error"))
                .isCloseTo(number(4, "squared-bias") + number(4, "variance"), withinPercentage(1e-9));
    }

    @Test
    void degreesThatTheSamplesDoNotSettleAreRefused() {
        assertThatThrownBy(() -> run(Map.of("degrees", "3,9", "samples", "9"))).isInstanceOf(SettingException.class)
                .hasMessage("setting degrees=9: must be below the number of samples");
    }
}
