package org.surprisal.cli.measure;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.surprisal.cli.UsageException;
import org.surprisal.information.mutual.Discrete;
import org.surprisal.information.mutual.Variable;
import org.surprisal.information.task.Task;
import org.surprisal.information.task.Tasks;
import org.surprisal.settings.NearestName;
import org.surprisal.tensor.RandomStream;

/// Pairs drawn from a task whose information is known, instead of files: `--task ID`, or `--x task:ID`.
///
/// @param task that is drawn from
/// @param count pairs
/// @param x the first variable
/// @param y the second one
record TaskSample(Task task, int count, Variable x, Variable y) {
    private static final String PREFIX = "task:";
    private static final int USUAL = 10_000;
    private static final int MOST = 1_000_000;

    /// Finds the task that options name; empty if they name files.
    ///
    /// @param id after `--task`
    /// @throws UsageException if there is no such task, or options name files as well
    static Optional<Task> named(@Nullable String id, @Nullable String x, @Nullable String y, @Nullable String labels) {
        List<String> given = Stream.of(id == null ? null : PREFIX + id, x, y).filter(each -> each != null)
                .map(String::valueOf).distinct().toList();
        if (given.stream().noneMatch(each -> each.startsWith(PREFIX))) {
            return Optional.empty();
        }
        if (given.size() > 1 || labels != null) {
            throw new UsageException("a task has both X and Y: give --task ID alone, without files or another task");
        }
        String name = given.getFirst().substring(PREFIX.length());
        return Optional.of(Tasks.find(name).orElseThrow(() -> new UsageException("unknown task '" + name + "'"
                + NearestName.of(name, Tasks.all().stream().map(Task::id).toList())
                        .map(near -> "; did you mean '" + near + "'?")
                        .orElse("; 'surprisal list tasks' names them"))));
    }

    /// Draws from a task.
    ///
    /// @param count pairs; null for the usual number
    /// @param symbols whether whole rows are taken as symbols
    /// @throws UsageException if there are to be too many
    static TaskSample of(Task task, @Nullable Integer count, boolean symbols, RandomStream stream) {
        int n = count == null ? USUAL : count;
        if (n > MOST) {
            throw new UsageException("--sample " + n + ": must be at most " + MOST + " pairs of a task");
        }
        Task.Pairs drawn = task.draw(n, stream.child("task=" + task.id()));
        return symbols
                ? new TaskSample(task, n, Discrete.rows("x", drawn.x().values()),
                        Discrete.rows("y", drawn.y().values()))
                : new TaskSample(task, n, drawn.x(), drawn.y());
    }

    /// Adds what was drawn to the settings of an answer.
    void describe(Map<String, ? super Object> settings) {
        settings.put("task", task.id());
        settings.put("samples", count);
    }
}
