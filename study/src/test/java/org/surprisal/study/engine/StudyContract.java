package org.surprisal.study.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.surprisal.data.Split;
import org.surprisal.report.Chart;
import org.surprisal.report.Figure;
import org.surprisal.report.Panels;
import org.surprisal.settings.Settings;
import org.surprisal.study.Progress;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunRequest;
import org.surprisal.study.RunStatus;
import org.surprisal.study.autoencoder.AutoencoderStudy;
import org.surprisal.study.biasvariance.BiasVarianceStudy;
import org.surprisal.study.bottleneck.DistancesStudy;
import org.surprisal.study.bottleneck.GradientSnrStudy;
import org.surprisal.study.bottleneck.InformationPlaneStudy;
import org.surprisal.study.bottleneck.ModelChoiceStudy;
import org.surprisal.study.bottleneck.NoisyInformationStudy;
import org.surprisal.study.bottleneck.PlaneFlipStudy;
import org.surprisal.study.controls.ControlsStudy;
import org.surprisal.study.depthandrate.DepthAndRateStudy;
import org.surprisal.study.estimatorbenchmark.EstimatorBenchmarkStudy;
import org.surprisal.study.experiment.ExperimentStudy;
import org.surprisal.study.knowntruths.KnownTruthsStudy;
import org.surprisal.study.layercutting.LayerCuttingStudy;
import org.surprisal.study.relativeentropy.RelativeEntropyStudy;
import org.surprisal.study.trainability.TrainabilityStudy;

/// Every study of the engine, with settings so small that all of it ends in seconds, and ways to run it.
final class StudyContract {
    private static final int TEST_SAMPLES = 40;

    private StudyContract() {
    }

    /// A study and its smallest settings.
    ///
    /// @param tiny  settings with which all trials together record at most a few hundred numbers
    /// @param rows  settings with which they record as few as the study can
    /// @param most  bound of these
    /// @param twice a setting in which one value of a factor is given twice
    /// @param refusal what the refusal of it says
    record Subject(Study study, Map<String, String> tiny, Map<String, String> rows, int most,
            Map.Entry<String, String> twice, String refusal) {
        Subject(Study study, Map<String, String> tiny, Map<String, String> rows, int most,
                Map.Entry<String, String> twice) {
            this(study, tiny, rows, most, twice, twice.getKey() + "=" + twice.getValue());
        }

        /// A study that can do with at most sixty numbers.
        Subject(Study study, Map<String, String> tiny, Map<String, String> rows, Map.Entry<String, String> twice) {
            this(study, tiny, rows, 60, twice);
        }

        @Override
        public String toString() {
            return study.name();
        }
    }

    static Stream<Subject> subjects() {
        Map<String, String> perceptron = Map.of("depth", "4", "width", "16", "tail-widths", "10", "train-samples", "64",
                "sigma-w2", "1.5,2.5", "batch", "32", "mc-samples", "20", "distribution-layers", "2", "epochs", "2");
        Map<String, String> shallow = Map.of("depth", "3", "width", "8", "tail-widths", "10", "train-samples", "32",
                "sigma-w2", "1.5", "batch", "32", "mc-samples", "10", "distribution-layers", "1", "epochs", "1");
        Map<String, String> classifier = Map.of("data", "moons", "activations", "tanh", "widths", "4,3", "epochs", "3",
                "samples", "100", "batch", "20", "learning-rate", "0.01");
        Map<String, String> small = with(classifier, Map.of("widths", "3", "epochs", "1", "batch", "100"));
        return Stream.of(
                // Seven numbers of each of two layers, before and after training, for two seeds.
                new Subject(RelativeEntropyStudy.quickstart(), perceptron, shallow, 80, Map.entry("sigma-w2", "2,2")),
                new Subject(RelativeEntropyStudy.full(), perceptron, shallow, 80, Map.entry("sigma-w2", "2,2")),
                new Subject(new TrainabilityStudy(),
                        Map.of("depths", "2,4", "width", "12", "sigma-w2", "1,1.7609546,4", "train-samples", "64",
                                "epochs", "2", "batch", "32", "learning-rate", "0.05"),
                        Map.of("depths", "1,2", "width", "8", "sigma-w2", "1.5", "train-samples", "32", "epochs", "2",
                                "batch", "16"),
                        Map.entry("depths", "2,2")),
                new Subject(new DepthAndRateStudy(), Map.of("depths", "4,5", "width", "12", "sigma-w2", "1.5,2.5",
                        "learning-rates", "0.01,0.05", "train-samples", "64", "epochs", "2", "batch", "32",
                        "mc-samples", "10", "probed-inputs", "2"),
                        Map.of("depths", "4", "width", "8", "sigma-w2", "1.5", "learning-rates", "0.01",
                                "train-samples", "32", "epochs", "1", "batch", "16", "mc-samples", "10",
                                "probed-inputs", "2"),
                        Map.entry("learning-rates", "0.1,0.1")),
                new Subject(new LayerCuttingStudy(), Map.of("layers", "4", "kept-layers", "2", "width", "12",
                        "sigma-w2", "1.5,2.5", "learning-rate", "0.05", "train-samples", "64", "epochs", "2", "batch",
                        "32"),
                        Map.of("layers", "2", "kept-layers", "1", "width", "8", "sigma-w2", "1.5", "train-samples",
                                "32", "epochs", "1", "batch", "16"),
                        Map.entry("sigma-w2", "2,2")),
                new Subject(new InformationPlaneStudy(),
                        with(classifier,
                                Map.of("planes", "2", "estimator", "both", "permutations", "2", "points", "40")),
                        with(small, Map.of("planes", "2", "estimator", "binning", "permutations", "2", "points", "20")),
                        Map.entry("activations", "relu,relu")),
                new Subject(new GradientSnrStudy(),
                        with(classifier, Map.of("activations", "tanh,relu", "recorded-epochs", "2")),
                        with(small, Map.of("recorded-epochs", "2", "batch", "50", "epochs", "2")),
                        Map.entry("train-fractions", "1,1")),
                // Fifteen numbers of a hidden layer and the output, at two epochs, for two seeds.
                new Subject(new DistancesStudy(),
                        with(classifier, Map.of("measured-epochs", "2", "points", "40")),
                        with(small, Map.of("measured-epochs", "2", "points", "20")), 140,
                        Map.entry("activations", "relu,relu")),
                new Subject(new PlaneFlipStudy(),
                        with(classifier, Map.of("measured-epochs", "2", "points", "40", "train-fractions", "0.5")),
                        with(small, Map.of("widths", "3,2", "measured-epochs", "2", "points", "20")),
                        Map.entry("activations", "relu,relu")),
                new Subject(new ModelChoiceStudy(),
                        Map.of("data", "moons", "samples", "100", "depths", "1,2", "hidden-widths", "3",
                                "learning-rates",
                                "0.01,0.03", "epochs", "3", "batch", "20", "points", "20", "activations", "tanh"),
                        Map.of("data", "moons", "samples", "40", "depths", "1", "hidden-widths", "2",
                                "learning-rates", "0.01", "epochs", "2", "batch", "8", "points", "8", "activations",
                                "tanh"),
                        Map.entry("depths", "2,2")),
                // Sixteen numbers of a hidden layer at two epochs, and those of the training, for two seeds.
                new Subject(new NoisyInformationStudy(),
                        with(classifier,
                                Map.of("activations", "tanh,relu", "measured-epochs", "2", "points", "30", "passes",
                                        "2")),
                        with(small, Map.of("measured-epochs", "2", "points", "20", "passes", "2")), 80,
                        Map.entry("activations", "relu,relu")),
                // Nine numbers before training, nineteen after it and four of the training itself, for two seeds.
                new Subject(new ControlsStudy(), controls("images,permuted,noise,other-noise", "tanh", "8"),
                        controls("noise", "softplus", "32"), 70, Map.entry("sigma-w2", "2,2")),
                new Subject(new BiasVarianceStudy(), Map.of("degrees", "0,1,2,3,4,5", "samples", "9", "fits", "3"),
                        Map.of("degrees", "1", "samples", "5", "fits", "2"), Map.entry("degrees", "2,2")),
                new Subject(new KnownTruthsStudy(),
                        Map.of("n", "60", "pairs", "gaussian,functions", "dimensions", "1,5", "informations", "0,1",
                                "close-up", "1", "sizes", "50,60", "size-dimensions", "5", "critic-dimensions", "1",
                                "critic-informations", "1", "critic-steps", "3"),
                        Map.of("n", "50", "pairs", "gaussian", "dimensions", "1", "informations", "0,1",
                                "critic-informations", "0", "critic-steps", "2", "sizes", "50", "dear-seeds", "1"),
                        Map.entry("dimensions", "2,2")),
                new Subject(new EstimatorBenchmarkStudy(),
                        Map.of("tasks", "normal-1x1,dense-2x2,2-pair-25x25,student-1-1x1,swiss-rolls-0.9-2x2",
                                "estimators", "ksg,ksg-rank,gaussian,mine,infonce", "sizes", "60,80", "critic-n", "60",
                                "critic-steps", "2"),
                        Map.of("tasks", "normal-1x1,dense-2x2", "estimators", "ksg,gaussian,mine", "sizes", "50",
                                "critic-n", "50", "critic-steps", "2", "critic-seeds", "1"),
                        Map.entry("sizes", "50,50")),
                new Subject(new AutoencoderStudy(), autoencoder("ising", "4", "1.5,1.75", "2"),
                        autoencoder("digits", "1", "1.5", "1"), Map.entry("sigma-w2", "2,2")),
                new Subject(new ExperimentStudy(), experiment("tiny.yaml"), experiment("rows.yaml"), 60,
                        Map.entry("set", "training.epochs=1,1"),
                        "training.epochs[1] is '1' like training.epochs[0]: different values are needed"));
    }

    private static Map<String, String> experiment(String file) {
        try {
            return Map.of("file",
                    Path.of(Objects.requireNonNull(StudyContract.class.getResource(file), file).toURI()).toString());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, String> with(Map<String, String> settings, Map<String, String> changes) {
        Map<String, String> changed = new HashMap<>(settings);
        changed.putAll(changes);
        return changed;
    }

    private static Map<String, String> autoencoder(String data, String layers, String sigmaW2, String epochs) {
        return Map.ofEntries(Map.entry("data", data), Map.entry("hidden-layers", layers), Map.entry("width", "12"),
                Map.entry("sigma-w2", sigmaW2), Map.entry("train-samples", "40"), Map.entry("test-samples", "40"),
                Map.entry("epochs", epochs), Map.entry("batch", "20"), Map.entry("mc-samples", "20"),
                Map.entry("probed-inputs", "4"), Map.entry("distribution-layers", "1"));
    }

    private static Map<String, String> controls(String stimuli, String activation, String batch) {
        return Map.ofEntries(Map.entry("depth", "3"), Map.entry("tail-widths", "10"), Map.entry("sigma-w2", "1.5"),
                Map.entry("train-samples", "32"), Map.entry("batch", batch), Map.entry("epochs", "1"),
                Map.entry("mc-samples", "10"), Map.entry("probed-inputs", "1"), Map.entry("shown-inputs", "12"),
                Map.entry("neurons", "4"), Map.entry("stimuli", stimuli), Map.entry("activation", activation));
    }

    /// A study whose trials have small inputs, which are loaded once for all runs: drawing two thousand test images for
    /// each trial takes many times as long as a trial of a tiny network.
    static Study withSmallInputs(Study study) {
        Map<Object, Object> loaded = new ConcurrentHashMap<>();
        return around(study, (real, method, arguments) -> {
            if (arguments.length == 1 && arguments[0] instanceof Inputs inputs) {
                return call(method, real, around(method.getParameterTypes()[0].asSubclass(Inputs.class),
                        (own, given) -> own.getName().equals("input")
                                ? loaded.computeIfAbsent(given[0], input -> small(call(own, inputs, given)))
                                : call(own, inputs, given)));
            }
            return call(method, real, arguments);
        });
    }

    /// A study whose reports have no picture, because painting takes longer than a tiny run.
    static Study silent(Study study) {
        return around(study, (real, method, arguments) -> method.getName().equals("report")
                || method.getName().equals("claims") ? List.of() : call(method, real, arguments));
    }

    /// What is written in a figure except its caption: titles, axes and names of marks.
    static List<String> words(Figure figure) {
        List<String> words = new ArrayList<>(List.of(figure.title()));
        List<Chart> charts = switch (figure) {
            case Chart chart -> List.of(chart);
            case Panels panels -> panels.charts();
            default -> List.of();
        };
        for (Chart chart : charts) {
            words.addAll(List.of(chart.title(), chart.x().title(), chart.y().title()));
            words.addAll(chart.x().categories());
            words.addAll(chart.y().categories());
            chart.marks().forEach(mark -> words.add(mark.name()));
        }
        return words;
    }

    /// The study of a subject, whose runs end without a picture and share small inputs.
    static Study small(Subject subject) {
        return silent(withSmallInputs(subject.study()));
    }

    /// Whether a run has ended.
    static boolean isDone(Path run) throws IOException {
        try (RunFolder folder = RunFolder.open(run)) {
            return folder.record().status() == RunStatus.DONE;
        }
    }

    private static Object small(Object input) {
        return input instanceof Split split
                ? new Split(split.train(), split.test().first(Math.min(TEST_SAMPLES, split.test().size())))
                : input;
    }

    private interface Calls {
        Object of(Method method, Object[] arguments);
    }

    private interface StudyCalls {
        Object of(Study study, Method method, Object[] arguments);
    }

    /// Calls go to a study through others, also those to the study as a run has it.
    private static Study around(Study real, StudyCalls calls) {
        return around(Study.class, (method, arguments) -> method.getName().equals("in")
                ? around((Study) call(method, real, arguments), calls)
                : calls.of(real, method, arguments));
    }

    private static <T> T around(Class<T> type, Calls calls) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type},
                (proxy, method, arguments) -> calls.of(method, arguments == null ? new Object[0] : arguments)));
    }

    private static Object call(Method method, Object on, Object... arguments) {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof IOException cause) {
                throw new UncheckedIOException(cause);
            }
            throw new AssertionError(e.getCause());
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    /// Runs a study with two seeds.
    static RunFolder run(Study study, Map<String, String> settings, Path out, int jobs, BooleanSupplier interruption)
            throws IOException {
        return run(study, settings, out, jobs, interruption, () -> {
        });
    }

    /// Runs a study with two seeds, and calls a test after each recorded number.
    static RunFolder run(Study study, Map<String, String> settings, Path out, int jobs, BooleanSupplier interruption,
            Runnable afterRecord) throws IOException {
        return StudyRunner.execute(study, request(study, settings, out, jobs), Progress.SILENT, interruption,
                afterRecord);
    }

    /// How often the trials of a run ask whether they are to stop.
    static int questions(Study study, Map<String, String> settings, Path out) throws IOException {
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger ofTrials = new AtomicInteger();
        StudyRunner.execute(study, request(study, settings, out, 1), (phase, done, total, unit, message) -> {
            if (phase.equals("drawing the report")) {
                ofTrials.set(asked.get());
            }
        }, () -> asked.incrementAndGet() < 0);
        return ofTrials.get();
    }

    private static RunRequest request(Study study, Map<String, String> settings, Path out, int jobs) {
        return new RunRequest(Settings.of(study.settings(), settings), 7, OptionalInt.of(2),
                out.resolveSibling("data"), out, false, Duration.ZERO, OptionalInt.of(jobs));
    }

    static RunFolder resume(Study study, Path folder, int jobs) throws IOException {
        return StudyRunner.resume(study, folder, folder.resolveSibling("data"), OptionalInt.of(jobs),
                Duration.ZERO, Progress.SILENT, () -> false);
    }

    /// The bytes of everything in a run folder that has to be equal from run to run: metrics.csv, what trials kept,
    /// figures. Not run.json and report.html, which say when and where.
    static SequencedMap<String, String> contents(Path folder) throws IOException {
        SequencedMap<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString();
                if (!name.equals("run.json") && !name.equals("report.html")) {
                    contents.put(name, HexFormat.of().formatHex(Files.readAllBytes(file)));
                }
            }
        }
        return contents;
    }

    /// Throws after so many recorded numbers, once.
    static Runnable cutOff(int after) {
        AtomicInteger left = new AtomicInteger(after);
        return () -> {
            if (left.decrementAndGet() == 0) {
                throw new Cut();
            }
        };
    }

    /// The end of a run that a test cuts off.
    @SuppressWarnings("serial")
    static final class Cut extends RuntimeException {
        Cut() {
            super("cut off by a test");
        }
    }
}
