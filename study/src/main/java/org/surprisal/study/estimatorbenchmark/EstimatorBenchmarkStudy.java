package org.surprisal.study.estimatorbenchmark;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.surprisal.estimate.CriticEstimator;
import org.surprisal.estimate.CriticTraining;
import org.surprisal.estimate.Estimators;
import org.surprisal.information.automatic.AutomaticEstimator;
import org.surprisal.information.mutual.GaussianInformation;
import org.surprisal.information.mutual.MutualInformation;
import org.surprisal.information.mutual.MutualInformationEstimator;
import org.surprisal.information.task.Task;
import org.surprisal.information.task.Tasks;
import org.surprisal.network.DivergenceException;
import org.surprisal.report.Section;
import org.surprisal.settings.NearestName;
import org.surprisal.settings.Setting;
import org.surprisal.settings.SettingException;
import org.surprisal.settings.Settings;
import org.surprisal.study.engine.At;
import org.surprisal.study.engine.Citation;
import org.surprisal.study.engine.Claim;
import org.surprisal.study.engine.Design;
import org.surprisal.study.engine.Factor;
import org.surprisal.study.engine.Findings;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Quantity;
import org.surprisal.study.engine.Results;
import org.surprisal.study.engine.Rule;
import org.surprisal.study.engine.Sample;
import org.surprisal.study.engine.Study;
import org.surprisal.study.engine.Trial;
import org.surprisal.tensor.RandomStream;

/// Every estimator of mutual information on every task of 'Beyond Normal' (Czyż et al. 2023), by the number of samples.
/// A trial is one task, one number of samples, one estimator; all estimators of a seed get the same samples, those of a
/// smaller number being the first of a larger one.
public final class EstimatorBenchmarkStudy implements Study {
    static final Quantity INFORMATION = Quantity.of("information", "nat", "true information");
    /// The kind is the estimator, or `gaussian-less-bias`.
    static final Quantity ESTIMATE = Quantity.of("estimate", "nat", "estimate", Index.KIND);
    static final Quantity ERROR = Quantity.of("error", "nat", "estimate − truth", Index.KIND);
    /// 1 where an estimate is as far from the truth as it may be to count as right.
    static final Quantity SHARE = Quantity.of("share", "1", "error over what is allowed", Index.KIND);
    /// 1 where `auto` claims that its answer is valid, else 0.
    static final Quantity VALID = Quantity.of("valid", "1", "claims of validity");
    /// 1 where the interval of a claim holds the truth, else 0.
    static final Quantity COVERED = Quantity.of("covered", "1", "intervals that hold the truth");
    /// The width of the interval of a claim.
    static final Quantity WIDTH = Quantity.of("width", "nat", "width of the interval");
    /// 1 where a lower bound of `auto` is at most the truth, else 0.
    static final Quantity BOUNDED = Quantity.of("bounded", "1", "lower bounds that do not exceed the truth");
    static final String AUTO = AutomaticEstimator.DESCRIPTION.name();
    static final double ALLOWED_NATS = 0.03;
    static final double ALLOWED_SHARE = 0.1;
    static final String LESS_BIAS = "gaussian-less-bias";

    private static final String PUBLISHED = "published";
    private static final Setting<String> TASK_NAMES = Setting.text("tasks", PUBLISHED,
            "published (the forty), a group (" + String.join(", ", Tasks.GROUPS) + ", " + Tasks.HELD_OUT
                    + ") or ids of tasks, separated by commas; 'surprisal list datasets' names them");
    private static final Setting<String> ESTIMATOR_NAMES = Setting.text("estimators",
            "auto,ksg,ksg-rank,ksg-normal-scores,gaussian,gaussian-copula,binning-5,binning-20,infonce,mine,"
                    + "smile",
            "names of estimators, or ksg-2, ksg-rank, binning-5, binning-20, separated by commas");
    private static final Setting<Integer> CRITIC_SAMPLES = Setting.integer("critic-n", 5000, 15, 100_000,
            "that of the sizes at which critics are trained");
    private static final Setting<Integer> CRITIC_SEEDS = Setting.integer("critic-seeds", 3, 0, 1000,
            "seeds, at most, for which critics are trained");
    private static final Setting<Integer> CRITIC_STEPS = Setting.integer("critic-steps", 2000, 1, 1_000_000,
            "batches of 64 that a critic of two hidden layers of 64 is trained on, learning rate 1e-3");
    private static final int HIDDEN = 64;
    private static final int BATCH = 64;
    private static final double LEARNING_RATE = 1e-3;
    private static final int MANY_COORDINATES = 25;
    private static final Citation OURS = new Citation("Surprisal", "docs/estimators.md");
    private static final Citation PAPER = new Citation("Czyż et al. 2023", "section 4");

    static final Factor<Integer> N = Factor.of(Setting.integers("sizes", List.of(1000, 5000, 10_000), 15, 1_000_000,
            "numbers of samples"), "n", "n", "");
    static final Factor<String> TASK = Factor.derived("task", "task", EstimatorBenchmarkStudy::tasks, text -> text);
    private static final Factor<String> ESTIMATOR = Factor.derived("estimator", "estimator",
            EstimatorBenchmarkStudy::estimators, text -> text);

    @Override
    public String name() {
        return "estimator-benchmark";
    }

    @Override
    public String summary() {
        return "every estimator of mutual information on forty published tasks whose truth is known";
    }

    @Override
    public String title() {
        return "Estimators on the tasks of 'Beyond Normal'";
    }

    @Override
    public String lead() {
        return "Forty pairs of variables whose mutual information is known, none of them chosen for an estimator here:"
                + " the tasks of Czyż et al. (NeurIPS 2023), drawn anew for every seed. An estimator is right of a task"
                + " where its mean over seeds is off by at most 0.03 nat or a tenth of the truth, whichever is more.";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(TASK_NAMES, ESTIMATOR_NAMES, N.values(), CRITIC_SAMPLES, CRITIC_SEEDS, CRITIC_STEPS);
    }

    private static List<String> tasks(Settings settings) {
        return names(settings, TASK_NAMES).flatMap(name -> {
            List<Task> own = name.equals(PUBLISHED)
                    ? Tasks.published()
                    : Tasks.all().stream().filter(task -> name.equals(task.id()) || name.equals(task.group())).toList();
            if (own.isEmpty()) {
                throw SettingException.at(TASK_NAMES.key(), "there is no task or group '" + name
                        + "': 'surprisal list tasks' names them");
            }
            return own.stream().map(Task::id);
        }).toList();
    }

    private static List<String> estimators(Settings settings) {
        List<String> names = names(settings, ESTIMATOR_NAMES).toList();
        names.forEach(name -> usual(name, 1, RandomStream.seeded(0)));
        return names;
    }

    private static Stream<String> names(Settings settings, Setting<String> setting) {
        return Arrays.stream(settings.get(setting).split(",", -1)).map(String::strip);
    }

    /// The estimator of a name; refused in a line if there is none.
    private static MutualInformationEstimator usual(String name, int steps, RandomStream stream) {
        return Estimators.usual(name, new CriticTraining(steps, HIDDEN, BATCH, LEARNING_RATE, stream))
                .orElseThrow(() -> SettingException.at(ESTIMATOR_NAMES.key(), "there is no '" + name + "'"
                        + NearestName.advice(name, Estimators.usualNames(),
                                "estimators of two continuous variables")));
    }

    @Override
    public Design design(Settings settings) {
        return Design.grid(TASK, N, ESTIMATOR).seeds(10).where((cell, seedNumber) -> {
            int n = cell.get(N);
            return switch (usual(cell.get(ESTIMATOR), 1, RandomStream.seeded(0))) {
                case CriticEstimator _ -> seedNumber < settings.get(CRITIC_SEEDS) && n == settings.get(CRITIC_SAMPLES);
                case AutomaticEstimator _ -> n >= AutomaticEstimator.FEWEST;
                default -> true;
            };
        });
    }

    @Override
    public void run(Trial trial) {
        String name = trial.get(ESTIMATOR);
        Task task = Tasks.find(trial.get(TASK)).orElseThrow();
        RandomStream stream = trial.stream("task=" + task.id());
        trial.record(INFORMATION, task.information());
        Task.Pairs drawn = task.draw(trial.get(N), stream.child("samples"));
        MutualInformationEstimator estimator = usual(name, trial.get(CRITIC_STEPS), stream.child(name));
        try {
            MutualInformation answer = estimator.estimate(drawn.x(), drawn.y());
            trial.record(ESTIMATE, At.kind(name), answer.value());
            if (estimator instanceof GaussianInformation && answer.components().containsKey("bias")) {
                trial.record(ESTIMATE, At.kind(LESS_BIAS), answer.value() - answer.component("bias"));
            }
            if (estimator instanceof AutomaticEstimator) {
                recordClaim(trial, answer, task.information());
            }
        } catch (DivergenceException e) {
            trial.diverged(String.valueOf(e.getMessage()));
        }
    }

    private static void recordClaim(Trial trial, MutualInformation answer, double truth) {
        trial.record(VALID, answer.interval().isPresent() ? 1 : 0);
        answer.interval().ifPresent(interval -> {
            trial.record(COVERED, interval.covers(truth) ? 1 : 0);
            trial.record(WIDTH, interval.upper() - interval.lower());
        });
        answer.lower().ifPresent(bound -> trial.record(BOUNDED, bound <= truth ? 1 : 0));
    }

    /// Estimates less truths, by task, size, kind and seed.
    static Sample errors(Results results) {
        return results.of(ESTIMATE).minus(results.of(INFORMATION)).meanOver(ESTIMATOR).as(ERROR);
    }

    /// The estimates themselves, by task, size, kind and seed.
    static Sample estimates(Results results) {
        return results.of(ESTIMATE).meanOver(ESTIMATOR);
    }

    /// Errors over what is allowed, at the largest size: right from -1 to 1.
    private static Sample shares(Results results, String kind) {
        return shares(results).at(Index.KIND, kind);
    }

    private static Sample shares(Results results) {
        return errors(results).combine(results.of(INFORMATION).meanOver(ESTIMATOR),
                (error, truth) -> error / allowed(truth)).as(SHARE).at(N, Collections.max(N.in(results.settings())));
    }

    static double truth(String task) {
        return Tasks.find(task).orElseThrow().information();
    }

    /// How far the mean may be from a truth to count as right, in nats.
    static double allowed(double truth) {
        return Math.max(ALLOWED_NATS, ALLOWED_SHARE * truth);
    }

    private static Predicate<String> in(String group) {
        return id -> Tasks.find(id).orElseThrow().group().equals(group);
    }

    private static int coordinates(String id) {
        return Tasks.find(id).orElseThrow().dimensionX();
    }

    /// How many of the tasks an estimate is right of, for each seed that has all of them.
    private static Sample rightOf(Sample shares, Quantity count) {
        return shares.whole(TASK, shares.isEmpty() ? 0 : shares.values(TASK).size())
                .reduce(TASK, values -> (double) values.stream().filter(share -> Math.abs(share) <= 1).count())
                .as(count);
    }

    @Override
    public List<Claim> claims() {
        Quantity count = Quantity.of("tasks", "1", "tasks whose estimate is right");
        Rule right = new Rule.Within(0, 1);
        return Stream.of(
                Claim.of("ksg-right-of-one-coordinate", "Nearest neighbours of ranks are right of one coordinate each:"
                        + " their error over what is allowed is within 1 of 0", PAPER,
                        results -> shares(results, "ksg-rank").where(TASK, in(Tasks.ONE_DIMENSIONAL)), right)
                        .forEach(TASK),
                Claim.of("ksg-low-in-many-coordinates", "Nearest neighbours find too little with "
                        + MANY_COORDINATES + " or more coordinates", PAPER,
                        results -> shares(results, "ksg").where(TASK, id -> coordinates(id) >= MANY_COORDINATES),
                        new Rule.Below(-1)).forEach(TASK),
                Claim.of("ksg-right-of-half", "Nearest neighbours are right of more than half of the forty tasks",
                        PAPER, results -> rightOf(shares(results, "ksg"), count), new Rule.Above(20)),
                Claim.of("gaussian-right-of-normals", "The Gaussian estimate less its bias is right of normal"
                        + " variables", PAPER,
                        results -> shares(results, LESS_BIAS).where(TASK, in(Tasks.NORMAL)), right).forEach(TASK),
                Claim.of("gaussian-right-of-little-else", "The Gaussian estimate less its bias is right of less than"
                        + " half of the 31 tasks that are not normal", PAPER,
                        results -> rightOf(shares(results, LESS_BIAS).where(TASK, in(Tasks.NORMAL).negate()), count),
                        new Rule.Below(15.5)),
                Claim.of("spirals-hard-for-all", "Spirals of normals are hard for all: the smallest error of any"
                        + " estimator is more than is allowed", PAPER,
                        results -> shares(results).where(TASK, id -> id.startsWith("spiral-2-pair"))
                                .map(SHARE, Math::abs).reduce(Index.KIND, Collections::min),
                        new Rule.Above(1)).forEach(TASK),
                Claim.of("infonce-is-a-lower-bound", "InfoNCE is a lower bound: the largest of its estimates less"
                        + " their truths is not above 0", new Citation("van den Oord et al. 2018", "section 2.3"),
                        results -> errors(results).at(Index.KIND, "infonce").reduce(TASK, Collections::max),
                        new Rule.Below(0.05)).forEach(N),
                Claim.of("auto-right-of-33", "The estimator that chooses is right of 33 of the forty tasks or more",
                        OURS,
                        results -> rightOf(shares(results, AUTO), count), new Rule.Above(33)),
                Claim.of("auto-intervals-cover", "Where the estimator that chooses claims validity, its 95 % intervals"
                        + " hold the truth in 92 % of the cases or more, over all tasks", OURS,
                        results -> results.of(COVERED).meanOver(TASK), new Rule.Above(0.92)).forEach(N),
                Claim.of("auto-intervals-narrow",
                        "These intervals are on average narrower than 0.15 nat or a quarter of"
                                + " the truth, whichever is more",
                        OURS, results -> results.of(WIDTH).combine(results.of(INFORMATION).meanOver(ESTIMATOR),
                                (width, truth) -> width / Math.max(0.15, truth / 4)).as(SHARE).meanOver(TASK),
                        new Rule.Below(1)).forEach(N),
                Claim.of("auto-claims-20", "The estimator that chooses claims validity of 20 tasks or more", OURS,
                        results -> results.of(VALID).reduce(TASK,
                                claims -> claims.stream().mapToDouble(Double::doubleValue).sum()).as(count),
                        new Rule.Above(19.5)).forEach(N),
                Claim.of("auto-bounds-hold",
                        "Where the estimator that chooses gives a lower bound, it is one in 95 % of"
                                + " the cases or more",
                        OURS,
                        results -> results.of(BOUNDED).meanOver(TASK), new Rule.Above(0.95)).forEach(N),
                Claim.of("critics-cope-with-coordinates", "With " + MANY_COORDINATES + " coordinates, MINE finds more"
                        + " of two correlated pairs than nearest neighbours do", PAPER, results -> {
                            Sample all = estimates(results).where(TASK, "2-pair-25x25"::equals);
                            return all.at(Index.KIND, "mine").minus(all.at(Index.KIND, "ksg"));
                        }, new Rule.Above(0)))
                .map(claim -> claim.below("errors-at").needing("the tasks and estimators that it names")).toList();
    }

    @Override
    public List<String> found(Results results, Findings findings) {
        return new BenchmarkReport(results).found(findings);
    }

    @Override
    public List<Section> report(Results results) {
        return new BenchmarkReport(results).sections();
    }
}
