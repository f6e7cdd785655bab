package org.surprisal.study.biasvariance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.surprisal.report.Axis;
import org.surprisal.report.Section;
import org.surprisal.report.Wording;
import org.surprisal.settings.Setting;
import org.surprisal.settings.SettingException;
import org.surprisal.settings.Settings;
import org.surprisal.study.engine.Citation;
import org.surprisal.study.engine.Claim;
import org.surprisal.study.engine.Design;
import org.surprisal.study.engine.Estimate;
import org.surprisal.study.engine.Factor;
import org.surprisal.study.engine.Findings;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Inputs;
import org.surprisal.study.engine.MeansTable;
import org.surprisal.study.engine.Plot;
import org.surprisal.study.engine.Quantity;
import org.surprisal.study.engine.Results;
import org.surprisal.study.engine.Rule;
import org.surprisal.study.engine.Sample;
import org.surprisal.study.engine.Study;
import org.surprisal.study.engine.Trial;
import org.surprisal.tensor.RandomStream;

/// Polynomials fitted to noisy samples of sin(πx), again and again: bias falls with the degree and variance grows
/// (lecture notes, Figs 71 to 75 and notebook 2.2). Least squares by QR in the basis of Legendre polynomials.
public final class BiasVarianceStudy implements Study {
    private static final Factor<Integer> DEGREE = Factor.of(Setting.integers("degrees",
            List.of(1, 2, 3, 4, 5, 7, 10, 15, 20, 25), 0, 50, "of the polynomials, ascending"), "degree", "degree", "")
            .named(degree -> "degree " + degree);
    private static final Setting<Integer> SAMPLES = Setting.integer("samples", 30, 2, 100_000, "of a training set");
    private static final Setting<Integer> FITS = Setting.integer("fits", 200, 2, 100_000, "training sets of a trial");
    private static final Setting<Double> NOISE = Setting.decimal("noise", 0.1, 0, 100, "standard deviation of targets");
    private static final int POINTS = 200;
    /// The largest error that is drawn: two hundred times the mean square of the sine.
    private static final int LARGEST = 100;
    private static final Quantity BIAS = Quantity.of("squared-bias", "1", "squared bias");
    private static final Quantity VARIANCE = Quantity.of("variance", "1", "variance of the fits");
    private static final Quantity TEST = Quantity.of("test-error", "1", "mean squared error on new samples");
    private static final Quantity TRAIN = Quantity.of("training-error", "1", "mean squared error on its own samples");
    private static final Quantity RATIO = Quantity.of("logarithm-of-a-ratio", "1", "ln of a ratio");

    @Override
    public String name() {
        return "bias-variance";
    }

    @Override
    public String summary() {
        return "bias, variance and error of fitted polynomials by degree (lecture notes, Figs 71 to 75)";
    }

    @Override
    public String title() {
        return "Bias and variance of polynomials";
    }

    @Override
    public String lead() {
        return "Each trial fits a polynomial to many training sets of y = sin(πx) plus noise. Squared"
                + " bias is the mean squared distance of the mean fit from the sine, variance that of the fits from"
                + " their mean; with the variance of the noise they make up the error on new samples."
                + " Degrees of one seed"
                + " have the same training sets.";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(DEGREE.values(), SAMPLES, FITS, NOISE);
    }

    @Override
    public Design design(Settings settings) {
        return Design.grid(DEGREE).seeds(5);
    }

    @Override
    public void check(Inputs inputs) {
        int largest = inputs.get(DEGREE.values()).stream().mapToInt(degree -> degree).max().orElseThrow();
        if (largest >= inputs.get(SAMPLES)) {
            throw SettingException.badValue(DEGREE.values().key(), Integer.toString(largest),
                    "below the number of samples");
        }
    }

    @Override
    public void run(Trial trial) {
        trial.stage("fits", () -> fit(trial));
    }

    private static void fit(Trial trial) {
        int degree = trial.get(DEGREE);
        double[] points = IntStream.range(0, POINTS).mapToDouble(i -> -1 + (2 * i + 1.0) / POINTS).toArray();
        RealMatrix values = basis(points, degree);
        double[] sum = new double[POINTS];
        double[] squares = new double[POINTS];
        double test = 0;
        double train = 0;
        for (int fit = 0; fit < trial.get(FITS); fit++) {
            RandomStream random = trial.stream("training-set").child(fit);
            double[] x = IntStream.range(0, trial.get(SAMPLES)).mapToDouble(i -> random.nextDouble(-1, 1)).toArray();
            RealVector y = noisy(x, trial.get(NOISE), random.child("noise"));
            RealMatrix own = basis(x, degree);
            RealVector weights = new QRDecomposition(own).getSolver().solve(y);
            train += Math.pow(own.operate(weights).getDistance(y), 2) / x.length;
            double[] fitted = values.operate(weights).toArray();
            double[] fresh = noisy(points, trial.get(NOISE), random.child("test")).toArray();
            for (int i = 0; i < POINTS; i++) {
                sum[i] += fitted[i];
                squares[i] += (fitted[i] - truth(points[i])) * (fitted[i] - truth(points[i]));
                test += (fitted[i] - fresh[i]) * (fitted[i] - fresh[i]) / POINTS;
            }
        }
        double fits = trial.get(FITS);
        double bias = IntStream.range(0, POINTS).mapToDouble(i -> Math.pow(sum[i] / fits - truth(points[i]), 2)).sum();
        double toTruth = IntStream.range(0, POINTS).mapToDouble(i -> squares[i] / fits).sum();
        trial.record(BIAS, bias / POINTS);
        trial.record(VARIANCE, (toTruth - bias) / POINTS);
        trial.record(TEST, test / fits);
        trial.record(TRAIN, train / fits);
    }

    private static double truth(double x) {
        return Math.sin(Math.PI * x);
    }

    private static RealVector noisy(double[] x, double deviation, RandomStream random) {
        RealVector y = new ArrayRealVector(x.length);
        for (int i = 0; i < x.length; i++) {
            y.setEntry(i, truth(x[i]) + deviation * random.nextGaussian());
        }
        return y;
    }

    /// Legendre polynomials of degrees 0 to `degree`, a column each.
    private static RealMatrix basis(double[] x, int degree) {
        RealMatrix basis = new Array2DRowRealMatrix(x.length, degree + 1);
        for (int i = 0; i < x.length; i++) {
            double before = 0;
            double value = 1;
            for (int n = 0; n <= degree; n++) {
                basis.setEntry(i, n, value);
                double next = ((2 * n + 1) * x[i] * value - n * before) / (n + 1);
                before = value;
                value = next;
            }
        }
        return basis;
    }

    private static Claim ratio(String id, String text, String place, Function<Results, Sample> above,
            Function<Results, Sample> below) {
        return Claim.of("bias-variance-" + id, text + ": the logarithm of their ratio is positive",
                new Citation("Lecture notes", place),
                results -> above.apply(results)
                        .combine(below.apply(results), (a, b) -> Math.log(a / b)).as(RATIO),
                new Rule.Above(0)).below("error-by-degree");
    }

    private static Function<Results, Sample> at(Quantity quantity, double place) {
        return results -> {
            List<Integer> degrees = results.settings().get(DEGREE.values());
            return results.of(quantity).at(DEGREE, degrees.get((int) (place * (degrees.size() - 1))));
        };
    }

    @Override
    public List<Claim> claims() {
        return List.of(
                ratio("bias-falls", "The squared bias of the first degree exceeds that of the middle degree", "Fig 73",
                        at(BIAS, 0), at(BIAS, 0.5)),
                ratio("variance-grows", "The variance of the last degree exceeds that of the first", "Fig 73",
                        at(VARIANCE, 1), at(VARIANCE, 0)),
                ratio("underfitting",
                        "The error on new samples is larger at the first degree than at the middle degree",
                        "Fig 75", at(TEST, 0), at(TEST, 0.5)),
                ratio("overfitting", "The error on new samples is larger at the last degree than at the middle degree",
                        "Fig 75", at(TEST, 1), at(TEST, 0.5)),
                ratio("training-error-falls", "The error on the training samples is smaller at the last degree than at"
                        + " the first", "Fig 75", at(TRAIN, 0), at(TRAIN, 1)),
                Claim.of("bias-variance-trade-off", "Squared bias, variance and noise make up the error on new samples,"
                        + " to 2 %: the logarithm of their ratio is 0",
                        new Citation("Lecture notes", "section 3, trade-off"),
                        results -> results.of(BIAS).combine(results.of(VARIANCE), Double::sum)
                                .map(BIAS, parts -> parts + Math.pow(results.settings().get(NOISE), 2))
                                .combine(results.of(TEST), (parts, test) -> Math.log(test / parts)).as(RATIO),
                        new Rule.Within(0, 0.02)).forEach(DEGREE).below("error-by-degree"));
    }

    @Override
    public List<Section> report(Results results) {
        Sample all = shown(results, "error", TEST).and(shown(results, "error", TRAIN))
                .and(shown(results, "parts of the error on new samples", BIAS))
                .and(shown(results, "parts of the error on new samples", VARIANCE));
        Sample drawn = all.where(error -> error > 0);
        List<String> beyond = drawn.where(error -> error > LARGEST).isEmpty()
                ? List.of()
                : drawn.where(error -> error > LARGEST).values(DEGREE).stream().map(DEGREE::text).toList();
        return List.of(Section.of("Error by degree")
                .picture(Plot.lines("error-by-degree", "Error by degree", drawn).x(DEGREE)
                        .colour(Index.KIND).facet(Index.STAGE).valueAxis(axis(drawn, !beyond.isEmpty()))
                        .caption("Means over the interval from −1 to 1, where the sine itself has a mean square of ½."
                                + " The error on new samples is squared bias, variance and the noise of the targets."
                                + (beyond.isEmpty()
                                        ? ""
                                        : " Errors above " + LARGEST + " lie outside, at degree " + Wording.list(beyond)
                                                + "; the table has them."))
                        .figure())
                .table(MeansTable.by(DEGREE).column(BIAS.label(), results.of(BIAS))
                        .column(VARIANCE.label(), results.of(VARIANCE)).column(TEST.label(), results.of(TEST))
                        .column(TRAIN.label(), results.of(TRAIN))
                        .table("errors", "Errors", "Means over seeds, ± one standard error.")));
    }

    private static Sample shown(Results results, String panel, Quantity quantity) {
        return results.of(quantity).with(Index.KIND, quantity.label()).with(Index.STAGE, panel);
    }

    /// From the smallest number to the largest, or to where fits have long been of no use.
    private static Axis axis(Sample drawn, boolean isCut) {
        Axis axis = Axis.log("mean square", "");
        return isCut
                ? axis.withRange(drawn.points().stream().mapToDouble(Sample.Point::value).min().orElseThrow() / 2,
                        LARGEST)
                : axis;
    }

    @Override
    public String subtitle(Results results) {
        List<Integer> degrees = results.settings().get(DEGREE.values());
        return results.settings().get(SAMPLES) + " samples, "
                + (degrees.size() == 1
                        ? "degree " + degrees.getFirst()
                        : "degrees " + degrees.getFirst() + " to " + degrees.getLast() + ", the middle one "
                                + middle(degrees))
                + ", " + Study.super.subtitle(results);
    }

    /// The degree that claims call the middle one.
    private static int middle(List<Integer> degrees) {
        return degrees.get((degrees.size() - 1) / 2);
    }

    @Override
    public List<String> found(Results results, Findings findings) {
        SequencedMap<Double, Estimate> test = results.of(TEST).curve(DEGREE);
        if (test.isEmpty()) {
            return List.of("No polynomial has been fitted yet.");
        }
        Map.Entry<Double, Estimate> best = Collections.min(test.entrySet(),
                Comparator.comparingDouble(each -> each.getValue().mean()));
        List<String> found = new ArrayList<>();
        found.add("Polynomials of degree " + best.getKey().intValue() + " predict new samples best, with a mean"
                + " squared error of " + best.getValue() + ".");
        double first = test.firstEntry().getKey();
        double last = test.lastEntry().getKey();
        if (first < best.getKey()) {
            found.add("Lower degrees cannot follow the sine: at degree " + (int) first + ", "
                    + share(results.of(BIAS), test, first) + " of the error is squared bias.");
        }
        if (last > best.getKey()) {
            found.add("Higher degrees follow the noise: at degree " + (int) last + ", "
                    + share(results.of(VARIANCE), test, last)
                    + " of the error is variance of the fits, and the error is "
                    + Wording.rough(test.lastEntry().getValue().mean() / best.getValue().mean())
                    + " times that of degree " + best.getKey().intValue() + ".");
        }
        return found;
    }

    /// Which share of the mean error on new samples its part makes at a degree.
    private static String share(Sample part, SequencedMap<Double, Estimate> test, double degree) {
        double error = Objects.requireNonNull(test.get(degree)).mean();
        return Wording.percent(Objects.requireNonNull(part.curve(DEGREE).get(degree)).mean() / error);
    }
}
