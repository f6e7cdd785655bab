package org.surprisal.theory.bottleneck;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// Finds the bottlenecks of a joint distribution: encoders p(t|x) of the least I(X;T) - β I(T;Y), by Blahut-Arimoto steps and
/// deterministic annealing.
///
/// The Lagrangian is not convex. For each β, by rising β, three encoders compete: the last one with a little noise, which lets
/// symbols split that have become worth it; T = X̃, from which symbols merge; and keeping nothing. What wins is a stationary
/// point and need not be the least of all; its encoder is within reach all the same.
///
/// It works on X̃ ([JointDistribution#sufficientStatistic]): a task of 4,096 inputs and 2 labels is one of 2 symbols. A step costs
/// |X̃| · |T| · |Y|.
public final class InformationBottleneck {

    /// Symbols of T unless asked otherwise, where X̃ has more.
    private static final int MOST_SYMBOLS = 64;
    /// Beyond, β times the rounding of a divergence of 0 would steer the encoder.
    private static final double LARGEST_BETA = 1e9;
    private static final double TOLERANCE = 1e-14;
    private static final int MOST_ITERATIONS = 20_000;
    /// Relative noise on the encoder before each β.
    private static final double PERTURBATION = 1e-2;

    private final SufficientStatistic statistic;
    private final int symbols;
    private final int mostIterations;

    private InformationBottleneck(SufficientStatistic statistic, int symbols, int mostIterations) {
        this.statistic = statistic;
        this.symbols = symbols;
        this.mostIterations = mostIterations;
    }

    /// The bottleneck of a joint, with as many symbols as X̃ has, but at most 64.
    public static InformationBottleneck of(JointDistribution joint) {
        SufficientStatistic statistic = joint.sufficientStatistic();
        return new InformationBottleneck(statistic, Math.min(statistic.joint().xCount(), MOST_SYMBOLS),
                MOST_ITERATIONS);
    }

    /// The same with T of `count` symbols, at least 1. More than X̃ has are never needed.
    public InformationBottleneck withSymbols(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("symbols of T = %d, at least 1 needed".formatted(count));
        }
        return new InformationBottleneck(statistic, count, mostIterations);
    }

    /// The same with at most `count` steps for each start and β, at least 1; 20,000 unless asked otherwise.
    public InformationBottleneck withMostIterations(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("iterations = %d, at least 1 needed".formatted(count));
        }
        return new InformationBottleneck(statistic, symbols, count);
    }

    /// The curve through the bottlenecks of some β.
    ///
    /// @param betas positive, up to 1e9; annealed in rising order
    /// @param random source of the noise; child i for the i-th β in rising order
    /// @throws IllegalArgumentException if a β is out of range
    public BottleneckCurve curve(double[] betas, RandomStream random) {
        double entropy = statistic.joint().entropyOfX();
        return BottleneckCurve.of(solutions(betas, random), new BottleneckCurve.Point(entropy,
                Math.min(statistic.joint().mutualInformation(), entropy)));
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
        List<BottleneckSolution> solutions = new ArrayList<>();
        double[][] last = nothing();
        for (int i = 0; i < rising.length; i++) {
            BlahutArimoto best = best(rising[i], last, random.child(i));
            solutions.add(solution(rising[i], best));
            last = best.encoder();
        }
        return solutions;
    }

    private BlahutArimoto best(double beta, double[][] last, RandomStream random) {
        JointDistribution joint = statistic.joint();
        BlahutArimoto best = new BlahutArimoto(joint, beta, nothing()).run(TOLERANCE, mostIterations);
        for (double[][] start : List.of(perturbed(last, random), hard(random))) {
            BlahutArimoto other = new BlahutArimoto(joint, beta, start).run(TOLERANCE, mostIterations);
            if (other.lagrangian() < best.lagrangian()) {
                best = other;
            }
        }
        return best;
    }

    /// Every x to symbol 0.
    private double[][] nothing() {
        double[][] encoder = new double[statistic.joint().xCount()][symbols];
        for (double[] row : encoder) {
            row[0] = 1;
        }
        return encoder;
    }

    /// T = X̃ where T has symbols enough; else the others share theirs by chance.
    private double[][] hard(RandomStream random) {
        double[][] encoder = new double[statistic.joint().xCount()][symbols];
        for (int i = 0; i < encoder.length; i++) {
            encoder[i][i < symbols ? i : random.nextInt(symbols)] = 1;
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

    private BottleneckSolution solution(double beta, BlahutArimoto found) {
        int[] symbolOf = statistic.symbols();
        int y = statistic.joint().yCount();
        double[] encoder = new double[symbolOf.length * symbols];
        for (int i = 0; i < symbolOf.length; i++) {
            double[] row = symbolOf[i] == SufficientStatistic.NO_SYMBOL
                    ? found.marginal()
                    : found.encoder()[symbolOf[i]];
            System.arraycopy(row, 0, encoder, i * symbols, symbols);
        }
        double[] decoder = new double[symbols * y];
        for (int t = 0; t < symbols; t++) {
            System.arraycopy(found.decoder()[t], 0, decoder, t * y, y);
        }
        return new BottleneckSolution(beta, Tensor.of(encoder, symbolOf.length, symbols),
                Tensor.of(found.marginal(), symbols), Tensor.of(decoder, symbols, y), found.keptInformation(),
                found.relevantInformation(), found.iterations(), found.converged());
    }
}
