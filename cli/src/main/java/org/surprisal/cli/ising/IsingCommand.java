package org.surprisal.cli.ising;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.surprisal.cli.Choice;
import org.surprisal.cli.Console;
import org.surprisal.cli.ExitCode;
import org.surprisal.cli.JsonAnswer;
import org.surprisal.cli.ProgressLine;
import org.surprisal.cli.TextTable;
import org.surprisal.cli.UsageException;
import org.surprisal.report.FigureFiles;
import org.surprisal.tensor.RandomStream;
import org.surprisal.theory.ising.Algorithm;
import org.surprisal.theory.ising.IsingModel;
import org.surprisal.theory.ising.IsingSampler;
import org.surprisal.theory.ising.IsingSimulation;
import org.surprisal.theory.ising.Measured;
import org.surprisal.theory.ising.Start;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `surprisal ising`.
@Command(name = "ising", sortOptions = false, description = {
        "Simulates the Ising model on a square lattice with periodic boundaries, H = -J sum s_i s_j - h sum s_i, and"
                + " prints its "
                + "averages with standard errors beside the exact ones of the infinite lattice (Onsager) and of this"
                + " one (Kaufman).",
        "",
        "Energies and temperatures are in one unit, with Boltzmann's constant 1; averages are a spin's. A sweep asks"
                + " each spin once "
                + "on average.",
        ""},
        footer = {"", "Algorithms:", "  metropolis     a random spin at a time",
                "  checkerboard   black squares, then white ones; even L",
                "  multispin      64 independent lattices at once, a bit each: the fastest",
                "  wolff          clusters: the best near the critical temperature", "", "Examples:",
                "  surprisal ising --size 64 --temperature 2.269 --sweeps 10000 --algorithm wolff --seed 1 --json",
                "  surprisal ising --size 32 --temperature 2.5 --sweeps 2000 --algorithm multispin",
                "  surprisal ising --size 64 --temperature 2 --figure pictures"})
public final class IsingCommand implements Callable<Integer> {
    /// Stretches and warm-ups of fewer autocorrelation times than this are worth a warning.
    private static final double ENOUGH_TIMES = 20;

    private static final int LEAST_WARM_UP = 100;
    private static final long QUIET_NANOS = 2_000_000_000L;

    private final Console console;

    @Option(names = "--size", required = true, paramLabel = "L", description = "spins a side")
    private int size;

    @Option(names = "--temperature", required = true, paramLabel = "T",
            description = "the temperature; critical is 2.269185 J")
    private double temperature;

    @Option(names = "--sweeps", paramLabel = "N",
            description = "sweeps that are measured, of each lattice (default: ${DEFAULT-VALUE})")
    private int sweeps = 10_000;

    @Option(names = "--algorithm", paramLabel = "NAME",
            description = "metropolis, checkerboard, multispin or wolff (default: wolff)")
    private String algorithm = Algorithm.WOLFF.label();

    @Option(names = "--warm-up", paramLabel = "N",
            description = "sweeps before the first measurement (default: a fifth of --sweeps, at least 100)")
    private @Nullable Integer warmUp;

    @Option(names = "--start", paramLabel = "STATE",
            description = "ordered or random (default: ordered; random starts may freeze in stripes)")
    private String start = label(Start.ORDERED);

    @Option(names = "--coupling", paramLabel = "J", description = "between neighbours (default: 1)")
    private double coupling = 1;

    @Option(names = "--field", paramLabel = "H", description = "the external field (default: 0)")
    private double field;

    @Option(names = "--seed", paramLabel = "N",
            description = "seed of everything drawn at random (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    @Option(names = "--figure", paramLabel = "DIR",
            description = "draw states at this and other temperatures, as ising-states.png and .svg, into this folder")
    private @Nullable Path figure;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    /// The command, which writes to this console.
    public IsingCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Algorithm sampling = Choice.of("--algorithm", algorithm, Algorithm.values(), Algorithm::label);
        Start from = Choice.of("--start", start, Start.values(), IsingCommand::label);
        IsingModel model = model(sampling);
        int before = warmUp == null ? Math.max(LEAST_WARM_UP, sweeps / 5) : warmUp;
        RandomStream stream = RandomStream.seeded(seed).child("ising");
        IsingSimulation run = simulate(sampling.sampler(model, from, stream.child(sampling.label())), before);
        ExactAverages exact = ExactAverages.of(model);
        List<String> warnings = warnings(run, exact, sampling, before);
        SequencedMap<String, @Nullable Object> answer = answer(run, exact, before, warnings);
        if (figure != null) {
            answer.put("figures", FigureFiles.write(StatesFigure.of(model, stream.child("figure")), figure).stream()
                    .map(Path::toString).toList());
        }
        if (json) {
            JsonAnswer.print(console, answer);
        } else {
            warnings.forEach(warning -> console.err().println("surprisal: warning: " + warning));
            print(run, exact);
        }
        return ExitCode.DONE;
    }

    /// With progress, once it has taken long enough for somebody to wonder.
    private IsingSimulation simulate(IsingSampler sampler, int before) {
        long wondering = System.nanoTime() + QUIET_NANOS;
        try (ProgressLine line = new ProgressLine(console)) {
            return IsingSimulation.run(sampler, before, sweeps, measured -> {
                if (System.nanoTime() - wondering > 0) {
                    line.at("ising", measured, sweeps, "sweeps", "");
                }
            });
        }
    }

    private IsingModel model(Algorithm sampling) {
        if (size < 2 || size > IsingModel.LARGEST_SIZE) {
            throw new UsageException("--size " + size + ": must be from 2 to " + IsingModel.LARGEST_SIZE);
        }
        if (sampling == Algorithm.CHECKERBOARD && size % 2 != 0) {
            throw new UsageException("--size " + size + ": must be even for a checkerboard");
        }
        if (!(temperature > 0 && Double.isFinite(temperature))) {
            throw new UsageException("--temperature " + temperature + ": must be above 0");
        }
        requireEnergy("--coupling", coupling);
        requireEnergy("--field", field);
        if (sweeps < IsingSimulation.GROUPS) {
            throw new UsageException("--sweeps " + sweeps + ": must be at least " + IsingSimulation.GROUPS
                    + ", for a standard error");
        }
        if (warmUp != null && warmUp < 0) {
            throw new UsageException("--warm-up " + warmUp + ": must be at least 0");
        }
        if (figure != null && size > StatesFigure.LARGEST_SIZE) {
            throw new UsageException("--figure with --size " + size + ": lattices of at most "
                    + StatesFigure.LARGEST_SIZE + " spins a side are drawn");
        }
        return new IsingModel(size, temperature, coupling, field);
    }

    private static void requireEnergy(String option, double value) {
        if (!IsingModel.isEnergy(value)) {
            throw new UsageException(option + " " + value + ": must be 0 or of a magnitude from "
                    + IsingModel.SMALLEST_ENERGY + " to " + IsingModel.LARGEST_ENERGY);
        }
    }

    private List<String> warnings(IsingSimulation run, ExactAverages exact, Algorithm sampling, int before) {
        List<String> warnings = new ArrayList<>();
        if (exact.diverges()) {
            warnings.add(
                    "the specific heat of the infinite lattice diverges at its critical temperature: no number is"
                            + " given for it");
        }
        averages(run).forEach((name, measured) -> {
            if (!isNumber(measured)) {
                warnings.add(name + " is beyond the range of numbers: no number is given for it");
            }
        });
        double longer = Math.max(run.energyAutocorrelationTime(), run.magnetisationAutocorrelationTime());
        if (run.autocorrelationTimesInGroup() < ENOUGH_TIMES) {
            warnings.add(String.format(Locale.ROOT,
                    "the sweeps of one group are only %.1f autocorrelation times (%.1f sweeps each), %s:"
                            + " %s",
                    run.autocorrelationTimesInGroup(), longer,
                    run.replicas() == 1 ? "so that errors are too small" : "few to forget the start",
                    advice(sampling)));
        }
        if (before < ENOUGH_TIMES * longer) {
            warnings.add(String.format(Locale.ROOT,
                    "the warm-up of %d sweeps is only %.1f autocorrelation times: averages may remember the start",
                    before, before / longer));
        }
        return warnings;
    }

    /// Clusters help near the critical temperature, and not in a field that refuses most of them.
    private String advice(Algorithm sampling) {
        if (sampling == Algorithm.WOLFF) {
            return field == 0
                    ? "more --sweeps"
                    : "more --sweeps, or --algorithm metropolis, which suits a field better";
        }
        return field == 0 ? "more --sweeps, or --algorithm wolff" : "more --sweeps";
    }

    private static boolean isNumber(Measured measured) {
        return Double.isFinite(measured.value()) && Double.isFinite(measured.standardError());
    }

    private SequencedMap<String, @Nullable Object> answer(IsingSimulation run, ExactAverages exact, int before,
            List<String> warnings) {
        SequencedMap<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("size", size);
        answer.put("temperature", temperature);
        averages(run).forEach((name, measured) -> answer.put(name, isNumber(measured)
                ? JsonAnswer.ordered("value", measured.value(), "standardError", measured.standardError())
                : null));
        answer.put("autocorrelationTime",
                JsonAnswer.ordered("energy", run.energyAutocorrelationTime(), "absMagnetisation",
                        run.magnetisationAutocorrelationTime(), "unit", "sweep"));
        answer.put("onsager", exact.infiniteLattice());
        answer.put("kaufman", exact.thisLattice());
        SequencedMap<String, @Nullable Object> settings = new LinkedHashMap<>();
        settings.put("coupling", coupling);
        settings.put("field", field);
        settings.put("algorithm", algorithm.toLowerCase(Locale.ROOT));
        settings.put("start", start.toLowerCase(Locale.ROOT));
        settings.put("replicas", run.replicas());
        settings.put("warmUp", before);
        settings.put("sweeps", sweeps);
        settings.put("seed", seed);
        answer.put("settings", settings);
        answer.put("warnings", warnings);
        return answer;
    }

    private static SequencedMap<String, Measured> averages(IsingSimulation run) {
        SequencedMap<String, Measured> averages = new LinkedHashMap<>();
        averages.put("energyPerSpin", run.energyPerSpin());
        averages.put("magnetisation", run.magnetisation());
        averages.put("absMagnetisation", run.absMagnetisation());
        averages.put("specificHeat", run.specificHeat());
        averages.put("susceptibility", run.susceptibility());
        averages.put("binderCumulant", run.binderCumulant());
        return averages;
    }

    private void print(IsingSimulation run, ExactAverages exact) {
        console.out().printf(Locale.ROOT, "%d x %d spins, T = %s, J = %s, h = %s: %d sweeps of %s%n", size, size,
                temperature, coupling, field, sweeps,
                run.replicas() == 1 ? "one lattice" : run.replicas() + " lattices");
        TextTable table = TextTable.headed("", "value", "std. error", "this lattice", "infinite");
        averages(run).forEach((name, measured) -> table.row(label(name), measured.value(), measured.standardError(),
                cell(exact.thisLattice(), name), cell(exact.infiniteLattice(), name)));
        table.print(console);
        console.out().printf(Locale.ROOT, "autocorrelation time: %.2f sweeps of the energy, %.2f of |magnetisation|%n",
                run.energyAutocorrelationTime(), run.magnetisationAutocorrelationTime());
    }

    /// What a person calls a number of the answer.
    private static String label(String name) {
        return switch (name) {
            case "energyPerSpin" -> "energy per spin";
            case "absMagnetisation" -> "|magnetisation|";
            case "specificHeat" -> "specific heat";
            case "binderCumulant" -> "Binder cumulant";
            default -> name;
        };
    }

    private static @Nullable Object cell(@Nullable SequencedMap<String, @Nullable Object> exact, String name) {
        if (exact == null || !exact.containsKey(name)) {
            return null;
        }
        return exact.get(name) instanceof Double number ? number : new TextTable.Cell("diverges", true);
    }

    private static String label(Start start) {
        return start.name().toLowerCase(Locale.ROOT);
    }
}
