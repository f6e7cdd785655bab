package org.surprisal.study;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// `metrics.csv`: one number a row, with the columns `step,epoch,layer,name,value,unit,case`.
///
/// Step, epoch, layer and case are empty where they have no meaning; a case is `name=value name=value` ([Case]). Values
/// are written with as many digits as give the same double back. There is no time of day in the file, and each row
/// reaches the operating system as soon as it is added: a killed process loses none, at worst the last row is cut.
final class MetricsFile implements Closeable {
    static final String HEADER = "step,epoch,layer,name,value,unit,case";
    private static final int COLUMNS = 7;

    private final FileChannel channel;
    private final BufferedWriter writer;

    private MetricsFile(FileChannel channel) {
        this.channel = channel;
        this.writer = new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8));
    }

    /// Starts a new file.
    ///
    /// @throws java.nio.file.FileAlreadyExistsException if there is one
    static MetricsFile create(Path file) throws IOException {
        MetricsFile metrics = new MetricsFile(
                claimed(file, FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)));
        metrics.line(HEADER);
        return metrics;
    }

    /// Goes on with a file after its first bytes; what lies behind them is forgotten.
    ///
    /// @param length bytes to be kept, as [#length] gave them; 0 starts anew
    /// @throws IOException with one line, if another process writes the file, or it is shorter
    static MetricsFile resume(Path file, long length) throws IOException {
        FileChannel channel = claimed(file, FileChannel.open(file, StandardOpenOption.WRITE));
        if (channel.size() < length) {
            channel.close();
            throw new IOException(file + " is damaged: it has lost rows that the checkpoint knows of");
        }
        channel.truncate(length);
        channel.position(length);
        MetricsFile metrics = new MetricsFile(channel);
        if (length == 0) {
            metrics.line(HEADER);
        }
        return metrics;
    }

    /// The lock goes with the process, however it ends.
    private static FileChannel claimed(Path file, FileChannel channel) throws IOException {
        boolean free;
        try {
            free = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            free = false;
        }
        if (!free) {
            channel.close();
            throw new IOException(file + " is being written by a run that goes on");
        }
        return channel;
    }

    /// Bytes so far.
    synchronized long length() throws IOException {
        return channel.position();
    }

    synchronized void add(Metric metric) throws IOException {
        line(String.join(",",
                metric.step().isPresent() ? Long.toString(metric.step().getAsLong()) : "",
                metric.epoch().isPresent() ? Integer.toString(metric.epoch().getAsInt()) : "",
                metric.layer(), metric.name(), Double.toString(metric.value()), metric.unit(),
                metric.in().toString()));
    }

    private void line(String text) throws IOException {
        writer.write(text);
        writer.write('\n');
        writer.flush();
    }

    @Override
    public synchronized void close() throws IOException {
        writer.close();
    }

    /// The rows of a file. A last row without its line end was cut by a kill and is left out.
    ///
    /// @throws IOException with one line naming file and line, if it is damaged
    static List<Metric> read(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        List<String> lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        if (lines.isEmpty() || !lines.getFirst().equals(HEADER)) {
            throw new IOException(file + ", line 1: the header must be " + HEADER);
        }
        List<Metric> metrics = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            try {
                metrics.add(parse(lines.get(i)));
            } catch (IllegalArgumentException e) {
                throw new IOException(file + ", line " + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        return metrics;
    }

    private static Metric parse(String line) {
        String[] cells = line.split(",", -1);
        if (cells.length != COLUMNS) {
            throw new IllegalArgumentException(cells.length + " columns, not " + COLUMNS);
        }
        return new Metric(cells[0].isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(cells[0])),
                cells[1].isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(cells[1])), cells[2],
                cells[3], Double.parseDouble(cells[4]), cells[5], Case.parse(cells[6]));
    }
}
