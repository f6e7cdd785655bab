package org.surprisal.study.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.settings.SettingException;
import org.surprisal.settings.Settings;
import org.surprisal.study.Progress;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunRecord;
import org.surprisal.study.RunRequest;
import org.surprisal.study.RunStatus;
import org.surprisal.tensor.Processors;
import org.surprisal.tensor.Tensor;

/// How the engine runs trials, keeps them, and answers what goes wrong.
class EngineTest {
    @TempDir
    private Path folder;

    private RunFolder run(Design design, int seeds, int jobs, Consumer<Trial> trial) throws IOException {
        return run(design, seeds, jobs, trial, Progress.SILENT);
    }

    private RunFolder run(Design design, int seeds, int jobs, Consumer<Trial> trial, Progress progress)
            throws IOException {
        Study study = new EngineFixture.Scripted(design, trial);
        return StudyRunner.execute(study, new RunRequest(Settings.of(study.settings(), Map.of()), 3,
                OptionalInt.of(seeds), folder, folder.resolve("run"), false, Duration.ZERO, OptionalInt.of(jobs)),
                progress, () -> false);
    }

    private static Design grid() {
        return Design.grid(EngineFixture.SCALE);
    }

    private List<String> metrics() throws IOException {
        return Files.readAllLines(folder.resolve("run/metrics.csv"));
    }

    @Test
    void metricsHaveAColumnForEachFactorAndAreJoinedInTheOrderOfTheDesign() throws IOException {
        run(grid(), 2, 4, trial -> trial.record(EngineFixture.NUMBER, trial.get(EngineFixture.SCALE) + trial.seed()));
        assertThat(metrics()).containsExactly("scale,seed,stage,epoch,step,layer,kind,quantity,value,unit",
                "1,3,,,,,,number,4.0,1", "2,3,,,,,,number,5.0,1", "1,4,,,,,,number,5.0,1", "2,4,,,,,,number,6.0,1");
        assertThat(folder.resolve("run/trials/scale=1,seed=3/trial.json")).isRegularFile();
    }

    @Test
    void trialsRunSideBySideOnPlatformThreads() throws IOException {
        CountDownLatch both = new CountDownLatch(2);
        List<Boolean> virtual = Collections.synchronizedList(new ArrayList<>());
        run(grid(), 1, 2, trial -> {
            virtual.add(Thread.currentThread().isVirtual());
            both.countDown();
            try {
                assertThat(both.await(30, TimeUnit.SECONDS)).as("the other trial runs at the same time").isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            trial.record(EngineFixture.NUMBER, 1);
        });
        assertThat(virtual).containsExactly(false, false);
    }

    @Test
    void recordSaysHowManyTrialsRanAtATimeAndOnHowManyThreads() throws IOException {
        RunFolder two = Processors.within(6, () -> run(grid(), 1, 2, trial -> trial.record(EngineFixture.NUMBER, 1)));
        assertThat(two.record().trials()).contains(new RunRecord.Trials(2, 3));
        assertThat(RunFolder.open(two.path()).record()).isEqualTo(two.record());
        assertThat(two.record().provenance()).containsEntry("trials", "2 at a time, threads of each: 3");
    }

    @Test
    void interruptionInTheLastStageLeavesARunThatIsDone() throws IOException {
        AtomicBoolean interrupted = new AtomicBoolean();
        Study study = new EngineFixture.Scripted(Design.grid(), trial -> {
            trial.stage("first", () -> trial.record(EngineFixture.NUMBER, 1));
            trial.stage("last", () -> {
                trial.record(EngineFixture.NUMBER, 2);
                interrupted.set(true);
            });
        });
        RunFolder run = StudyRunner.execute(study, new RunRequest(Settings.of(study.settings(), Map.of()), 3,
                OptionalInt.of(1), folder, folder.resolve("run")), Progress.SILENT, interrupted::get);
        assertThat(run.record().status()).isEqualTo(RunStatus.DONE);
        assertThat(run.report()).exists();
        assertThat(metrics()).hasSize(3);
    }

    @Test
    void aDesignOfOneAfterTheOtherNeverRunsTwo() throws IOException {
        AtomicInteger running = new AtomicInteger();
        run(grid().oneAfterTheOther(), 3, 4, trial -> {
            assertThat(running.incrementAndGet()).isEqualTo(1);
            trial.record(EngineFixture.NUMBER, 1);
            running.decrementAndGet();
        });
    }

    @Test
    void memoryBoundsHowManyTrialsRunAtATime() throws IOException {
        AtomicInteger running = new AtomicInteger();
        List<String> warnings = new ArrayList<>();
        run(grid().memory(cell -> Runtime.getRuntime().maxMemory() / 2), 2, 4, trial -> {
            assertThat(running.incrementAndGet()).isEqualTo(1);
            trial.record(EngineFixture.NUMBER, 1);
            running.decrementAndGet();
        }, new Progress() {
            @Override
            public void at(String phase, long done, long total, String unit, String message) {
                // Not looked at.
            }

            @Override
            public void warning(String message) {
                warnings.add(message);
            }
        });
        assertThat(warnings).hasSize(1).first().asString().startsWith("1 of 4 trials run side by side: the memory, ");
    }

    @Test
    void anInputIsLoadedOnceHoweverManyTrialsAsk() throws IOException {
        AtomicInteger loaded = new AtomicInteger();
        record Constant(AtomicInteger loads) implements Input<Integer> {
            @Override
            public Integer load(Path data) {
                return loads.incrementAndGet();
            }
        }
        run(grid(), 4, 3, trial -> trial.record(EngineFixture.NUMBER, trial.input(new Constant(loaded))));
        assertThat(loaded).hasValue(1);
    }

    @Test
    void aDivergedTrialIsAResultAndStopsNoOther() throws IOException {
        RunFolder run = run(grid(), 1, 1, trial -> {
            if (trial.get(EngineFixture.SCALE) == 1) {
                trial.diverged("its loss is NaN");
            }
            trial.record(EngineFixture.NUMBER, 7);
        });
        assertThat(run.record().status()).isEqualTo(RunStatus.DONE);
        assertThat(metrics()).contains("1,3,,,,,,diverged,1.0,1", "2,3,,,,,,number,7.0,1");
        assertThat(Files.readString(folder.resolve("run/trials/scale=1,seed=3/trial.json")))
                .contains("\"status\":\"diverged\"").contains("its loss is NaN");
    }

    @Test
    void aFailedTrialEndsTheRunAndTheOthersAreKept() throws IOException {
        assertThatThrownBy(() -> run(grid(), 1, 1, trial -> {
            if (trial.get(EngineFixture.SCALE) == 2) {
                throw new IllegalArgumentException("two is too much");
            }
            trial.record(EngineFixture.NUMBER, 7);
        })).isInstanceOf(IllegalArgumentException.class).hasMessage("two is too much");
        try (RunFolder left = RunFolder.open(folder.resolve("run"))) {
            assertThat(left.record().status()).isEqualTo(RunStatus.FAILED);
        }
        assertThat(metrics()).contains("1,3,,,,,,number,7.0,1");
    }

    @Test
    void aRefusedSettingLeavesNothing() {
        assertThatThrownBy(() -> run(grid(), 1, 2, trial -> {
            throw SettingException.badValue("scale", "1", "something else");
        })).isInstanceOf(SettingException.class);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void numbersThatAreNotFiniteAreRefused() {
        assertThatThrownBy(() -> run(grid(), 1, 1, trial -> trial.record(EngineFixture.NUMBER, Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'number' is NaN at {} of s = 1, seed 3: only finite numbers are recorded");
    }

    @Test
    void numbersThatAreNotIndexedAsTheirQuantityAreRefused() {
        assertThatThrownBy(() -> run(grid(), 1, 1, trial -> trial.record(EngineFixture.NUMBER, 3, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("quantity 'number' is by [], and is recorded by [LAYER]");
    }

    @Test
    void aStageIsRecordedWholeOrNotAtAll() throws IOException {
        AtomicInteger times = new AtomicInteger();
        Consumer<Trial> study = trial -> {
            trial.stage("first", () -> trial.record(EngineFixture.NUMBER, 1));
            trial.stage("second", () -> {
                trial.record(EngineFixture.NUMBER, 2);
                if (times.incrementAndGet() == 1) {
                    throw new IllegalArgumentException("cut");
                }
            });
        };
        assertThatThrownBy(() -> run(Design.grid(), 1, 1, study)).hasMessage("cut");
        assertThat(Files.readAllLines(folder.resolve("run/trials/seed=3/rows.csv"))).containsExactly(Row.HEADER,
                ",,,,,number,1.0,1");

        StudyRunner.resume(new EngineFixture.Scripted(Design.grid(), study), folder.resolve("run"),
                folder, Duration.ZERO, Progress.SILENT, () -> false).close();
        assertThat(metrics()).containsExactly("seed," + Row.HEADER, "3,,,,,,number,1.0,1", "3,,,,,,number,2.0,1");
    }

    @Test
    void twoStagesOfOneNameAreRefused() {
        assertThatThrownBy(() -> run(Design.grid(), 1, 1, trial -> {
            trial.stage("twice", () -> trial.record(EngineFixture.NUMBER, 1));
            trial.stage("twice", () -> trial.record(EngineFixture.NUMBER, 1));
        })).hasMessage("the trial has had a stage 'twice'");
    }

    /// Progress of the whole run never goes back, and begins and ends where it should.
    @Test
    void progressIsOfTheWholeRun() throws IOException {
        List<Long> seen = Collections.synchronizedList(new ArrayList<>());
        run(grid().cost("layers", cell -> Math.round(cell.get(EngineFixture.SCALE)) * 10), 2, 1,
                trial -> trial.record(EngineFixture.NUMBER, 1), (phase, done, total, unit, message) -> {
                    if (unit.equals("layers")) {
                        assertThat(total).isEqualTo(60);
                        seen.add(done);
                    }
                });
        assertThat(seen).isSorted().startsWith(0L).endsWith(60L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]",
            "{\"status\":\"late\",\"reason\":\"\",\"sections\":[],\"bytes\":0,\"sha256\":\"\"}",
            "{\"status\":\"done\",\"reason\":\"\",\"sections\":[3],\"bytes\":0,\"sha256\":\"\"}",
            "{\"status\":\"done\",\"reason\":\"\",\"sections\":[],\"bytes\":-1,\"sha256\":\"\"}"})
    void aDamagedTrialFileIsNamed(String damaged) throws IOException {
        run(Design.grid(), 1, 1, trial -> trial.record(EngineFixture.NUMBER, 1)).close();
        Path file = folder.resolve("run/trials/seed=3/trial.json");
        Files.writeString(file, damaged);
        try (RunFolder run = RunFolder.open(folder.resolve("run"))) {
            assertThatThrownBy(() -> Results.read(new EngineFixture.Scripted(Design.grid(), trial -> {
            }), run)).isInstanceOf(IOException.class).hasMessageStartingWith(file + " is damaged: ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/x", "a/b", "a\\b", "..", "", " ", ".a", "a\nb"})
    void arraysHaveNamesOfFiles(String name) {
        assertThatThrownBy(() -> run(Design.grid(), 1, 1, trial -> trial.keep(name, new LinkedHashMap<>(
                Map.of("a", Tensor.of(new double[]{1})))))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be the name of a file");
    }

    @Test
    void rowsThatWereChangedBeforeTheRunGoesOnAreNoticed() throws IOException {
        AtomicInteger times = new AtomicInteger();
        Consumer<Trial> study = trial -> {
            trial.stage("first", () -> trial.record(EngineFixture.NUMBER, 1));
            if (times.incrementAndGet() == 1) {
                throw new IllegalArgumentException("cut");
            }
        };
        assertThatThrownBy(() -> run(Design.grid(), 1, 1, study)).hasMessage("cut");
        Path file = folder.resolve("run/trials/seed=3/rows.csv");
        Files.writeString(file, Files.readString(file).replace("1.0", "2.0"));
        assertThatThrownBy(() -> StudyRunner.resume(new EngineFixture.Scripted(Design.grid(), study),
                folder.resolve("run"), folder, Duration.ZERO, Progress.SILENT, () -> false))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " is damaged: lines that were kept before the trial was cut off have changed");
    }
}
