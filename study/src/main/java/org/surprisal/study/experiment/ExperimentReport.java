package org.surprisal.study.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.surprisal.report.Section;
import org.surprisal.report.Table;
import org.surprisal.report.TableCell;

/// The report of an experiment: which values do best by validation samples, how well the networks do, and what was
/// measured of their layers.
///
/// @param numbers of the run
/// @param unit    of information
record ExperimentReport(ExperimentNumbers numbers, String unit) {

    List<String> found() {
        return Choice.of(numbers).found();
    }

    List<Section> sections() {
        Choice choice = Choice.of(numbers);
        ExperimentCurves curves = new ExperimentCurves(numbers, choice);
        JudgementReport judgement = new JudgementReport(numbers, choice);
        List<Section> sections = new ArrayList<>(List.of(curves.training(), curves.byValue(), judgement.tables(),
                judgement.thresholds(), judgement.images()));
        sections.addAll(new LayerReport(numbers::of, List.copyOf(numbers.factors()), unit).sections());
        sections.add(network());
        return sections;
    }

    /// The layers of each network.
    private Section network() {
        List<String> lines = numbers.results().text(ExperimentStudy.LAYERS).stream().flatMap(String::lines).skip(1)
                .toList();
        SequencedMap<String, List<List<TableCell>>> tables = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String[] cells = lines.get(i).split("\t", -1);
            if (cells.length != 4 || !cells[3].matches("[0-9]{1,18}")) {
                throw numbers.results().damaged(ExperimentStudy.LAYERS,
                        "a network, a layer, a shape and a count in line " + (i + 2));
            }
            tables.computeIfAbsent(cells[0], name -> new ArrayList<>()).add(List.of(TableCell.text(cells[1]),
                    TableCell.text(cells[2]), TableCell.count(Long.parseLong(cells[3]))));
        }
        Section section = Section.of(tables.size() > 1 ? "Networks" : "Network");
        for (Map.Entry<String, List<List<TableCell>>> table : tables.entrySet()) {
            section = section.table(new Table("layers-" + section.blocks().size(),
                    table.getKey().isEmpty() ? "Layers" : "Layers, " + table.getKey(),
                    "The shape of one sample behind each layer, and the layer's trainable numbers.",
                    List.of("layer", "output", "parameters"), table.getValue()));
        }
        return section;
    }
}
