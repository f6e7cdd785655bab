package org.surprisal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Dependencies between packages of one module, read from the imports of sources. The module descriptors hold the
/// dependencies between modules.
class PackageDependenciesTest {

    /// The packages of each module: each depends only on packages before it.
    private static final Map<String, List<String>> ORDER = Map.ofEntries(
            Map.entry("tensor", List.of("tensor.digest", "tensor.kernel", "tensor")),
            Map.entry("settings", List.of("settings")),
            Map.entry("theory", List.of("theory.bottleneck", "theory.ising", "theory.meanfield")),
            Map.entry("data",
                    List.of("data", "data.internal", "data.transform", "data.file", "data.image", "data.fetch",
                            "data.format", "data.sets")),
            Map.entry("network",
                    List.of("network", "network.internal", "network.metric", "network.initialisation", "network.layer",
                            "network.loss", "network.optimiser", "network.training", "network.probe",
                            "network.curvature", "network.architecture", "network.dag", "network.perceptron")),
            Map.entry("information",
                    List.of("information.internal", "information.neighbour", "information",
                            "information.column",
                            "information.pairwise", "information.statistics", "information.counts",
                            "information.mutual", "information.automatic",
                            "information.entropy", "information.conditional", "information.noisy",
                            "information.task")),
            Map.entry("estimate", List.of("estimate")), Map.entry("report", List.of("report.canvas", "report")),
            Map.entry("study",
                    List.of("study.dataset", "study", "study.engine", "study.measure", "study.images", "study.depth",
                            "study.relativeentropy", "study.autoencoder", "study.biasvariance",
                            "study.bottleneck", "study.controls", "study.depthandrate", "study.estimatorbenchmark",
                            "study.experiment",
                            "study.knowntruths", "study.layercutting",
                            "study.trainability")),
            Map.entry("gallery", List.of("gallery")),
            Map.entry("cli", List.of("cli", "cli.ising", "cli.measure", "cli.theory")),
            Map.entry("examples", List.of("examples")),
            Map.entry("bench", List.of("bench.harness", "bench.kernel", "bench.growth", "bench.page",
                    "bench.process", "bench.pytorch", "bench.workload", "bench")));

    /// Classes that may depend on later packages, each with its reason.
    private static final Map<String, String> EXCEPTIONS = Map.of("network.initialisation.Initialisation",
            "layers take an initialisation, and Initialisation.linear is the short form that makes one",
            "study.Studies", "lists all studies", "cli.Main", "puts all commands together", "cli.ListCommand",
            "lists what the commands of all packages know");

    private static final Pattern SOURCE = Pattern.compile("/src/main/java/org/surprisal/(.*)/(\\w+)\\.java$");
    private static final Pattern IMPORT = Pattern
            .compile("(?m)^import (static )?org\\.surprisal\\.([a-z][a-z0-9.]*)\\.([A-Z]\\w*)");

    @Test
    void packagesOfAModuleDependInOneDirection() throws IOException {
        List<String> faults = new ArrayList<>();
        for (Path file : SourceFiles.of("src/main/java")) {
            Matcher source = SOURCE.matcher(file.toString().replace('\\', '/'));
            if (source.find() && !source.group(2).equals("package-info")) {
                check(file, source.group(1).replace('/', '.'), source.group(2), faults);
            }
        }
        assertThat(faults).as("dependencies against the order of the packages").isEmpty();
    }

    private static void check(Path file, String from, String type, List<String> faults) throws IOException {
        List<String> order = order(from);
        if (!order.contains(from)) {
            faults.add(file + ": the package " + from + " has no place in the order of its module");
            return;
        }
        String text = Files.readString(file);
        String code = text.replaceAll("(?m)^import .*$|^\\s*//.*$", "");
        Matcher imported = IMPORT.matcher(text);
        while (imported.find()) {
            String to = imported.group(2);
            boolean used = imported.group(1) != null || code.matches("(?s).*\\b" + imported.group(3) + "\\b.*");
            if (used && order.contains(to) && order.indexOf(to) > order.indexOf(from)
                    && !EXCEPTIONS.containsKey(from + "." + type)) {
                faults.add(file + ": " + from + " must not depend on " + to + " (" + imported.group(3) + ")");
            }
        }
    }

    private static List<String> order(String name) {
        return ORDER.getOrDefault(name.replaceFirst("\\..*", ""), List.of());
    }
}
