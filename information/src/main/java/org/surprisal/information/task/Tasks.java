package org.surprisal.information.task;

import static org.surprisal.information.task.CoordinateMap.ASINH;
import static org.surprisal.information.task.CoordinateMap.BIMODAL_X;
import static org.surprisal.information.task.CoordinateMap.BIMODAL_Y;
import static org.surprisal.information.task.CoordinateMap.CUBE;
import static org.surprisal.information.task.CoordinateMap.EXP;
import static org.surprisal.information.task.CoordinateMap.HALF_CUBE;
import static org.surprisal.information.task.CoordinateMap.NORMAL_CDF;
import static org.surprisal.information.task.CoordinateMap.TANH;
import static org.surprisal.information.task.CoordinateMap.WIGGLY_X;
import static org.surprisal.information.task.CoordinateMap.WIGGLY_Y;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The tasks that there are, by id.
///
/// Those that were published are the forty of Czyż, Grabowski, Vogt, Beerenwinkel & Marx, 'Beyond Normal: On the
/// Evaluation of Mutual Information Estimators' (NeurIPS 2023), drawn with seeds of our own. The twenty that were held
/// out have other dimensions, correlations, maps and degrees of freedom; an estimator that chooses its method by what
/// works on the published ones is judged by them.
public final class Tasks {
    /// One coordinate each, and the Swiss roll.
    public static final String ONE_DIMENSIONAL = "one-dimensional";
    /// Normal coordinates, as they are.
    public static final String NORMAL = "normal";
    /// Student's t, and its asinh.
    public static final String HEAVY_TAILED = "heavy-tailed";
    /// Two correlated pairs of normal coordinates, each X and Y put through maps.
    public static final String MAPPED = "mapped";
    /// Tasks of any kind that were not published.
    public static final String HELD_OUT = "held-out";
    /// The groups of the published tasks.
    public static final List<String> GROUPS = List.of(ONE_DIMENSIONAL, NORMAL, HEAVY_TAILED, MAPPED);

    private static final List<Task> PUBLISHED = forty();
    private static final List<Task> FURTHER = twenty();
    private static final Map<String, Task> BY_ID = all().stream()
            .collect(Collectors.toUnmodifiableMap(Task::id, task -> task));

    private Tasks() {
    }

    /// The forty published tasks, group by group.
    public static List<Task> published() {
        return PUBLISHED;
    }

    /// The twenty tasks that were held out.
    public static List<Task> heldOut() {
        return FURTHER;
    }

    /// All tasks.
    public static List<Task> all() {
        return Stream.concat(PUBLISHED.stream(), FURTHER.stream()).toList();
    }

    /// The tasks of a group, in their order; none if there is no such group.
    public static List<Task> in(String group) {
        return all().stream().filter(task -> task.group().equals(group)).toList();
    }

    /// The task of this id; empty if there is none.
    public static Optional<Task> find(String id) {
        return Optional.ofNullable(BY_ID.get(id));
    }

    private static List<Task> forty() {
        List<Task> tasks = new ArrayList<>();
        Task normal = Task.of("normal", ONE_DIMENSIONAL, JointNormal.dense(1, 1, 0.75));
        Task uniform = renamed(normal, "uniform").mapBoth(NORMAL_CDF);
        Task student = Task.of("student-1", ONE_DIMENSIONAL, JointStudent.uncorrelated(1, 1, 1));
        tasks.add(normal);
        tasks.add(uniform);
        tasks.add(Task.of("additive-0.1", ONE_DIMENSIONAL, new NoisyUniform(0.1)));
        tasks.add(Task.of("additive-0.75", ONE_DIMENSIONAL, new NoisyUniform(0.75)));
        tasks.add(renamed(uniform, "bimodal").mapX(BIMODAL_X).mapY(BIMODAL_Y));
        tasks.add(renamed(normal, "wiggly").mapX(WIGGLY_X).mapY(WIGGLY_Y));
        tasks.add(renamed(normal, "half-cube").mapBoth(HALF_CUBE));
        tasks.add(student);
        tasks.add(renamed(student, "asinh-student-1").mapBoth(ASINH));
        tasks.add(renamed(uniform, "swiss-roll").mapX(new SwissRoll()));
        for (int d : new int[]{2, 3, 5, 25, 50}) {
            tasks.add(Task.of("dense", NORMAL, JointNormal.dense(d, d, 0.5)));
        }
        for (int d : new int[]{2, 3, 5, 25}) {
            tasks.add(Task.of("2-pair", NORMAL, JointNormal.pairs(d, d, 2, 0.8)));
        }
        for (int[] each : new int[][]{{2, 1}, {2, 2}, {3, 2}, {3, 3}, {5, 2}, {5, 3}}) {
            tasks.add(Task.of("student-" + each[1], HEAVY_TAILED,
                    JointStudent.uncorrelated(each[0], each[0], each[1])));
        }
        for (int[] each : new int[][]{{2, 1}, {3, 2}, {5, 2}}) {
            tasks.add(Task.of("asinh-student-" + each[1], HEAVY_TAILED,
                    JointStudent.uncorrelated(each[0], each[0], each[1])).mapBoth(ASINH));
        }
        for (int d : new int[]{3, 5, 25}) {
            tasks.add(twoPairs("normal-cdf-2-pair", d).mapBoth(NORMAL_CDF));
        }
        for (int d : new int[]{3, 5, 25}) {
            tasks.add(twoPairs("half-cube-2-pair", d).mapBoth(HALF_CUBE));
        }
        for (int d : new int[]{3, 5, 25}) {
            tasks.add(spirals(twoPairs("spiral-2-pair", d), 1.0 / d));
        }
        for (int d : new int[]{3, 5, 25}) {
            tasks.add(spirals(twoPairs("spiral-normal-cdf-2-pair", d).mapBoth(NORMAL_CDF), 1.0 / d));
        }
        return List.copyOf(tasks);
    }

    private static Task twoPairs(String name, int d) {
        return Task.of(name, MAPPED, JointNormal.pairs(d, d, 2, 0.8));
    }

    private static Task spirals(Task task, double speed) {
        return task.mapX(PlaneRotation.spiral(0, 1, speed)).mapY(PlaneRotation.spiral(1, 2, speed));
    }

    private static Task renamed(Task task, String name) {
        return new Task(name, task.group(), task.distribution(), task.mapsOfX(), task.mapsOfY());
    }

    private static List<Task> twenty() {
        return List.of(of("normal-0.3", JointNormal.dense(1, 1, 0.3)),
                of("normal-0.95", JointNormal.dense(1, 1, 0.95)),
                of("cube-normal-0.6", JointNormal.dense(1, 1, 0.6)).mapBoth(CUBE),
                of("additive-0.3", new NoisyUniform(0.3)),
                of("student-3-0.7", new JointStudent(JointNormal.dense(1, 1, 0.7), 3)),
                of("swiss-rolls-0.9", JointNormal.dense(1, 1, 0.9)).mapBoth(NORMAL_CDF).mapBoth(new SwissRoll()),
                of("independent-cube", JointNormal.pairs(3, 3, 0, 0)).mapBoth(CUBE),
                of("dense-0.3", JointNormal.dense(4, 4, 0.3)), of("dense-0.2", JointNormal.dense(10, 10, 0.2)),
                of("1-pair-0.9", JointNormal.pairs(10, 10, 1, 0.9)),
                of("3-pair-0.6", JointNormal.pairs(8, 8, 3, 0.6)), of("2-pair-0.7", JointNormal.pairs(4, 2, 2, 0.7)),
                of("exp-2-pair-0.8", JointNormal.pairs(2, 2, 2, 0.8)).mapBoth(EXP),
                of("wiggly-2-pair-0.8", JointNormal.pairs(4, 4, 2, 0.8)).mapX(WIGGLY_X).mapY(WIGGLY_Y),
                of("bimodal-2-pair-0.7", JointNormal.pairs(3, 3, 2, 0.7)).mapBoth(NORMAL_CDF).mapX(BIMODAL_X)
                        .mapY(BIMODAL_Y),
                of("tanh-dense-0.5", JointNormal.dense(6, 6, 0.5)).mapBoth(TANH),
                of("turned-half-cube-2-pair-0.8", JointNormal.pairs(3, 3, 2, 0.8)).mapBoth(HALF_CUBE)
                        .mapX(PlaneRotation.by(0, 1, Math.PI / 4)).mapY(PlaneRotation.by(1, 2, Math.PI / 4)),
                spirals(of("spiral-1-pair-0.9", JointNormal.pairs(4, 4, 1, 0.9)), 0.125),
                of("student-2", JointStudent.uncorrelated(5, 1, 2)),
                of("asinh-student-1", JointStudent.uncorrelated(3, 3, 1)).mapBoth(ASINH));
    }

    private static Task of(String name, PairDistribution distribution) {
        return Task.of(name, HELD_OUT, distribution);
    }
}
