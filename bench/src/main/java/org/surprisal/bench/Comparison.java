package org.surprisal.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.surprisal.bench.harness.Harness;
import org.surprisal.bench.harness.MachineLoad;
import org.surprisal.bench.harness.Outcome;
import org.surprisal.bench.harness.OutcomeJson;
import org.surprisal.bench.harness.OutcomeTable;
import org.surprisal.bench.harness.Workload;
import org.surprisal.bench.page.SpeedFigure;
import org.surprisal.bench.page.SpeedRecord;
import org.surprisal.cli.Console;
import org.surprisal.cli.ExitCode;
import org.surprisal.cli.UsageException;
import org.surprisal.report.Figure;
import org.surprisal.report.FigureFiles;
import org.surprisal.settings.NearestName;
import org.surprisal.study.Host;

/// `--against`: workloads in turns with a peer.
///
/// @param console   where the table goes
/// @param harness   that measures
/// @param provenance of the peer, by name
record Comparison(Console console, Harness harness, Map<String, Object> provenance) {
    /// Measures these workloads and prints a line of each as soon as it is done.
    ///
    /// @param commands start-up times, as results have them
    /// @param json     the file for results; null for none
    /// @param folder   for the figure; null for none
    /// @return the exit code: 1 where a workload could not be measured or its sides disagreed; a target that is missed
    /// fails nothing
    /// @throws IOException when a file cannot be written
    int run(List<Workload> workloads, List<Map<String, Object>> commands, @Nullable Path json, @Nullable Path folder)
            throws IOException {
        Instant began = Instant.now();
        double before = MachineLoad.now();
        MachineLoad.warning(before).ifPresent(text -> console.err().println("surprisal: warning: " + text));
        console.out().print(OutcomeTable.head());
        List<Outcome> outcomes = new ArrayList<>();
        for (Workload workload : workloads) {
            Outcome outcome = harness.measure(workload);
            console.out().print(OutcomeTable.of(outcome));
            outcomes.add(outcome);
        }
        MachineLoad machine = new MachineLoad(Host.current(), before, MachineLoad.now(), began);
        console.out().println(OutcomeTable.machine(machine));
        Map<String, Object> record = json(machine, commands, outcomes);
        if (json != null) {
            JsonFile.write(json, record);
        }
        if (folder != null) {
            draw(SpeedFigure.of(SpeedRecord.of(record)), folder);
        }
        return outcomes.stream().allMatch(Outcome::isSound) ? ExitCode.DONE : ExitCode.FAILED;
    }

    private Map<String, Object> json(MachineLoad machine, List<Map<String, Object>> commands,
            List<Outcome> outcomes) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("machine", machine.json());
        json.put("peer", provenance);
        json.put("rounds", harness.rounds().count());
        json.put("blockSeconds", harness.rounds().blockSeconds());
        json.put("warmUpSeconds", harness.rounds().warmUpSeconds());
        json.put("attempts", harness.attempts());
        json.put("commands", commands);
        json.put("outcomes", outcomes.stream().map(OutcomeJson::of).toList());
        return json;
    }

    private void draw(Optional<Figure> figure, Path folder) throws IOException {
        if (figure.isPresent()) {
            FigureFiles.write(figure.get(), folder).forEach(file -> console.out().println(file));
        }
    }

    /// The workloads of these names, in their order; all where none is named.
    ///
    /// @throws UsageException for a name that is no workload's
    static List<Workload> chosen(List<String> names, List<Workload> workloads) {
        if (names.isEmpty()) {
            return workloads;
        }
        List<String> known = workloads.stream().map(Workload::name).toList();
        List<Workload> chosen = new ArrayList<>();
        for (String name : names) {
            int i = known.indexOf(name);
            if (i < 0) {
                throw new UsageException(
                        "unknown workload '" + name + "'" + NearestName.advice(name, known, "workloads"));
            }
            chosen.add(workloads.get(i));
        }
        return chosen;
    }
}
