package org.surprisal.study.experiment;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import javax.imageio.ImageIO;
import org.surprisal.data.format.Npz;
import org.surprisal.study.RunFolder;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// Files such as users bring, drawn from a seed: what each class looks like can be learnt.
final class UserFiles {
    private UserFiles() {
    }

    /// Three clouds in four dimensions.
    static void table(Path file) throws IOException {
        StringBuilder text = new StringBuilder("a,b,c,d,species\n");
        RandomStream stream = RandomStream.seeded(1);
        for (int i = 0; i < 120; i++) {
            int kind = i % 3;
            for (int j = 0; j < 4; j++) {
                text.append(String.format(Locale.ROOT, "%.4f,",
                        10 * j + (j == kind ? 3 : 0) + 0.7 * stream.nextGaussian()));
            }
            text.append(new String[]{"setosa", "versicolor", "virginica"}[kind]).append('\n');
        }
        Files.writeString(file, text);
    }

    /// The same clouds as arrays.
    static void arrays(Path file) {
        RandomStream stream = RandomStream.seeded(1);
        double[] x = new double[90 * 2];
        double[] y = new double[90];
        double[] values = new double[90];
        for (int i = 0; i < 90; i++) {
            y[i] = i % 3;
            x[2 * i] = y[i] * 3 + 0.5 * stream.nextGaussian();
            x[2 * i + 1] = 0.5 * stream.nextGaussian();
            values[i] = 2 * x[2 * i] - x[2 * i + 1] + 1;
        }
        SequencedMap<String, Tensor> arrays = new LinkedHashMap<>();
        arrays.put("x", Tensor.of(x, 90, 2));
        arrays.put("y", Tensor.of(y));
        arrays.put("value", Tensor.of(values));
        Npz.write(file, arrays);
    }

    /// Circles and bars of several sizes.
    static void images(Path root) throws IOException {
        RandomStream stream = RandomStream.seeded(2);
        for (String kind : new String[]{"bars", "circles"}) {
            Files.createDirectories(root.resolve(kind));
            for (int i = 0; i < 120; i++) {
                int side = 24 + stream.nextInt(16);
                BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
                Graphics2D graphics = image.createGraphics();
                graphics.setColor(Color.WHITE);
                int size = 8 + stream.nextInt(8);
                int at = stream.nextInt(side - size);
                if (kind.equals("bars")) {
                    graphics.fillRect(at, 0, 4, side);
                } else {
                    graphics.fillOval(at, stream.nextInt(side - size), size, size);
                }
                graphics.dispose();
                ImageIO.write(image, "png", root.resolve(kind).resolve(i + ".png").toFile());
            }
        }
    }

    /// Two clubs of 30: friends are mostly within a club, features say little.
    static void graph(Path nodes, Path edges) throws IOException {
        RandomStream stream = RandomStream.seeded(3);
        StringBuilder people = new StringBuilder("age,height,club\n");
        for (int i = 0; i < 60; i++) {
            double lean = i < 30 ? 0.6 : -0.6;
            people.append(String.format(Locale.ROOT, "%.3f,%.3f,%s%n", lean + stream.nextGaussian(),
                    stream.nextGaussian(), i < 30 ? "chess" : "rowing"));
        }
        Files.writeString(nodes, people);
        StringBuilder friends = new StringBuilder("from,to\n");
        for (int i = 0; i < 60; i++) {
            for (int j = i + 1; j < 60; j++) {
                if (stream.nextDouble() < (i / 30 == j / 30 ? 0.25 : 0.02)) {
                    friends.append(i).append(',').append(j).append('\n');
                }
            }
        }
        Files.writeString(edges, friends);
    }

    /// The numbers of a quantity, in the order of the run's metrics.csv.
    static List<Double> numbers(RunFolder run, String quantity) throws IOException {
        List<String> lines = Files.readAllLines(run.path().resolve("metrics.csv"));
        int column = List.of(lines.getFirst().split(",", -1)).indexOf("quantity");
        return lines.stream().skip(1).map(line -> line.split(",", -1)).filter(cells -> cells[column].equals(quantity))
                .map(cells -> Double.valueOf(cells[column + 1])).toList();
    }
}
