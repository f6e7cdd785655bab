package org.surprisal.cli.theory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.surprisal.cli.ArrayInputs;
import org.surprisal.cli.Choice;
import org.surprisal.cli.Console;
import org.surprisal.cli.ExitCode;
import org.surprisal.cli.JsonAnswer;
import org.surprisal.cli.TextTable;
import org.surprisal.cli.Unit;
import org.surprisal.cli.UsageException;
import org.surprisal.data.format.Npz;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;
import org.surprisal.theory.bottleneck.BottleneckCurve;
import org.surprisal.theory.bottleneck.BottleneckSolution;
import org.surprisal.theory.bottleneck.InformationBottleneck;
import org.surprisal.theory.bottleneck.JointDistribution;
import org.surprisal.theory.bottleneck.WorthKeeping;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `surprisal theory ib-curve`.
@Command(name = "ib-curve", sortOptions = false, description = {
        "The information-bottleneck curve of a discrete joint distribution: the most that any T can tell of Y, by"
                + " what it keeps "
                + "of X. The limit of true information on an information plane.",
        ""},
        footer = {"", "Examples:", "  surprisal theory ib-curve --joint p.npy --unit bit",
                "  surprisal theory ib-curve --joint p.npy --beta 1,2,5,10 --save probabilities.npz --json"})
final class BottleneckCommand implements Callable<Integer> {
    private static final int USUAL_BETAS = 40;
    private static final double USUAL_LARGEST = 100;

    private final Console console;

    @Option(names = "--joint", required = true, paramLabel = "FILE",
            description = "p(x, y), shape (x, y), summing to 1")
    private String joint = "";

    @Option(names = "--normalise",
            description = "divide the elements of --joint by their sum: for counts, and for"
                    + " probabilities rounded to few digits")
    private boolean normalise;

    @Option(names = "--beta", paramLabel = "B,...", split = ",",
            description = "trade-offs between keeping and telling, positive (default: 40 from 1 to 100)")
    private double @Nullable [] betas;

    @Option(names = "--symbols", paramLabel = "N",
            description = "values of T; those of X that have the same p(y|x)"
                    + " count once (default: as many as X has, at most 256)")
    private @Nullable Integer symbols;

    @Option(names = "--unit", paramLabel = "UNIT", description = "nat or bit (default: nat)")
    private String unit = "nat";

    @Option(names = "--save", paramLabel = "FILE.npz",
            description = "write encoder p(t|x), marginal p(t) and decoder p(y|t) of every beta")
    private @Nullable Path save;

    @Option(names = "--seed", paramLabel = "N",
            description = "seed of the annealing's noise (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    @Mixin
    private final ArrayInputs inputs = new ArrayInputs();

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    BottleneckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Unit shownIn = Choice.of("--unit", unit, Unit.values(), Unit::toString);
        double[] asked = betas == null ? usualBetas() : betas;
        for (double beta : asked) {
            if (!(beta > 0 && Double.isFinite(beta))) {
                throw new UsageException("--beta " + beta + ": must be positive");
            }
        }
        if (save != null && !save.toString().endsWith(".npz")) {
            throw new UsageException("--save " + save + ": must end in .npz");
        }
        if (symbols != null && symbols < 1) {
            throw new UsageException("--symbols " + symbols + ": must be at least 1");
        }
        JointDistribution distribution = distribution();
        InformationBottleneck usual = InformationBottleneck.of(distribution);
        InformationBottleneck bottleneck = symbols == null ? usual : usual.withSymbols(symbols);
        BottleneckCurve curve = bottleneck.curve(asked, RandomStream.seeded(seed));
        Optional<WorthKeeping> worth = WorthKeeping.of(distribution);
        if (save != null) {
            Npz.write(save, probabilities(curve));
        }
        List<String> warnings = inputs.notesAnd(warnings(bottleneck, curve));
        if (json) {
            JsonAnswer.print(console, answer(distribution, worth, bottleneck, curve, shownIn, warnings));
        } else {
            warnings.forEach(warning -> console.err().println("surprisal: warning: " + warning));
            print(distribution, worth, curve, shownIn);
        }
        return ExitCode.DONE;
    }

    private JointDistribution distribution() {
        Tensor table = inputs.read(joint);
        if (normalise) {
            return JointDistribution.normalised(table);
        }
        try {
            return JointDistribution.of(table);
        } catch (JointDistribution.SumException e) {
            throw new IllegalArgumentException(e.getMessage() + "; --normalise divides them by their sum", e);
        }
    }

    private static List<String> warnings(InformationBottleneck bottleneck, BottleneckCurve curve) {
        List<String> warnings = new ArrayList<>();
        if (bottleneck.symbols() < bottleneck.distinctConditionals()) {
            warnings.add(String.format(Locale.ROOT,
                    "%d values of x differ in p(y|x) and T has %d symbols: points may lie below the curve; --symbols"
                            + " %1$d "
                            + "lets T tell all of them apart",
                    bottleneck.distinctConditionals(), bottleneck.symbols()));
        }
        curve.solutions().stream().filter(solution -> !solution.converged()).forEach(solution -> warnings
                .add("beta = " + solution.beta() + " has not converged: its point may lie below the curve"));
        return warnings;
    }

    private static double[] usualBetas() {
        double[] betas = new double[USUAL_BETAS];
        Arrays.setAll(betas, i -> Math.pow(USUAL_LARGEST, i / (USUAL_BETAS - 1.0)));
        return betas;
    }

    private static SequencedMap<String, Tensor> probabilities(BottleneckCurve curve) {
        SequencedMap<String, Tensor> arrays = new LinkedHashMap<>();
        for (BottleneckSolution solution : curve.solutions()) {
            arrays.put("encoder_" + solution.beta(), solution.encoder());
            arrays.put("marginal_" + solution.beta(), solution.marginal());
            arrays.put("decoder_" + solution.beta(), solution.decoder());
        }
        return arrays;
    }

    private SequencedMap<String, @Nullable Object> answer(JointDistribution distribution, Optional<WorthKeeping> worth,
            InformationBottleneck bottleneck, BottleneckCurve curve, Unit shownIn, List<String> warnings) {
        SequencedMap<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("theory", "ib-curve");
        answer.put("unit", shownIn.toString());
        answer.put("hX", shownIn.ofNats(distribution.entropyOfX()));
        answer.put("hY", shownIn.ofNats(distribution.entropyOfY()));
        answer.put("iXY", shownIn.ofNats(distribution.mutualInformation()));
        answer.put("nothingBelowBeta", worth.map(WorthKeeping::nothingBelow).orElse(null));
        answer.put("somethingFromBeta", worth.map(WorthKeeping::somethingFrom).orElse(null));
        answer.put("criticalBeta", worth.map(WorthKeeping::littleFrom).orElse(null));
        answer.put("distinctConditionals", bottleneck.distinctConditionals());
        answer.put("symbols", bottleneck.symbols());
        answer.put("points", curve.solutions().stream().map(solution -> {
            SequencedMap<String, Object> point = new LinkedHashMap<>();
            point.put("beta", solution.beta());
            point.put("iXT", shownIn.ofNats(solution.keptInformation()));
            point.put("iTY", shownIn.ofNats(solution.relevantInformation()));
            point.put("converged", solution.converged());
            return point;
        }).toList());
        answer.put("curve", curve.corners().stream().map(corner -> {
            SequencedMap<String, Object> point = new LinkedHashMap<>();
            point.put("iXT", shownIn.ofNats(corner.keptInformation()));
            point.put("iTY", shownIn.ofNats(corner.relevantInformation()));
            return point;
        }).toList());
        SequencedMap<String, @Nullable Object> settings = new LinkedHashMap<>();
        settings.put("joint", joint);
        settings.put("normalise", normalise);
        settings.put("seed", seed);
        answer.put("settings", settings);
        answer.put("warnings", warnings);
        return answer;
    }

    private void print(JointDistribution distribution, Optional<WorthKeeping> worth, BottleneckCurve curve,
            Unit shownIn) {
        console.out().printf(Locale.ROOT, "information bottleneck [%s]: H(X) = %.6f, H(Y) = %.6f, I(X;Y) = %.6f%n",
                shownIn,
                shownIn.ofNats(distribution.entropyOfX()), shownIn.ofNats(distribution.entropyOfY()),
                shownIn.ofNats(distribution.mutualInformation()));
        console.out().println(worth.map(BottleneckCommand::sentence)
                .orElse("X and Y are independent: nothing is worth keeping at any beta"));
        TextTable table = TextTable.headed("beta", "I(X;T) [" + shownIn + "]", "I(T;Y) [" + shownIn + "]");
        curve.solutions().forEach(solution -> table.row(solution.beta(), shownIn.ofNats(solution.keptInformation()),
                shownIn.ofNats(solution.relevantInformation())));
        table.print(console);
    }

    private static String sentence(WorthKeeping worth) {
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "nothing is worth keeping below beta = %.6f", worth.nothingBelow()));
        if (!isSame(worth.nothingBelow(), worth.somethingFrom())) {
            text.append(String.format(Locale.ROOT, "; something is from beta = %.6f on", worth.somethingFrom()));
        }
        if (!isSame(worth.somethingFrom(), worth.littleFrom())) {
            text.append(String.format(Locale.ROOT, "; keeping only a little is from beta = %.6f on",
                    worth.littleFrom()));
        }
        return text.toString();
    }

    private static boolean isSame(double first, double second) {
        return Math.abs(first - second) <= 1e-6 * second;
    }
}
