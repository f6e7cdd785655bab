package org.surprisal.study.knowntruths;

import java.awt.Color;
import java.util.List;
import java.util.OptionalDouble;
import org.surprisal.estimate.CriticTraining;
import org.surprisal.estimate.InfoNce;
import org.surprisal.estimate.Mine;
import org.surprisal.estimate.Smile;
import org.surprisal.information.mutual.Binning;
import org.surprisal.information.mutual.Binning.Bins;
import org.surprisal.information.mutual.Discrete;
import org.surprisal.information.mutual.GaussianInformation;
import org.surprisal.information.mutual.Kraskov;
import org.surprisal.information.mutual.MatrixRenyi;
import org.surprisal.information.mutual.MutualInformation;
import org.surprisal.information.mutual.MutualInformationEstimator;
import org.surprisal.information.mutual.PairwiseDistance;
import org.surprisal.information.mutual.PlugIn;
import org.surprisal.information.mutual.Scaling;
import org.surprisal.network.DivergenceException;
import org.surprisal.report.Palette;
import org.surprisal.report.Stroke;
import org.surprisal.study.Case;
import org.surprisal.study.Metric;
import org.surprisal.tensor.RandomStream;

/// An estimator with its settings, as it takes part in the comparison. Those that are one estimator with other settings
/// have one colour and differ by their strokes.
enum Contender {
    KSG_1("ksg-1", "ksg, algorithm 1", Palette.category(0), Stroke.SOLID),
    KSG_2("ksg-2", "ksg, algorithm 2", Palette.category(0), Stroke.DASHED),
    KSG_RANK("ksg-rank", "ksg 1 of ranks", Palette.category(0), Stroke.DOTTED),
    GAUSSIAN("gaussian", "gaussian", Palette.category(1), Stroke.SOLID),
    GAUSSIAN_CORRECTED("gaussian-corrected", "gaussian less its bias", Palette.category(1), Stroke.DASHED),
    BINS_5("binning-5", "binning, 5 bins", Palette.category(2), Stroke.SOLID),
    BINS_20("binning-20", "binning, 20 bins", Palette.category(2), Stroke.DASHED),
    COUNTS("counts", "counts", Palette.GREY, Stroke.SOLID),
    COUNTS_CORRECTED("counts-corrected", "counts, Miller-Madow", Palette.GREY, Stroke.DASHED),
    KDE("kde", "kde bracket", Palette.category(4), Stroke.SOLID),
    INFO_NCE("infonce", "infonce", Palette.category(3), Stroke.SOLID),
    MINE("mine", "mine", Palette.category(5), Stroke.SOLID),
    SMILE("smile", "smile", Palette.category(6), Stroke.SOLID),
    RENYI("renyi", "renyi", Palette.INK, Stroke.SOLID);

    /// The case coordinate of an estimator's name.
    static final String ESTIMATOR = "estimator";
    static final String ESTIMATE = "estimate";
    static final String LOWER = "lower-bound";
    static final String UPPER = "upper-bound";
    static final String DIVERGED = "diverged";

    /// Estimators of two continuous variables that take little time.
    static final List<Contender> OF_POINTS = List.of(KSG_1, KSG_2, KSG_RANK, GAUSSIAN, GAUSSIAN_CORRECTED, BINS_5,
            BINS_20);
    static final List<Contender> OF_LABELS = List.of(KSG_1, KSG_RANK, GAUSSIAN, BINS_5, BINS_20, KDE);
    static final List<Contender> OF_SYMBOLS = List.of(COUNTS, COUNTS_CORRECTED, KSG_1, GAUSSIAN);
    static final List<Contender> CRITICS = List.of(INFO_NCE, MINE, SMILE);

    private static final int NEIGHBOURS = 4;
    private static final double JITTER = 1e-8;
    private static final double CLIP = 5;
    private static final double ALPHA = 1.01;

    private final String key;
    private final String label;
    private final Color colour;
    private final Stroke stroke;

    Contender(String key, String label, Color colour, Stroke stroke) {
        this.key = key;
        this.label = label;
        this.colour = colour;
        this.stroke = stroke;
    }

    String key() {
        return key;
    }

    /// What legends call it.
    String label() {
        return label;
    }

    Color colour() {
        return colour;
    }

    Stroke stroke() {
        return stroke;
    }

    /// What it makes of a sample, as numbers of the run; nothing where it does not apply.
    ///
    /// @param which the case of the sample
    /// @param training how critics are trained
    List<Metric> read(Sample sample, Case which, CriticTraining training, RandomStream stream) {
        Case in = which.and(ESTIMATOR, key);
        return switch (this) {
            case KDE -> sample.channel().map(channel -> bracket(channel, in)).orElseThrow();
            case GAUSSIAN_CORRECTED -> {
                MutualInformation answer = new GaussianInformation().estimate(sample.numbersX(), sample.numbersY());
                // With fewer samples than coordinates there is no bias to be told.
                yield answer.components().containsKey("bias")
                        ? List.of(estimate(answer.value() - answer.component("bias"), in))
                        : List.of();
            }
            case GAUSSIAN -> List.of(estimate(new GaussianInformation(), sample, in, true));
            case KSG_1, KSG_2, KSG_RANK -> List.of(estimate(neighbours(stream), sample, in,
                    sample.x() instanceof Discrete && sample.y() instanceof Discrete));
            case INFO_NCE, MINE, SMILE -> List.of(ofCritic(training(training, stream), sample, in));
            case BINS_5 -> List.of(estimate(binning(5), sample, in, false));
            case BINS_20 -> List.of(estimate(binning(20), sample, in, false));
            case COUNTS -> List.of(estimate(new PlugIn(PlugIn.Correction.NONE), sample, in, false));
            case COUNTS_CORRECTED -> List.of(estimate(new PlugIn(PlugIn.Correction.MILLER_MADOW), sample, in, false));
            case RENYI -> List.of(estimate(new MatrixRenyi(ALPHA, OptionalDouble.empty()), sample, in, false));
        };
    }

    private Kraskov neighbours(RandomStream stream) {
        return new Kraskov(NEIGHBOURS, this == KSG_2 ? 2 : 1, JITTER,
                this == KSG_RANK ? Scaling.RANK : Scaling.STANDARDISE, stream);
    }

    private static Binning binning(int bins) {
        return new Binning(new Bins.EqualCount(bins), PlugIn.Correction.NONE);
    }

    private static CriticTraining training(CriticTraining like, RandomStream stream) {
        return new CriticTraining(like.steps(), like.hidden(), like.batch(), like.learningRate(), stream);
    }

    private Metric ofCritic(CriticTraining training, Sample sample, Case in) {
        MutualInformationEstimator critic = switch (this) {
            case INFO_NCE -> new InfoNce(training);
            case MINE -> new Mine(training);
            default -> new Smile(CLIP, training);
        };
        try {
            return estimate(critic, sample, in, false);
        } catch (DivergenceException e) {
            return Metric.of(DIVERGED, 1, "1").in(in);
        }
    }

    private static Metric estimate(MutualInformationEstimator estimator, Sample sample, Case in, boolean asNumbers) {
        return estimate((asNumbers
                ? estimator.estimate(sample.numbersX(), sample.numbersY())
                : estimator.estimate(sample.x(), sample.y())).value(), in);
    }

    private static Metric estimate(double value, Case in) {
        return Metric.of(ESTIMATE, value, "nat").in(in);
    }

    private static List<Metric> bracket(Sample.Channel channel, Case in) {
        MutualInformation answer = PairwiseDistance.withNoise(channel.variance()).ofInput(channel.means());
        return List.of(Metric.of(LOWER, answer.lower().orElseThrow(), "nat").in(in),
                Metric.of(UPPER, answer.upper().orElseThrow(), "nat").in(in));
    }
}
