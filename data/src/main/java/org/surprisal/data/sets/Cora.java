package org.surprisal.data.sets;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.surprisal.data.DataException;
import org.surprisal.data.Dataset;
import org.surprisal.data.GraphData;
import org.surprisal.data.Parts;
import org.surprisal.data.Splitting;
import org.surprisal.data.fetch.RemoteFiles;
import org.surprisal.tensor.RandomStream;

/// Cora: 2708 papers on machine learning, 1433 words that each has or has not, seven classes, and 5429 citations, which
/// join 5278 pairs of papers (McCallum et al. 2000; Sen et al. 2008).
public final class Cora {
    /// The two files of the LINQS group.
    public static final RemoteFiles FILES = new RemoteFiles("cora",
            List.of(new RemoteFiles.File("cora.content", 7_823_427,
                    "b8ebed0fd45e53995abafd1b70cf6a9fcc8f86abc5826d69b97fe6ca46e9c8ee"),
                    new RemoteFiles.File("cora.cites", 69_928,
                            "ec1a372391b7f0f60a6aff0084e8abd8f19f0faa7e1f2441a41c492042d5945e")),
            List.of(URI.create("https://raw.githubusercontent.com/tkipf/pygcn/master/data/cora/")));

    /// The classes, in the order of their names.
    public static final List<String> CLASSES = List.of("Case_Based", "Genetic_Algorithms", "Neural_Networks",
            "Probabilistic_Methods", "Reinforcement_Learning", "Rule_Learning", "Theory");

    private static final int PAPERS = 2708;
    private static final int WORDS = 1433;

    private Cora() {
    }

    /// Reads `cora/cora.content` and `cora/cora.cites` of a data folder: papers in the order of the file, features 0
    /// and 1, float32.
    ///
    /// @throws DataException when a file is missing, malformed or not that of Cora
    public static GraphData load(Path dataFolder) {
        List<Path> files = FILES.present(dataFolder);
        GraphData graph = LinqsFiles.read("cora", files.get(0), files.get(1), CLASSES, WORDS);
        if (graph.nodes().size() != PAPERS) {
            throw new DataException(
                    files.getFirst() + " holds " + graph.nodes().size() + " papers; Cora has " + PAPERS);
        }
        return graph;
    }

    /// The public split of Yang, Cohen and Salakhutdinov (2016), 'Planetoid', on which graph networks are compared: 140
    /// papers to train with, 20 of each class, 500 to validate, 1000 to test; 1068 are in no part.
    ///
    /// Planetoid numbers the papers its own way and gives no ids. The table of ids here was made by matching words,
    /// classes and citations of both publications, which agree in all of them. 25 papers have a twin with the same
    /// words, class and neighbours; which of the twins is meant cannot be told and makes no difference.
    ///
    /// @throws DataException when the graph is not Cora
    public static Parts planetoid(GraphData graph) {
        Map<String, Integer> rows = new HashMap<>();
        for (String id : graph.ids()) {
            rows.put(id, rows.size());
        }
        Map<String, List<Integer>> parts = new HashMap<>();
        for (String line : planetoidLines()) {
            String[] words = line.split(" ", -1);
            for (int i = 1; i < words.length; i++) {
                Integer row = rows.get(words[i]);
                if (row == null) {
                    throw new DataException("graph " + graph.nodes().name() + " has no paper " + words[i]
                            + ": Planetoid's split is one of Cora");
                }
                parts.computeIfAbsent(words[0], _ -> new ArrayList<>()).add(row);
            }
        }
        return new Parts(view(graph, parts, "train"), view(graph, parts, "validation"), view(graph, parts, "test"));
    }

    /// A split in Planetoid's manner but with papers of this stream: 20 of each class, then 500 and 1000 of the others.
    /// Scores on it are not those on the public split.
    public static Parts likePlanetoid(GraphData graph, RandomStream stream) {
        return Splitting.stratified(graph.nodes(), stream).intoCountsWithEqualClasses(20, 500, 1000);
    }

    private static Dataset view(GraphData graph, Map<String, List<Integer>> parts, String part) {
        return graph.nodes()
                .rows(parts.getOrDefault(part, List.of()).stream().mapToInt(Integer::intValue).toArray());
    }

    /// Lines of a part's name and ids of its papers, in Planetoid's order.
    private static List<String> planetoidLines() {
        try (InputStream table = Objects.requireNonNull(Cora.class.getResourceAsStream("cora-planetoid.txt"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(table, StandardCharsets.US_ASCII))) {
            return lines.readAllLines();
        } catch (IOException e) {
            throw new UncheckedIOException("cora-planetoid.txt cannot be read from the program's own files", e);
        }
    }
}
