package org.surprisal.study.bottleneck;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.surprisal.information.mutual.InformationPlane;
import org.surprisal.information.mutual.InformationPlane.IdentityViolation;
import org.surprisal.information.mutual.InformationPlane.Kind;
import org.surprisal.information.statistics.PairedDifference;
import org.surprisal.report.Figure;
import org.surprisal.report.Report;
import org.surprisal.report.Section;
import org.surprisal.report.Table;
import org.surprisal.study.Case;
import org.surprisal.study.Metric;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunRecord;
import org.surprisal.study.RunStatus;
import org.surprisal.study.Wording;

/// The report of a run of `information-plane`: planes, curves, and what is said of them held against the numbers.
final class InformationPlaneReport {
    private static final String LEAD = "How to read this: a layer T of a deterministic network determines all of a"
            + " finite set"
            + " of inputs or nearly so, and what is measured is what is left of that behind noise of a given"
            + " variance, or"
            + " behind bins of a given width. The numbers depend on that choice and on the scale of the layer. For"
            + " the noisy"
            + " layer the true I(X;T) lies between the lower and the upper bound; I(T;Y) of one kind is a difference"
            + " of two"
            + " bounds and no bound itself. Compare a value with its limits, with the other kind, and with what"
            + " shuffled labels"
            + " give, before reading anything into it.";

    private final List<Metric> metrics;
    private final List<Case> collapsed;
    private final Planes planes;
    private final PlaneFigures figures;
    private final Statements statements;

    private InformationPlaneReport(RunRecord record, List<Metric> metrics, Planes planes, List<Case> collapsed) {
        this.metrics = metrics;
        this.collapsed = collapsed;
        this.planes = planes;
        this.figures = new PlaneFigures(planes);
        this.statements = new Statements(planes, lastEpoch(record));
    }

    private static int lastEpoch(RunRecord record) {
        return Integer.parseInt(record.settings().getOrDefault("epochs", "0"));
    }

    static Report of(RunFolder folder) throws IOException {
        List<Metric> metrics = folder.metrics();
        Planes planes = Planes.read(metrics);
        List<Section> sections = new ArrayList<>();
        if (planes.isEmpty()) {
            sections.add(new Section("Nothing measured yet",
                    List.of("The run was stopped before its first plane was measured."), List.of(), List.of()));
        } else {
            List<Case> collapsed = planes.collapsed(lastEpoch(folder.record()));
            Planes alive = planes.without(collapsed);
            // Where none is left there is nothing else to show.
            InformationPlaneReport report = alive.isEmpty()
                    ? new InformationPlaneReport(folder.record(), metrics, planes, List.of())
                    : new InformationPlaneReport(folder.record(), metrics, alive, collapsed);
            sections.add(report.plane());
            sections.add(report.statements());
            sections.add(report.compression());
            sections.add(report.trust());
            sections.add(report.training());
        }
        return new Report("Information plane", subtitle(folder.record(), planes), LEAD, sections,
                folder.record().settings(), folder.record().provenance());
    }

    private static String subtitle(RunRecord record, Planes planes) {
        Map<String, String> settings = record.settings();
        long seeds = planes.groups().stream().mapToLong(group -> planes.networks(group).size()).max().orElse(0);
        return settings.get("data") + ", hidden layers of " + settings.get("widths") + ", " + settings.get("epochs")
                + " epochs, " + seeds + (seeds == 1 ? " seed" : " seeds")
                + (record.status() == RunStatus.INTERRUPTED ? " (interrupted: a part of the networks)" : "");
    }

    private Section plane() {
        InformationPlane any = planes.any();
        List<String> paragraphs = new ArrayList<>();
        paragraphs.add(String.format(Locale.ROOT,
                "%d samples: ln N = %.4f nat, H(X) = %.4f nat, H(Y) = %.4f nat. Layers are the hidden layers'"
                        + " activations, and the class probabilities (output).",
                any.n(), any.ceiling(), any.inputEntropy(), any.labelEntropy()));
        if (!collapsed.isEmpty()) {
            paragraphs.add("Left out everywhere below but in the training curves: "
                    + String.join("; ", collapsed.stream().map(Case::toString).toList())
                    + ", whose output at the end is the same for every input (dead units). Counted in, their fall to 0"
                    + " would look like compression.");
        }
        return new Section("The plane", paragraphs, List.of(figures.plane()), List.of());
    }

    private Section statements() {
        List<Statements.Finding> findings = statements.all();
        List<String> paragraphs = new ArrayList<>();
        if (findings.isEmpty()) {
            paragraphs.add("No network was trained to the end: nothing can be said of the statements.");
        } else {
            findings.stream().filter(finding -> finding.kind().equals(PlaneFigures.label(planes.kinds().getFirst()))
                    || finding.statement().startsWith("the gap")).forEach(
                            finding -> paragraphs.add("%s: %s: %s (%s nat; %s).".formatted(finding.networks(),
                                    finding.statement(), finding.verdict(), finding.value(), finding.kind())));
        }
        List<Table> tables = findings.isEmpty()
                ? List.of()
                : List.of(new Table("statements", "Statements about the plane",
                        "A number a network, averaged over seeds, with its 95 % interval (Student's t). A statement"
                                + " holds if the"
                                + " interval lies above its limit: 0, and for compression "
                                + Statements.COMPRESSED
                                + " nat, for falling back " + Statements.COMPRESSED / 10
                                + " nat, because a maximum over planes never lies below the last one.",
                        List.of("networks", "kind", "statement", "nat", "verdict"),
                        findings.stream().map(finding -> List.of(finding.networks(), finding.kind(),
                                finding.statement(), finding.value(), finding.verdict())).toList()));
        List<Figure> drawn = new ArrayList<>(List.of(figures.labelsByEpoch(), figures.inputByEpoch()));
        figures.gap().ifPresent(drawn::add);
        return new Section("What is said of it, and what was found", paragraphs, drawn, tables);
    }

    private Section compression() {
        List<String> paragraphs = new ArrayList<>();
        List<Case> groups = planes.groups();
        for (Kind kind : planes.kinds()) {
            for (int i = 0; i < groups.size(); i++) {
                for (int j = i + 1; j < groups.size(); j++) {
                    comparison(groups.get(i), groups.get(j), kind).ifPresent(paragraphs::add);
                }
            }
        }
        List<List<String>> rows = new ArrayList<>();
        for (Case group : groups) {
            if (statements.finished(group).isEmpty()) {
                continue;
            }
            for (Kind kind : planes.kinds()) {
                for (int m = 0; m < planes.any().points().size(); m++) {
                    PairedDifference fall = statements.compression(group, kind, m);
                    rows.add(List.of(Ensemble.label(group), PlaneFigures.label(kind), figures.layer(m),
                            String.format(Locale.ROOT, "%.3f", fall.mean()),
                            fall.interval95().map(interval -> String.format(Locale.ROOT, "[%.3f, %.3f]",
                                    interval.low(), interval.high())).orElse("-")));
                }
            }
        }
        return new Section("Compression",
                paragraphs, List.of(),
                List.of(new Table("compression", "By how much I(X;T) has fallen from its maximum",
                        "The largest I(X;T) over the planes less that of the last plane, mean over seeds with its 95 %"
                                + " interval.",
                        List.of("networks", "kind", "layer", "fall (nat)", "95 % interval"), rows)));
    }

    private Optional<String> comparison(Case first, Case second, Kind kind) {
        return statements.compressesMore(first, second, kind).map(difference -> {
            String value = String.format(Locale.ROOT, "%+.3f", difference.mean()) + " nat"
                    + difference.interval95()
                            .map(interval -> String.format(Locale.ROOT, " (95 %% interval [%.3f, %.3f],"
                                    + " %d pairs)", interval.low(), interval.high(), difference.count()))
                            .orElse(" (one pair, no interval)");
            return "Mean compression of the hidden layers, " + Ensemble.label(first) + " less " + Ensemble.label(second)
                    + " from the same seeds, " + PlaneFigures.label(kind) + ": " + value + ".";
        });
    }

    private Section trust() {
        List<String> paragraphs = new ArrayList<>();
        List<IdentityViolation> violations = planes.groups().stream().flatMap(
                group -> planes.networks(group).stream())
                .flatMap(network -> planes.planes(network).values().stream())
                .flatMap(plane -> plane.identityViolations().stream()).toList();
        paragraphs.add(violations.isEmpty()
                ? "Every plane keeps I(T;Y) <= min(I(X;T), H(Y)) and I(X;T) <= min(H(X), ln N)."
                : violations.size() + " numbers are beyond a limit, the first: " + violations.getFirst().message());
        paragraphs.add(planes.any().orderReading());
        List<List<String>> rows = new ArrayList<>();
        for (Case group : planes.groups()) {
            for (Kind kind : planes.kinds()) {
                rows.add(List.of(Ensemble.label(group), PlaneFigures.label(kind),
                        figures.orderCount(group, kind, 'X'), figures.orderCount(group, kind, 'Y')));
            }
        }
        List<Table> tables = new ArrayList<>();
        tables.add(new Table("order", "Layers that show more information than the layer before",
                "Counted over planes and pairs of neighbouring layers. Beyond the bounds: the brackets of the two"
                        + " layers"
                        + " exclude each other.",
                List.of("networks", "kind", "about X", "about Y"), rows));
        shuffled().ifPresent(tables::add);
        return new Section("How far to trust it", paragraphs, List.of(), tables);
    }

    /// I(T;Y) of the last plane beside what shuffled labels give.
    private Optional<Table> shuffled() {
        List<List<String>> rows = new ArrayList<>();
        for (Case group : planes.groups()) {
            List<Case> finished = statements.finished(group);
            for (Kind kind : planes.kinds()) {
                for (int m = 0; m < planes.any().points().size(); m++) {
                    List<LabelNull> nulls = LabelNull.read(metrics, finished, kind,
                            planes.any().points().get(m).layer());
                    if (kind == Kind.KULLBACK_LEIBLER || nulls.isEmpty()) {
                        continue;
                    }
                    int layer = m;
                    double value = finished.stream()
                            .mapToDouble(network -> Planes.at(planes.planes(network).lastEntry().getValue(), layer,
                                    kind).labels())
                            .average().orElseThrow();
                    rows.add(List.of(Ensemble.label(group), PlaneFigures.label(kind), figures.layer(m),
                            Wording.fixed(value, 4),
                            Wording.fixed(nulls.stream().mapToDouble(LabelNull::mean).average().orElseThrow(), 4),
                            Wording.fixed(nulls.stream().mapToDouble(LabelNull::highest).average().orElseThrow(), 4),
                            Wording.fixed(nulls.stream().mapToDouble(LabelNull::pValue).max().orElseThrow(), 3)));
                }
            }
        }
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Table("shuffled-labels", "I(T;Y) of the last plane beside shuffled labels",
                        "Means over seeds, nats. Only what exceeds the shuffled labels is about the labels: a layer"
                                + " that tells"
                                + " every sample apart shows H(Y) for any labelling.",
                        List.of("networks", "kind", "layer", "I(T;Y)", "shuffled, mean", "shuffled, 95 %",
                                "largest p over seeds"),
                        rows));
    }

    private Section training() {
        return new Section("Training", List.of(), TrainingCurves.of(metrics, planes.groups()).stream().toList(),
                List.of());
    }
}
