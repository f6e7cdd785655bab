package org.surprisal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.study.Studies;

/// A run folder and a command's words are the same whatever the locale of the machine: a comma for the decimal point
/// (de), an i without a dot (tr), other digits (ar-EG).
class LocaleTest {
    private static final List<Locale> LOCALES = List.of(Locale.ROOT, Locale.GERMANY, Locale.of("tr", "TR"),
            Locale.of("ar", "EG"));

    @TempDir
    private Path folder;

    private static CommandRun under(Locale locale, String... arguments) {
        Locale before = Locale.getDefault();
        Locale.setDefault(locale);
        try {
            return CommandRun.of(Studies.builtIn(), arguments);
        } finally {
            Locale.setDefault(before);
        }
    }

    /// All files except run.json, which holds times; in the report they are replaced.
    private static SortedMap<String, String> files(Path run) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(run)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = run.relativize(file).toString();
                if (!name.equals("run.json")) {
                    String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                    files.put(name, name.equals("report.html")
                            ? content.replaceAll("<dd>(\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z|[0-9.]+ (ms|s|min))</dd>",
                                    "<dd>time</dd>")
                            : content);
                }
            }
        }
        return files;
    }

    @Test
    void aRunFolderIsTheSameInEveryLocale() throws IOException {
        SortedMap<String, String> expected = new TreeMap<>();
        for (Locale locale : LOCALES) {
            Path run = folder.resolve("run-" + locale.toLanguageTag());
            CommandRun made = under(locale, "run", "quickstart", "--out", run.toString(), "--quiet", "--seed", "3",
                    "--set",
                    "width=16", "--set", "depth=4", "--set", "distribution-layers=1", "--set", "epochs=1", "--set",
                    "train-samples=128", "--set", "mc-samples=20", "--set", "sigma-w2=1.5");
            assertThat(made.code()).as(made.err()).isZero();
            if (expected.isEmpty()) {
                expected.putAll(files(run));
                assertThat(expected).containsKeys("metrics.csv", "report.html");
            } else {
                SortedMap<String, String> found = files(run);
                assertThat(found.keySet()).isEqualTo(expected.keySet());
                expected.forEach((name, content) -> assertThat(content.equals(found.get(name)))
                        .as("%s under %s", name, locale).isTrue());
            }
        }
    }

    @Test
    void commandsSayTheSameInEveryLocale() {
        for (String words : new String[]{"theory phase-diagram --sigma-w2 1,2,2 --sigma-b2 0.05,0.1,2",
                "theory critical --activation TANH --sigma-b2 0.05",
                "theory fixed-point --activation SIGMOID --sigma-w2 1.5 --sigma-b2 0.05",
                "ising --size 4 --temperature 2.5 --sweeps 64 --algorithm MULTISPIN", "ising --size 1 --temperature 2",
                "theory fixed-point --activation relu --sigma-w2 2.5 --sigma-b2 0.1", "list estimators",
                "run quickstart --set depth=1"}) {
            CommandRun expected = under(Locale.ROOT, words.split(" "));
            for (Locale locale : LOCALES) {
                assertThat(under(locale, words.split(" "))).as("%s under %s", words, locale).isEqualTo(expected);
            }
        }
    }
}
