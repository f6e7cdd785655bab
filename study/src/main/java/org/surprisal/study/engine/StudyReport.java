package org.surprisal.study.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.surprisal.report.Block;
import org.surprisal.report.Figure;
import org.surprisal.report.Picture;
import org.surprisal.report.Prose;
import org.surprisal.report.Report;
import org.surprisal.report.Section;
import org.surprisal.report.Table;
import org.surprisal.study.RunFolder;

/// The report of a run: what was found and the verdicts, then the study's own sections, each claim below its figure.
final class StudyReport {
    private StudyReport() {
    }

    /// The report of what a folder holds. The folder of an interrupted run holds a part of the numbers: the report
    /// shows those, and says so.
    ///
    /// @throws IOException with one line, if files of the folder are missing or damaged
    static Report of(Study study, RunFolder folder) throws IOException {
        Study own = study.in(folder);
        Results results = Results.read(own, folder);
        Findings findings = results.isEmpty() ? new Findings(List.of()) : Findings.of(own, results);
        List<Section> sections = results.isEmpty() ? List.of() : sections(own.report(results), results, findings);
        String subtitle = own.subtitle(results);
        return new Report(own.title(results),
                results.isComplete() ? subtitle : subtitle + " (" + unfinished(results) + ")",
                found(own, results, findings), findings.judged(), lead(own, findings), sections,
                folder.record().settings(), folder.record().provenance(), files(folder, sections));
    }

    private static String unfinished(Results results) {
        return (results.isInterrupted() ? "interrupted: " : "not finished: ") + "a part of the trials";
    }

    private static List<String> found(Study own, Results results, Findings findings) {
        if (results.isEmpty()) {
            return List.of("The run was stopped before its first number was recorded.");
        }
        List<String> found = new ArrayList<>(own.found(results, findings));
        if (findings.areOfOneSeed()) {
            found.add("One seed decides nothing, so every claim is undecided; run with `--seeds 5` for verdicts.");
        }
        return found;
    }

    private static List<String> lead(Study own, Findings findings) {
        return findings.all().isEmpty() ? List.of(own.lead()) : List.of(own.lead(), findings.rules());
    }

    /// The study's own sections, each claim below its figure, and the cases of claims that have many. Tables without a
    /// row are left out, and so is a section of which nothing is left, or, while trials are missing, nothing but words
    /// about figures and tables that are not there yet.
    private static List<Section> sections(List<Section> own, Results results, Findings findings) {
        List<Section> sections = new ArrayList<>();
        List<String> ids = own.stream().flatMap(section -> section.figures().stream()).map(Figure::id).toList();
        for (Section section : own) {
            List<Block> blocks = section.blocks().stream()
                    .filter(block -> !(block instanceof Table table) || !table.rows().isEmpty())
                    .map(block -> judged(block, findings, ids)).toList();
            boolean wordsAlone = blocks.stream().allMatch(Prose.class::isInstance);
            if (!blocks.isEmpty() && !(wordsAlone && !results.isComplete())) {
                sections.add(new Section(section.heading(), blocks));
            }
        }
        findings.cases().ifPresent(sections::add);
        return sections;
    }

    private static Block judged(Block block, Findings findings, List<String> figureIds) {
        return block instanceof Picture picture
                ? new Picture(picture.figure(), findings.below(picture.figure().id(), figureIds))
                : block;
    }

    /// What lies beside the report when it has been drawn.
    private static SequencedMap<String, String> files(RunFolder folder, List<Section> sections) {
        SequencedMap<String, String> files = new LinkedHashMap<>(folder.files());
        if (sections.stream().anyMatch(section -> !section.figures().isEmpty())) {
            files.put(folder.path().relativize(folder.figures()) + "/",
                    "every figure of this page as SVG and PNG, and its numbers as CSV");
        }
        return files;
    }
}
