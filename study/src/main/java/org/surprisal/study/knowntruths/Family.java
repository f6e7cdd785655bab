package org.surprisal.study.knowntruths;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;
import org.surprisal.information.task.Tasks;
import org.surprisal.study.knowntruths.CorrelatedNormals.Marginal;

/// Known pairs that differ in one number.
///
/// @param group      of families that are drawn together
/// @param name       in metrics.csv and folder names
/// @param title      what figures and tables call the family
/// @param definition of the two variables, in words
/// @param parameter  what the number is, with its unit
/// @param dimension  coordinates, or bits, of each variable
/// @param at         the numbers tried, all different
/// @param pair       of each number
/// @param contenders that take little time, each tried on every pair
record Family(String group, String name, String title, String definition, String parameter, int dimension,
        List<Double> at, DoubleFunction<KnownPair> pair,
        List<Contender> contenders) {
    static final String GAUSSIAN = "gaussian";
    static final String HEAVY_TAILED = "heavy-tailed";
    static final String LABELLED = "labelled";
    static final String FUNCTIONS = "functions";
    static final String TASKS = "tasks";
    /// The groups of pairs that were chosen here.
    static final List<String> OWN = List.of(GAUSSIAN, HEAVY_TAILED, LABELLED, FUNCTIONS);
    /// All groups: those, and the published tasks, each a family of one pair.
    static final List<String> GROUPS = List.of(GAUSSIAN, HEAVY_TAILED, LABELLED, FUNCTIONS, TASKS);

    private static final List<Double> VARIANCES = List.of(0.02, 0.05, 0.1, 0.2, 0.5, 1., 4.);
    private static final List<Double> SEPARATIONS = List.of(0., 0.5, 1., 2., 3., 4., 6.);
    private static final List<Double> WIDTHS = List.of(2., 1., 0.3, 0.1, 0.03, 0.01, 0.003, 0.001, 0.);
    private static final List<Double> LARGEST = List.of(2., 8., 32., 128., 512., 2048.);

    /// The families of these groups.
    ///
    /// @param dimensions   of correlated Gaussians
    /// @param informations of pairs that come from correlated Gaussians
    static List<Family> of(List<String> groups, List<Integer> dimensions, List<Double> informations) {
        List<Family> all = new ArrayList<>();
        dimensions.stream().sorted().forEach(d -> all.add(normals(GAUSSIAN, Marginal.GAUSSIAN, d, informations,
                Contender.OF_GAUSSIANS)));
        all.add(normals(HEAVY_TAILED, Marginal.CUBED, 1, informations, Contender.OF_POINTS));
        all.add(normals(HEAVY_TAILED, Marginal.EXPONENTIATED, 1, informations, Contender.OF_POINTS));
        all.add(normals(HEAVY_TAILED, Marginal.EXPONENTIATED, 5, informations, Contender.OF_POINTS));
        all.add(student(1, 1, informations));
        all.add(student(3, 1, informations));
        all.add(student(3, 5, informations));
        IntStream.of(4, 8).forEach(bits -> all.add(new Family(LABELLED, "cube-" + bits + "bit",
                "corner of a cube, " + bits + " bits", "a corner of a cube of " + bits
                        + " bits, and the corner with Gaussian noise",
                "variance of the noise", bits, VARIANCES, at -> new NoisyCube(bits, at), Contender.OF_LABELS)));
        IntStream.of(1, 10).forEach(d -> all.add(new Family(LABELLED, "labels-d" + d, "four labels, d = " + d,
                "one of four labels, and a normal point of d coordinates, whose first has its mean at the label",
                "distance of neighbouring means", d, SEPARATIONS, at -> new LabelledMixture(d, at),
                Contender.OF_LABELS)));
        all.add(new Family(FUNCTIONS, "folded", "x and |x|", "x uniform from −1 to 1, and |x| with uniform noise",
                "width of the noise", 1, WIDTHS, FoldedUniform::new, Contender.OF_POINTS));
        all.add(new Family(FUNCTIONS, "squares", "x and x²", "a whole number from −m to m, and its square", "m", 1,
                LARGEST, SquaredIntegers::new, Contender.OF_SYMBOLS));
        Tasks.published().forEach(task -> all.add(new Family(TASKS, task.id(), task.id(), task.group(), "information",
                task.dimensionX(), List.of(Math.rint(1e4 * task.information()) / 1e4), _ -> new TaskPair(task),
                Contender.OF_POINTS)));
        return all.stream().filter(family -> groups.contains(family.group())).toList();
    }

    private static Family normals(String group, Marginal marginal, int d, List<Double> informations,
            List<Contender> contenders) {
        String words = "standard normal vectors of d coordinates, correlated one by one";
        return new Family(group, marginal.name().toLowerCase(Locale.ROOT) + "-d" + d, switch (marginal) {
            case GAUSSIAN -> "Gaussian";
            case CUBED -> "cubed Gaussian";
            case EXPONENTIATED -> "log-normal";
        } + ", d = " + d, switch (marginal) {
            case GAUSSIAN -> words;
            case CUBED -> words + ", each coordinate cubed";
            case EXPONENTIATED -> words + ", e to the power of each coordinate";
        }, "true information (nat)", d, informations, at -> new CorrelatedNormals(d, at, marginal), contenders);
    }

    private static Family student(int degrees, int d, List<Double> informations) {
        return new Family(HEAVY_TAILED, "student" + degrees + "-d" + d, "Student t, ν = " + degrees + ", d = " + d,
                "the two halves of one Student t vector of 2 d coordinates and ν degrees of freedom, correlated one by"
                        + " one",
                "information of the correlation alone (nat)", d, informations,
                at -> new StudentPair(d, degrees, at), Contender.OF_POINTS);
    }

    boolean isGaussian() {
        return group.equals(GAUSSIAN);
    }

    /// The shortest text that reads back as the same number.
    static String text(double at) {
        return at == Math.rint(at) && Math.abs(at) < 1e9
                ? Long.toString((long) at)
                : Double.toString(at).toLowerCase(Locale.ROOT);
    }
}
