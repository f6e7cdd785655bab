package org.surprisal.study.knowntruths;

import java.util.List;
import java.util.Locale;
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
import org.surprisal.report.Palette;
import org.surprisal.report.Stroke;
import org.surprisal.study.engine.At;
import org.surprisal.study.engine.Plot;
import org.surprisal.study.engine.Trial;
import org.surprisal.tensor.RandomStream;

/// An estimator with its settings, as it takes part in the comparison.
enum Contender {
    KSG_1,
    KSG_2,
    KSG_RANK,
    GAUSSIAN,
    GAUSSIAN_CORRECTED,
    BINNING_5,
    BINNING_20,
    COUNTS,
    COUNTS_CORRECTED,
    KDE,
    INFONCE,
    MINE,
    SMILE,
    RENYI;

    /// Estimators of two continuous variables that take little time.
    static final List<Contender> OF_POINTS = List.of(KSG_1, KSG_2, KSG_RANK, GAUSSIAN, GAUSSIAN_CORRECTED, BINNING_5,
            BINNING_20);
    static final List<Contender> OF_LABELS = List.of(KSG_1, KSG_RANK, GAUSSIAN, BINNING_5, BINNING_20, KDE);
    static final List<Contender> OF_SYMBOLS = List.of(COUNTS, COUNTS_CORRECTED, KSG_1, GAUSSIAN);
    static final List<Contender> CRITICS = List.of(INFONCE, MINE, SMILE);
    /// Those of [#OF_POINTS] and the bracket of a known channel.
    static final List<Contender> OF_GAUSSIANS = List.of(KSG_1, KSG_2, KSG_RANK, GAUSSIAN, GAUSSIAN_CORRECTED, BINNING_5,
            BINNING_20, KDE);

    private static final int NEIGHBOURS = 4;
    private static final double JITTER = 1e-8;
    private static final double CLIP = 5;
    private static final double ALPHA = 1.01;
    private static final int HIDDEN = 64;
    private static final int BATCH = 64;
    private static final double LEARNING_RATE = 1e-3;

    /// What reports call the contender.
    String title() {
        return switch (this) {
            case KSG_1 -> "nearest neighbours (KSG 1)";
            case KSG_2 -> "nearest neighbours (KSG 2)";
            case KSG_RANK -> "nearest neighbours of ranks";
            case GAUSSIAN -> "Gaussian";
            case GAUSSIAN_CORRECTED -> "Gaussian less its bias";
            case BINNING_5 -> "5 bins a coordinate";
            case BINNING_20 -> "20 bins a coordinate";
            case COUNTS -> "counts";
            case COUNTS_CORRECTED -> "counts (Miller-Madow)";
            case KDE -> "bounds from pairwise distances";
            case INFONCE -> "InfoNCE";
            case MINE -> "MINE";
            case SMILE -> "SMILE";
            case RENYI -> "matrix-based Rényi";
        };
    }

    /// How the contender looks in every figure: a colour for each family of estimators, a stroke for its members.
    Plot.Look look() {
        return switch (this) {
            case KSG_1 -> new Plot.Look(Palette.category(0), Stroke.SOLID);
            case KSG_2 -> new Plot.Look(Palette.category(0), Stroke.DASHED);
            case KSG_RANK -> new Plot.Look(Palette.category(0), Stroke.DOTTED);
            case GAUSSIAN -> new Plot.Look(Palette.category(1), Stroke.DASHED);
            case GAUSSIAN_CORRECTED -> new Plot.Look(Palette.category(1), Stroke.SOLID);
            case BINNING_5 -> new Plot.Look(Palette.category(2), Stroke.DASHED);
            case BINNING_20 -> new Plot.Look(Palette.category(2), Stroke.SOLID);
            case COUNTS -> new Plot.Look(Palette.category(3), Stroke.DASHED);
            case COUNTS_CORRECTED -> new Plot.Look(Palette.category(3), Stroke.SOLID);
            case KDE -> new Plot.Look(Palette.category(4), Stroke.SOLID);
            case INFONCE -> new Plot.Look(Palette.category(5), Stroke.SOLID);
            case MINE -> new Plot.Look(Palette.category(6), Stroke.SOLID);
            case SMILE -> new Plot.Look(Palette.category(6), Stroke.DASHED);
            case RENYI -> new Plot.Look(Palette.GREY, Stroke.SOLID);
        };
    }

    /// The kind under which the numbers of the contender are recorded: `ksg-1`.
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Records what the contender makes of drawn pairs; nothing where it does not apply.
    ///
    /// @throws org.surprisal.network.DivergenceException if the training of a critic diverges
    void record(Trial trial, DrawnPairs drawn, RandomStream stream) {
        MutualInformation answer = answer(drawn, stream, trial.get(KnownTruthsStudy.CRITIC_STEPS));
        if (this == KDE) {
            trial.record(KnownTruthsStudy.LOWER, At.kind(key()), answer.lower().orElseThrow());
            trial.record(KnownTruthsStudy.UPPER, At.kind(key()), answer.upper().orElseThrow());
        } else if (this != GAUSSIAN_CORRECTED) {
            trial.record(KnownTruthsStudy.ESTIMATE, At.kind(key()), answer.value());
        } else if (answer.components().containsKey("bias")) {
            // With fewer pairs than coordinates there is no bias to be told.
            trial.record(KnownTruthsStudy.ESTIMATE, At.kind(key()), answer.value() - answer.component("bias"));
        }
    }

    private MutualInformation answer(DrawnPairs drawn, RandomStream stream, int criticSteps) {
        CriticTraining training = new CriticTraining(criticSteps, HIDDEN, BATCH, LEARNING_RATE, stream);
        boolean symbols = drawn.x() instanceof Discrete && drawn.y() instanceof Discrete;
        return switch (this) {
            case KSG_1, KSG_2, KSG_RANK -> answer(new Kraskov(NEIGHBOURS, this == KSG_2 ? 2 : 1, JITTER,
                    this == KSG_RANK ? Scaling.RANK : Scaling.STANDARDISE, stream), drawn, symbols);
            case GAUSSIAN, GAUSSIAN_CORRECTED -> answer(new GaussianInformation(), drawn, true);
            case BINNING_5 -> answer(new Binning(new Bins.EqualCount(5), PlugIn.Correction.NONE), drawn, false);
            case BINNING_20 -> answer(new Binning(new Bins.EqualCount(20), PlugIn.Correction.NONE), drawn, false);
            case COUNTS -> answer(new PlugIn(PlugIn.Correction.NONE), drawn, false);
            case COUNTS_CORRECTED -> answer(new PlugIn(PlugIn.Correction.MILLER_MADOW), drawn, false);
            case KDE -> drawn.channel().map(channel -> PairwiseDistance.withNoise(channel.variance())
                    .ofInput(channel.means())).orElseThrow();
            case INFONCE -> answer(new InfoNce(training), drawn, false);
            case MINE -> answer(new Mine(training), drawn, false);
            case SMILE -> answer(new Smile(CLIP, training), drawn, false);
            case RENYI -> answer(new MatrixRenyi(ALPHA, OptionalDouble.empty()), drawn, false);
        };
    }

    private static MutualInformation answer(MutualInformationEstimator estimator, DrawnPairs drawn, boolean asNumbers) {
        return asNumbers
                ? estimator.estimate(drawn.numbersX(), drawn.numbersY())
                : estimator.estimate(drawn.x(), drawn.y());
    }
}
