package org.surprisal.study.knowntruths;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.surprisal.settings.Settings;
import org.surprisal.study.knowntruths.CorrelatedNormals.Marginal;

/// A known pair, and who estimates it from how many samples.
///
/// @param pair whose information is known
/// @param entries in the order in which they are done
record Comparison(KnownPair pair, List<Entry> entries) {
    static final List<Integer> CUBE_BITS = List.of(4, 8);
    static final List<Integer> LABEL_DIMENSIONS = List.of(1, 10);
    static final int HEAVY_WIDE = 5;
    static final int STUDENT_WILD = 1;
    static final int STUDENT = 3;
    /// The pairs that heavy tails are shown by, in the order of the figure.
    static final List<String> HEAVY = List.of(CorrelatedNormals.family(Marginal.CUBED, 1),
            CorrelatedNormals.family(Marginal.EXPONENTIATED, 1),
            CorrelatedNormals.family(Marginal.EXPONENTIATED, HEAVY_WIDE), StudentPair.family(STUDENT_WILD, 1),
            StudentPair.family(STUDENT, 1), StudentPair.family(STUDENT, HEAVY_WIDE));
    static final int RENYI_SAMPLES = 500;

    private static final List<Double> CUBE_VARIANCES = List.of(0.02, 0.05, 0.1, 0.2, 0.5, 1., 4.);
    private static final List<Double> SEPARATIONS = List.of(0., 0.5, 1., 2., 3., 4., 6.);
    private static final List<Double> WIDTHS = List.of(2., 1., 0.3, 0.1, 0.03, 0.01, 0.003, 0.001);
    private static final List<Double> LARGEST = List.of(2., 8., 32., 128., 512., 2048.);

    /// One estimator on the first n samples.
    record Entry(Contender contender, int n) {}

    /// All that a seed is to do.
    ///
    /// @param dear whether critics are trained and the Rényi functional is computed
    static List<Comparison> of(Settings settings, boolean dear) {
        int n = settings.get(KnownTruthsSettings.N);
        List<Integer> sizes = distinct(settings.get(KnownTruthsSettings.SIZES));
        List<Double> informations = distinct(settings.get(KnownTruthsSettings.INFORMATIONS));
        List<Comparison> all = new ArrayList<>();
        for (int d : distinct(settings.get(KnownTruthsSettings.DIMENSIONS))) {
            for (double information : informations) {
                all.add(new Comparison(new CorrelatedNormals(d, information, Marginal.GAUSSIAN),
                        gaussian(settings, d, information, dear)));
            }
        }
        for (double information : informations) {
            Stream.of(new CorrelatedNormals(1, information, Marginal.CUBED),
                    new CorrelatedNormals(1, information, Marginal.EXPONENTIATED),
                    new CorrelatedNormals(HEAVY_WIDE, information, Marginal.EXPONENTIATED),
                    new StudentPair(1, STUDENT_WILD, information), new StudentPair(1, STUDENT, information),
                    new StudentPair(HEAVY_WIDE, STUDENT, information))
                    .forEach(pair -> all.add(new Comparison(pair, entries(Contender.OF_POINTS, n))));
        }
        for (double variance : CUBE_VARIANCES) {
            CUBE_BITS.forEach(bits -> all
                    .add(new Comparison(new NoisyCube(bits, variance), entries(Contender.OF_LABELS, n))));
        }
        for (double separation : SEPARATIONS) {
            LABEL_DIMENSIONS.forEach(d -> all
                    .add(new Comparison(new LabelledMixture(d, separation), entries(Contender.OF_LABELS, n))));
        }
        WIDTHS.forEach(width -> all.add(new Comparison(new FoldedUniform(width), entries(Contender.OF_POINTS, n))));
        all.add(new Comparison(new FoldedUniform(0),
                sizes.stream().flatMap(size -> entries(Contender.OF_POINTS, size).stream()).toList()));
        LARGEST.forEach(
                largest -> all.add(new Comparison(new SquaredIntegers(largest), entries(Contender.OF_SYMBOLS, n))));
        return all;
    }

    private static List<Entry> gaussian(Settings settings, int d, double information, boolean dear) {
        int n = settings.get(KnownTruthsSettings.N);
        List<Entry> entries = new ArrayList<>(entries(Contender.OF_POINTS, n));
        entries.add(new Entry(Contender.KDE, n));
        if (settings.get(KnownTruthsSettings.SIZE_DIMENSIONS).contains(d)
                && settings.get(KnownTruthsSettings.CLOSE_UP).contains(information)) {
            distinct(settings.get(KnownTruthsSettings.SIZES)).stream().filter(size -> size != n)
                    .forEach(size -> entries.addAll(entries(Contender.OF_POINTS, size)));
        }
        if (dear) {
            if (settings.get(KnownTruthsSettings.CRITIC_DIMENSIONS).contains(d)
                    && settings.get(KnownTruthsSettings.CRITIC_INFORMATIONS).contains(information)) {
                entries.addAll(entries(Contender.CRITICS, n));
            }
            entries.add(new Entry(Contender.RENYI, Math.min(n, RENYI_SAMPLES)));
        }
        return entries;
    }

    private static <E> List<E> distinct(List<E> values) {
        return values.stream().distinct().toList();
    }

    private static List<Entry> entries(List<Contender> contenders, int n) {
        return contenders.stream().map(contender -> new Entry(contender, n)).toList();
    }

    /// How many samples are to be drawn.
    int most() {
        return entries.stream().mapToInt(Entry::n).max().orElseThrow();
    }
}
