package org.surprisal.theory.bottleneck;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// Finds the bottlenecks of a joint distribution: encoders p(t|x) of the least I(X;T) - β I(T;Y), by Blahut-Arimoto
/// steps and deterministic annealing.
///
/// The Lagrangian is not convex. For each β, by rising β, three encoders compete: the last one with a little noise,
/// which lets symbols split that have become worth it; T = X̃, from which symbols merge; and keeping nothing. Then, by
/// falling β, the bottleneck of the next larger β is one more start. At last each β tries the encoders of all others
/// until none of them has a lower Lagrangian there, so that the points of a curve lie on their own concave envelope.
/// What wins is a stationary point and need not be the least of all; its encoder is within reach all the same.
///
/// It works on X̃ ([JointDistribution#sufficientStatistic]): a task of 4,096 inputs and 2 labels is one of 2 symbols. A
/// step costs
/// |X̃| · |T| · |Y|. Where T has fewer symbols than X̃, T starts from clusters of X̃ instead.
public final class InformationBottleneck {

    /// Symbols of T unless asked otherwise, where X̃ has more.
    private static final int MOST_SYMBOLS = 256;
    /// Beyond, β times the rounding of a divergence of 0 would steer the encoder.
    private static final double LARGEST_BETA = 1e9;
    private static final double TOLERANCE = 1e-14;
    private static final int MOST_ITERATIONS = 20_000;
    /// Relative noise on the encoder before each β.
    private static final double PERTURBATION = 1e-2;
    /// Lagrangians that differ by less, relative to I(X;T) + β I(T;Y), are equal.
    private static final double SAME_LAGRANGIAN = 1e-11;
    /// Rounds in which each β tries the encoders of all others.
    private static final int MOST_EXCHANGES = 20;
    /// Elements of the largest encoder of T = X̃ that is made for a T of fewer symbols.
    private static final long LARGEST_ENCODER = 1L << 24;

    private final SufficientStatistic statistic;
    private final BlahutArimoto.Source source;
    private final int symbols;
    /// Whether T may be X̃ where that is better than all encoders of `symbols` symbols.
    private final boolean wholeAllowed;
    private final int mostIterations;

    private InformationBottleneck(SufficientStatistic statistic, int symbols, boolean wholeAllowed,
            int mostIterations) {
        this.statistic = statistic;
        source = BlahutArimoto.Source.of(statistic.joint());
        this.symbols = symbols;
        this.wholeAllowed = wholeAllowed;
        this.mostIterations = mostIterations;
    }

    /// The bottleneck of a joint, with as many symbols as X̃ has. Where X̃ has more than 256 they are 256, except at
    /// those β where T = X̃ itself is better than what is found with so many.
    public static InformationBottleneck of(JointDistribution joint) {
        SufficientStatistic statistic = joint.sufficientStatistic();
        return new InformationBottleneck(statistic, Math.min(statistic.joint().xCount(), MOST_SYMBOLS), true,
                MOST_ITERATIONS);
    }

    /// The same with T of `count` symbols at every β, at least 1. More than X̃ has are never needed.
    public InformationBottleneck withSymbols(int count) {
        if (count < 1) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "symbols of T = %d, at least 1 needed", count));
        }
        return new InformationBottleneck(statistic, count, false, mostIterations);
    }

    /// The same with at most `count` steps for each start and β, at least 1; 20,000 unless asked otherwise.
    public InformationBottleneck withMostIterations(int count) {
        if (count < 1) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, "iterations = %d, at least 1 needed", count));
        }
        return new InformationBottleneck(statistic, symbols, wholeAllowed, count);
    }

    /// Symbols of T.
    public int symbols() {
        return symbols;
    }

    /// Values of X̃, the symbols with which T can tell all of Y that X tells.
    public int distinctConditionals() {
        return statistic.joint().xCount();
    }

    /// The curve through the bottlenecks of some β.
    ///
    /// @param betas positive, up to 1e9; annealed in rising order
    /// @param random source of the noise; child i for the i-th β in rising order
    /// @throws IllegalArgumentException if a β is out of range
    public BottleneckCurve curve(double[] betas, RandomStream random) {
        return BottleneckCurve.of(solutions(betas, random), everything());
    }

    /// What T = X̃ keeps and tells.
    private BottleneckCurve.Point everything() {
        double entropy = statistic.joint().entropyOfX();
        return new BottleneckCurve.Point(entropy, Math.min(statistic.joint().mutualInformation(), entropy));
    }

    /// The bottlenecks of some β, in rising order, with parameters and errors as [#curve].
    public List<BottleneckSolution> solutions(double[] betas, RandomStream random) {
        double[] rising = betas.clone();
        for (double beta : rising) {
            if (!(beta > 0 && beta <= LARGEST_BETA)) {
                throw new IllegalArgumentException(
                        "beta = %s, a positive number up to %s needed".formatted(beta, LARGEST_BETA));
            }
        }
        Arrays.sort(rising);
        BlahutArimoto[] found = upwards(rising, random);
        downwards(rising, found);
        exchange(rising, found);
        BottleneckCurve.Point whole = everything();
        List<BottleneckSolution> solutions = new ArrayList<>();
        for (int i = 0; i < rising.length; i++) {
            boolean beaten = isLower(rising[i], whole.keptInformation(), whole.relevantInformation(), found[i]);
            solutions.add(beaten && wholeAllowed && isSmallEnough()
                    ? whole(rising[i], whole)
                    : solution(rising[i], found[i], !beaten && isBestOf(rising[i], found[i], found)));
        }
        return solutions;
    }

    private BlahutArimoto[] upwards(double[] rising, RandomStream random) {
        BlahutArimoto[] found = new BlahutArimoto[rising.length];
        double[][] last = nothing();
        for (int i = 0; i < rising.length; i++) {
            BlahutArimoto best = run(rising[i], nothing());
            for (double[][] start : List.of(perturbed(last, random.child(i)), hard())) {
                BlahutArimoto other = run(rising[i], start);
                if (other.lagrangian() < best.lagrangian()) {
                    best = other;
                }
            }
            found[i] = best;
            last = best.encoder();
        }
        return found;
    }

    private void downwards(double[] rising, BlahutArimoto[] found) {
        for (int i = rising.length - 2; i >= 0; i--) {
            keepLower(rising, found, i, found[i + 1]);
        }
    }

    private void exchange(double[] rising, BlahutArimoto[] found) {
        boolean changed = true;
        for (int round = 0; changed && round < MOST_EXCHANGES; round++) {
            changed = false;
            for (int i = 0; i < rising.length; i++) {
                BlahutArimoto best = found[i];
                for (BlahutArimoto other : found) {
                    if (isLower(rising[i], other.keptInformation(), other.relevantInformation(), best)) {
                        best = other;
                    }
                }
                changed |= best != found[i] && keepLower(rising, found, i, best);
            }
        }
    }

    /// Runs from the encoder of another β, and keeps the bottleneck with the lower Lagrangian.
    private boolean keepLower(double[] rising, BlahutArimoto[] found, int i, BlahutArimoto start) {
        BlahutArimoto other = run(rising[i], start.encoder());
        if (isLower(rising[i], other.keptInformation(), other.relevantInformation(), found[i])) {
            found[i] = other;
            return true;
        }
        return false;
    }

    private static boolean isBestOf(double beta, BlahutArimoto one, BlahutArimoto[] found) {
        return Arrays.stream(found)
                .noneMatch(other -> isLower(beta, other.keptInformation(), other.relevantInformation(), one));
    }

    /// Whether a point has a lower Lagrangian at this β than a bottleneck has, by more than rounding.
    private static boolean isLower(double beta, double kept, double relevant, BlahutArimoto than) {
        double margin = SAME_LAGRANGIAN * (1 + kept + beta * relevant);
        return kept - beta * relevant < than.keptInformation() - beta * than.relevantInformation() - margin;
    }

    private BlahutArimoto run(double beta, double[][] start) {
        return new BlahutArimoto(source, beta, start).run(TOLERANCE, mostIterations);
    }

    private boolean isSmallEnough() {
        return (long) statistic.symbols().length * statistic.joint().xCount() <= LARGEST_ENCODER;
    }

    /// Every x to symbol 0.
    private double[][] nothing() {
        double[][] encoder = new double[statistic.joint().xCount()][symbols];
        for (double[] row : encoder) {
            row[0] = 1;
        }
        return encoder;
    }

    /// T = X̃ where T has symbols enough; else clusters of X̃.
    private double[][] hard() {
        int count = statistic.joint().xCount();
        double[][] encoder = new double[count][symbols];
        int[] clusters = symbols < count
                ? HardClusters.of(source, symbols)
                : IntStream.range(0, count).toArray();
        for (int i = 0; i < count; i++) {
            encoder[i][clusters[i]] = 1;
        }
        return encoder;
    }

    /// The encoder with a share of random numbers mixed in, so that unused symbols come to life.
    private static double[][] perturbed(double[][] encoder, RandomStream random) {
        double[][] noisy = new double[encoder.length][];
        for (int i = 0; i < noisy.length; i++) {
            noisy[i] = encoder[i].clone();
            double sum = 0;
            for (int t = 0; t < noisy[i].length; t++) {
                noisy[i][t] += PERTURBATION * random.nextDouble();
                sum += noisy[i][t];
            }
            for (int t = 0; t < noisy[i].length; t++) {
                noisy[i][t] /= sum;
            }
        }
        return noisy;
    }

    private BottleneckSolution solution(double beta, BlahutArimoto found, boolean best) {
        return solution(beta, found.encoder(), found.marginal(), found.decoder(), new BottleneckCurve.Point(
                found.keptInformation(), found.relevantInformation()), found.iterations(), found.converged() && best);
    }

    /// T = X̃, from which no step was made.
    private BottleneckSolution whole(double beta, BottleneckCurve.Point point) {
        double[][] encoder = new double[source.x().length][source.x().length];
        for (int i = 0; i < encoder.length; i++) {
            encoder[i][i] = 1;
        }
        return solution(beta, encoder, source.x(), source.conditionals(), point, 0, false);
    }

    private BottleneckSolution solution(double beta, double[][] encoderOfSymbols, double[] marginal,
            double[][] decoders,
            BottleneckCurve.Point point, int iterations, boolean converged) {
        int[] symbolOf = statistic.symbols();
        int count = marginal.length;
        int y = source.y().length;
        double[] encoder = new double[symbolOf.length * count];
        for (int i = 0; i < symbolOf.length; i++) {
            double[] row = symbolOf[i] == SufficientStatistic.NO_SYMBOL ? marginal : encoderOfSymbols[symbolOf[i]];
            System.arraycopy(row, 0, encoder, i * count, count);
        }
        double[] decoder = new double[count * y];
        for (int t = 0; t < count; t++) {
            System.arraycopy(decoders[t], 0, decoder, t * y, y);
        }
        return new BottleneckSolution(beta, Tensor.of(encoder, symbolOf.length, count), Tensor.of(marginal, count),
                Tensor.of(decoder, count, y), point.keptInformation(), point.relevantInformation(), iterations,
                converged);
    }
}
