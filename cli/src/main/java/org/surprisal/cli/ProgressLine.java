package org.surprisal.cli;

import java.util.Locale;
import java.util.function.LongSupplier;
import org.surprisal.settings.MessageText;
import org.surprisal.study.Progress;

/// Progress with rate and remaining time: one line written over in place on a terminal, else a line now and then.
public final class ProgressLine implements Progress, AutoCloseable {
    private static final long IN_PLACE_NANOS = 100_000_000L;
    private static final long SPARSE_NANOS = 15_000_000_000L;

    private final Console console;
    private final LongSupplier clock;
    private final long interval;
    private String phase = "";
    private long phaseStart;
    private long phaseDone;
    private long lastShown;
    private boolean lineOpen;

    public ProgressLine(Console console) {
        this(console, System::nanoTime);
    }

    /// @param clock nanoseconds
    ProgressLine(Console console, LongSupplier clock) {
        this.console = console;
        this.clock = clock;
        this.interval = console.terminal() ? IN_PLACE_NANOS : SPARSE_NANOS;
    }

    @Override
    public synchronized void at(String newPhase, long done, long total, String unit, String message) {
        long now = clock.getAsLong();
        boolean begins = !newPhase.equals(phase);
        if (begins) {
            phase = newPhase;
            phaseStart = now;
            phaseDone = done;
        }
        boolean ends = total > 0 && done >= total;
        if (!begins && !ends && now - lastShown < interval) {
            return;
        }
        lastShown = now;
        show(MessageText.line(line(now, done, total, unit, message)));
    }

    @Override
    public synchronized void warning(String message) {
        close();
        console.err().println("surprisal: warning: " + message);
    }

    /// Ends the line in place, so that what follows starts on one of its own.
    @Override
    public synchronized void close() {
        if (lineOpen) {
            console.err().print("\r" + TerminalStream.CLEAR_LINE);
            console.err().flush();
            lineOpen = false;
        }
    }

    /// What matters most comes first: a narrow terminal cuts the end.
    private String line(long now, long done, long total, String unit, String message) {
        double seconds = (now - phaseStart) / 1e9;
        double rate = seconds > 0 ? (done - phaseDone) / seconds : 0;
        StringBuilder text = new StringBuilder();
        if (total > 0) {
            text.append(String.format(Locale.ROOT, "%3d %%", 100 * done / total));
            if (rate > 0 && total > done) {
                text.append(", ").append(duration((total - done) / rate)).append(" left");
            }
            text.append(" | ");
        }
        text.append(phase);
        if (total > 0) {
            text.append(String.format(Locale.ROOT, " | %,d/%,d %s", done, total, unit));
        } else if (done > 0) {
            text.append(String.format(Locale.ROOT, " | %,d %s", done, unit));
        }
        if (rate > 0) {
            text.append(", ").append(number(rate)).append(' ').append(unit).append("/s");
        }
        if (!message.isEmpty()) {
            text.append(" | ").append(message);
        }
        return text.toString();
    }

    private void show(String line) {
        if (console.terminal()) {
            // A line that wraps could not be written over.
            int width = Math.max(1, console.columns() - 1);
            String fitting = line.length() > width ? line.substring(0, width) : line;
            console.err().print("\r" + fitting + TerminalStream.CLEAR_LINE);
            console.err().flush();
            lineOpen = true;
        } else {
            console.err().println(line);
        }
    }

    private static String number(double rate) {
        return String.format(Locale.ROOT, rate >= 100 ? "%,.0f" : rate >= 1 ? "%.1f" : "%.2g", rate);
    }

    /// A number of seconds in words: `12 min 30 s`.
    public static String duration(double seconds) {
        long s = Math.round(seconds);
        if (s < 60) {
            return s + " s";
        }
        return s < 3600 ? s / 60 + " min " + s % 60 + " s" : s / 3600 + " h " + s % 3600 / 60 + " min";
    }
}
