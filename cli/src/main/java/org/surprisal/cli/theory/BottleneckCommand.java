package org.surprisal.cli.theory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.surprisal.cli.ArrayInputs;
import org.surprisal.cli.Choice;
import org.surprisal.cli.Console;
import org.surprisal.cli.ExitCode;
import org.surprisal.cli.JsonAnswer;
import org.surprisal.cli.Unit;
import org.surprisal.cli.UsageException;
import org.surprisal.data.Npz;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;
import org.surprisal.theory.bottleneck.BottleneckCurve;
import org.surprisal.theory.bottleneck.BottleneckSolution;
import org.surprisal.theory.bottleneck.InformationBottleneck;
import org.surprisal.theory.bottleneck.JointDistribution;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `surprisal theory ib-curve`.
@Command(name = "ib-curve", sortOptions = false, description = {
        "The information-bottleneck curve of a discrete joint distribution: the most that any T can tell of Y, by what it keeps "
                + "of X. The limit of true information on an information plane.",
        ""}, footer = {"", "Examples:", "  surprisal theory ib-curve --joint p.npy --unit bit",
                "  surprisal theory ib-curve --joint p.npy --beta 1,2,5,10 --save probabilities.npz --json"})
final class BottleneckCommand implements Callable<Integer> {
    private static final int USUAL_BETAS = 40;
    private static final double USUAL_LARGEST = 100;

    private final Console console;

    @Option(names = "--joint", required = true, paramLabel = "FILE", description = "p(x, y), shape (x, y), summing to 1")
    private String joint = "";

    @Option(names = "--beta", paramLabel = "B,...", split = ",", description = "trade-offs between keeping and telling, positive (default: 40 from 1 to 100)")
    private double @Nullable [] betas;

    @Option(names = "--unit", paramLabel = "UNIT", description = "nat or bit (default: nat)")
    private String unit = "nat";

    @Option(names = "--save", paramLabel = "FILE.npz", description = "write encoder p(t|x), marginal p(t) and decoder p(y|t) of every beta")
    private @Nullable Path save;

    @Option(names = "--seed", paramLabel = "N", description = "seed of the annealing's noise (default: ${DEFAULT-VALUE})")
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
        JointDistribution distribution = JointDistribution.of(inputs.read(joint));
        BottleneckCurve curve = InformationBottleneck.of(distribution).curve(asked, RandomStream.seeded(seed));
        if (save != null) {
            Npz.write(save, probabilities(curve));
        }
        List<String> warnings = new ArrayList<>(inputs.notes());
        curve.solutions().stream().filter(solution -> !solution.converged()).forEach(solution -> warnings
                .add("beta = " + solution.beta() + " has not converged: its point may lie below the curve"));
        if (json) {
            JsonAnswer.print(console, answer(distribution, curve, shownIn, warnings));
        } else {
            warnings.forEach(warning -> console.err().println("surprisal: warning: " + warning));
            print(distribution, curve, shownIn);
        }
        return ExitCode.DONE;
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

    private Map<String, @Nullable Object> answer(JointDistribution distribution, BottleneckCurve curve, Unit shownIn,
            List<String> warnings) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("theory", "ib-curve");
        answer.put("unit", shownIn.toString());
        answer.put("hX", shownIn.ofNats(distribution.entropyOfX()));
        answer.put("hY", shownIn.ofNats(distribution.entropyOfY()));
        answer.put("iXY", shownIn.ofNats(distribution.mutualInformation()));
        answer.put("criticalBeta",
                distribution.criticalBeta().isPresent() ? distribution.criticalBeta().getAsDouble() : null);
        answer.put("points", curve.solutions().stream().map(solution -> {
            Map<String, Object> point = new LinkedHashMap<>();
            point.put("beta", solution.beta());
            point.put("iXT", shownIn.ofNats(solution.keptInformation()));
            point.put("iTY", shownIn.ofNats(solution.relevantInformation()));
            point.put("converged", solution.converged());
            return point;
        }).toList());
        answer.put("curve",
                curve.corners().stream().map(corner -> Map.of("iXT", shownIn.ofNats(corner.keptInformation()), "iTY",
                        shownIn.ofNats(corner.relevantInformation()))).toList());
        answer.put("settings", Map.of("joint", joint, "seed", seed));
        answer.put("warnings", warnings);
        return answer;
    }

    private void print(JointDistribution distribution, BottleneckCurve curve, Unit shownIn) {
        console.out().printf(Locale.ROOT, "information bottleneck [%s]: H(X) = %.6f, H(Y) = %.6f, I(X;Y) = %.6f%n",
                shownIn,
                shownIn.ofNats(distribution.entropyOfX()), shownIn.ofNats(distribution.entropyOfY()),
                shownIn.ofNats(distribution.mutualInformation()));
        distribution.criticalBeta().ifPresent(
                beta -> console.out().printf(Locale.ROOT, "nothing is worth keeping below beta = %.6f%n", beta));
        console.out().printf("%12s %12s %12s%n", "beta", "I(X;T)", "I(T;Y)");
        for (BottleneckSolution solution : curve.solutions()) {
            console.out().printf(Locale.ROOT, "%12.6g %12.6f %12.6f%n", solution.beta(),
                    shownIn.ofNats(solution.keptInformation()), shownIn.ofNats(solution.relevantInformation()));
        }
    }
}
