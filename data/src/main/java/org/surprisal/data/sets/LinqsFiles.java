package org.surprisal.data.sets;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.surprisal.data.DataException;
import org.surprisal.data.Dataset;
import org.surprisal.data.GraphData;
import org.surprisal.data.InMemory;
import org.surprisal.settings.MessageText;
import org.surprisal.tensor.Tensor;

/// Reader of citation graphs as the LINQS group published them (Sen et al. 2008, 'Collective classification in network
/// data').
///
/// A line of the content file is an id, a 0 or 1 for each word, and a class, between tabs. A line of the citation file
/// is the id of a cited paper and that of the citing one.
final class LinqsFiles {
    private final Path content;
    private final List<String> classNames;
    private final int words;
    private final List<String> ids = new ArrayList<>();
    private final Map<String, Integer> rows = new HashMap<>();
    private float[] features = new float[0];
    private float[] labels = new float[64];

    private LinqsFiles(Path content, List<String> classNames, int words) {
        this.content = content;
        this.classNames = classNames;
        this.words = words;
    }

    /// The graph of two files. Directions of citations are dropped.
    ///
    /// @param classNames the classes there may be, that of index 0 first
    /// @param words how many words a paper's line tells of
    /// @throws DataException when a file is missing or malformed
    static GraphData read(String name, Path content, Path citations, List<String> classNames, int words) {
        LinqsFiles papers = new LinqsFiles(content, classNames, words);
        forEachLine(content, papers::addPaper);
        int count = papers.ids.size();
        if (count == 0) {
            throw new DataException(content + " holds no paper");
        }
        Dataset nodes = InMemory.classification(name,
                Tensor.of(Arrays.copyOf(papers.features, count * words), count, words),
                Tensor.of(Arrays.copyOf(papers.labels, count)), classNames);
        List<int[]> edges = new ArrayList<>();
        forEachLine(citations, (number, line) -> edges.add(papers.citation(citations, number, line)));
        return GraphData.of(nodes, papers.ids, edges.stream().mapToInt(edge -> edge[0]).toArray(),
                edges.stream().mapToInt(edge -> edge[1]).toArray());
    }

    private void addPaper(int number, String line) {
        int first = line.indexOf('\t');
        int last = line.lastIndexOf('\t');
        long fields = 1 + line.chars().filter(c -> c == '\t').count();
        if (fields != words + 2) {
            throw new DataException(content + " line " + number + " has " + fields + " fields; an id, " + words
                    + " words and a class make " + (words + 2));
        }
        String id = line.substring(0, first);
        if (id.isEmpty() || rows.putIfAbsent(id, ids.size()) != null) {
            throw new DataException(content + " line " + number + ": paper '" + id + "' has "
                    + (id.isEmpty() ? "no id" : "the id of line " + (rows.getOrDefault(id, 0) + 1)));
        }
        int label = classNames.indexOf(line.substring(last + 1));
        if (label < 0) {
            throw new DataException(content + " line " + number + ": class '" + line.substring(last + 1)
                    + "' is none of " + MessageText.listed(classNames));
        }
        int row = ids.size();
        ids.add(id);
        if (row == labels.length) {
            labels = Arrays.copyOf(labels, 2 * row);
        }
        if (labels.length > features.length / words) {
            features = Arrays.copyOf(features, Math.multiplyExact(labels.length, words));
        }
        labels[row] = label;
        int at = first + 1;
        for (int word = 0; word < words; word++) {
            int end = line.indexOf('\t', at);
            char c = line.charAt(at);
            if (end != at + 1 || (c != '0' && c != '1')) {
                throw new DataException(content + " line " + number + ": word " + (word + 1) + " is '"
                        + line.substring(at, end) + "', not 0 or 1");
            }
            features[row * words + word] = c - '0';
            at = end + 1;
        }
    }

    private int[] citation(Path citations, int number, String line) {
        String[] ends = line.strip().split("\\s+", -1);
        if (ends.length != 2) {
            throw new DataException(citations + " line " + number + " is '" + line + "': a citation is two ids");
        }
        int[] edge = new int[2];
        for (int i = 0; i < 2; i++) {
            Integer row = rows.get(ends[i]);
            if (row == null) {
                throw new DataException(citations + " line " + number + ": paper '" + ends[i] + "' is not in "
                        + content.getFileName());
            }
            edge[i] = row;
        }
        if (edge[0] == edge[1]) {
            throw new DataException(citations + " line " + number + ": paper '" + ends[0] + "' cites itself");
        }
        return edge;
    }

    private interface Line {
        void read(int number, String text);
    }

    /// Lines are counted from 1.
    private static void forEachLine(Path file, Line reader) {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                reader.read(++number, line);
            }
        } catch (NoSuchFileException e) {
            throw new DataException(file + " does not exist", e);
        } catch (CharacterCodingException e) {
            throw new DataException(file + " is not UTF-8 text", e);
        } catch (IOException e) {
            throw DataException.about(file, "cannot be read", e);
        }
    }
}
