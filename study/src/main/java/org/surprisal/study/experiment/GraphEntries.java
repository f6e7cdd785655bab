package org.surprisal.study.experiment;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.surprisal.data.DataException;
import org.surprisal.data.Dataset;
import org.surprisal.data.GraphData;
import org.surprisal.data.InMemory;
import org.surprisal.data.Parts;
import org.surprisal.data.format.ArrayFile;
import org.surprisal.data.format.Csv;
import org.surprisal.data.sets.Cora;
import org.surprisal.network.layer.Graph;
import org.surprisal.study.Failures;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Tensor;

/// The graphs of an experiment, whose nodes are the samples: Cora, or the user's tables of nodes and of edges.
final class GraphEntries {
    private final Path folder;
    private final Path dataFolder;
    private final ElementType type;
    private final Consumer<String> notes;

    /// @param folder in which the user's files are found
    /// @param dataFolder of the data sets with a name
    /// @param notes hears what was left out of the user's files, or found out about them
    GraphEntries(Path folder, Path dataFolder, ElementType type, Consumer<String> notes) {
        this.folder = folder;
        this.dataFolder = dataFolder;
        this.type = type;
        this.notes = notes;
    }

    /// The public split of Planetoid unless another is asked for; features of each paper sum to 1, as Kipf and Welling
    /// (2017) have them.
    ExperimentData cora(Fields fields, SplitEntries split) {
        for (String key : List.of(DataEntries.TRAIN.key(), DataEntries.TEST.key())) {
            fields.find(key).ifPresent(entry -> {
                throw entry.refusal(": the papers of 'cora' are divided by 'split', as in 'split: {train: 1000, test:"
                        + " 140}'");
            });
        }
        DataEntries.refusePool(fields, ": there is nothing to pool: 'split' divides all papers of 'cora'");
        GraphData graph = Cora.load(dataFolder).rowNormalised();
        GraphData numbered = GraphData.of(numbered(graph.nodes()), graph.ids(), graph.from(), graph.to());
        Graph edges = Graph.undirected(graph.nodes().size(), graph.from(), graph.to());
        SampleParts parts;
        if (split.given().isPresent()) {
            parts = split.divide(ClassEntries.chosen(fields, numbered.nodes()));
        } else {
            Parts published = Cora.planetoid(numbered);
            parts = new SampleParts(published.train(), Optional.of(published.validation()),
                    Optional.of(published.test())).map(part -> ClassEntries.chosen(fields, part));
        }
        return graph(fields, parts, graph.nodes(), edges);
    }

    /// A table of nodes, one a line, and a table of edges, two numbers of nodes a line, from 0.
    ExperimentData nodes(Fields fields, SplitEntries split) {
        ArrayFile.Place place = DataEntries.place(fields.require("nodes"), folder);
        Path file = place.file();
        Entry target = fields.require("target");
        Dataset all = Csv.classification(DataEntries.name(file), file, DataEntries.layout(fields), place.columns(),
                target.text(), notes);
        ArrayFile.Place edgePlace = DataEntries.place(fields.require("edges"), folder);
        Path edgeFile = edgePlace.file();
        Tensor edges = Csv.read(edgeFile, DataEntries.layout(fields), edgePlace.columns(), notes);
        if (edges.length(1) != 2) {
            throw fields.require("edges").refusal(": " + edgeFile + " has " + edges.length(1)
                    + " columns: an edge is two numbers of nodes");
        }
        Graph graph;
        try {
            graph = Graph.undirected(all.size(), column(edges, 0, edgeFile), column(edges, 1, edgeFile));
        } catch (IllegalArgumentException e) {
            throw fields.require("edges").refusal(": " + edgeFile + ": " + Failures.words(e));
        }
        return graph(fields, split.divide(ClassEntries.chosen(fields, numbered(all))), all, graph);
    }

    private static int[] column(Tensor edges, int column, Path file) {
        int[] nodes = new int[edges.length(0)];
        for (int i = 0; i < nodes.length; i++) {
            double number = edges.at(i, column);
            nodes[i] = (int) number;
            if (nodes[i] != number) {
                throw new DataException(file + ": " + number + " in edge " + (i + 1) + " is no number of a node");
            }
        }
        return nodes;
    }

    /// The same samples with their numbers as their only feature.
    private static Dataset numbered(Dataset nodes) {
        Tensor numbers = Tensor.of(IntStream.range(0, nodes.size()).mapToDouble(i -> i).toArray(), nodes.size(), 1);
        return InMemory.classification(nodes.name(), numbers, nodes.all().targets(), nodes.classNames());
    }

    /// Nodes of a graph, which are told by their numbers, with the features of all nodes.
    private ExperimentData graph(Fields fields, SampleParts parts, Dataset nodes, Graph edges) {
        Optional<Entry> other = fields.find(DataEntries.SHAPE.key())
                .or(() -> fields.find(DataEntries.RECONSTRUCT.key()).filter(_ -> fields.get(DataEntries.RECONSTRUCT)));
        other.ifPresent(entry -> {
            throw entry.refusal(": the samples are nodes of a graph, which keep their features and their classes: leave"
                    + " it out");
        });
        int[] train = Arrays.stream(parts.train().all().inputs().toDoubles()).mapToInt(number -> (int) number)
                .toArray();
        Dataset typed = nodes.to(type);
        Tensor features = NormaliseEntries.fitted(fields, typed.rows(train)).map(fitted -> fitted.of(typed))
                .orElse(typed).all().inputs();
        SampleParts all = parts.map(part -> part.to(type));
        return new ExperimentData(all.train(), all.validation(), all.test(),
                Optional.of(new ExperimentData.Nodes(features, edges.symmetricallyNormalised())));
    }
}
