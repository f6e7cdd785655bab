package org.surprisal.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every Java example of the documents and doc comments compiles, in the company of a few named variables.
class DocumentationExamplesTest {
    private static final Path ROOT = Path.of("..");

    private static final String BEFORE = """
            import java.nio.file.Path;
            import java.util.*;
            import org.surprisal.tensor.*;
            import org.surprisal.tensor.Window.Span;
            import org.surprisal.data.*;
            import org.surprisal.data.fetch.*;
            import org.surprisal.data.file.*;
            import org.surprisal.data.format.*;
            import org.surprisal.data.image.*;
            import org.surprisal.data.sets.*;
            import org.surprisal.data.transform.*;
            import org.surprisal.network.*;
            import org.surprisal.network.architecture.*;
            import org.surprisal.network.curvature.*;
            import org.surprisal.network.dag.*;
            import org.surprisal.network.initialisation.*;
            import org.surprisal.network.layer.*;
            import org.surprisal.network.loss.*;
            import org.surprisal.network.metric.*;
            import org.surprisal.network.optimiser.*;
            import org.surprisal.network.perceptron.*;
            import org.surprisal.network.probe.*;
            import org.surprisal.network.training.*;
            import static org.surprisal.tensor.ElementType.*;
            import org.surprisal.information.*;
            import org.surprisal.information.statistics.*;
            import org.surprisal.study.dataset.*;
            import org.surprisal.theory.bottleneck.*;
            import org.surprisal.theory.meanfield.*;
            class ExampleNUMBER {
                void example(Dataset train, Dataset test, Batch samples, RandomStream stream, Loss loss,
                        Given given) throws Exception {
            """;
    /// What an example may take for granted, where it uses and does not declare it.
    private static final List<String> GIVEN = List.of("Network network", "Trainer trainer", "Dataset data",
            "Parts parts", "Initialisation xavier", "LstmCell cell", "Tensor letter", "Layer convolution1",
            "Layer convolution2");

    private static final Pattern PUBLIC_CLASS = Pattern.compile("public final class (\\w+)");

    @TempDir
    private static Path classes;

    private record Example(Path file, int line, String code) {}

    @TestFactory
    Stream<DynamicTest> examplesCompile() throws IOException {
        List<Example> examples = new ArrayList<>();
        try (Stream<Path> files = Files.walk(ROOT, 12)) {
            for (Path file : files.filter(DocumentationExamplesTest::isSource).sorted().toList()) {
                examples.addAll(examples(file));
            }
        }
        assertThat(examples).as("examples in the README and the doc comments").hasSizeGreaterThan(3);
        return examples.stream().map(example -> DynamicTest.dynamicTest(
                ROOT.relativize(example.file()) + ":" + example.line(), () -> assertThat(errors(example)).isEmpty()));
    }

    private static boolean isSource(Path file) {
        String path = file.toString().replace('\\', '/');
        return !path.contains("/target/") && !path.contains("/.git/")
                && (path.endsWith(".md") || (path.endsWith(".java") && path.contains("/src/main/")));
    }

    private static List<Example> examples(Path file) throws IOException {
        List<Example> examples = new ArrayList<>();
        StringBuilder code = new StringBuilder();
        int start = 0;
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (file.toString().endsWith(".java")) {
                line = line.startsWith("///") ? line.substring(3).strip() : "";
            }
            if (line.equals("```java")) {
                start = i + 1;
                code.setLength(0);
            } else if (line.startsWith("```") && start > 0) {
                examples.add(new Example(file, start, code.toString()));
                start = 0;
            } else if (start > 0) {
                code.append(line).append('\n');
            }
        }
        return examples;
    }

    /// An example that begins with its imports is a class of its own; others are statements.
    private static String source(Example example) {
        if (example.code().startsWith("import ")) {
            return example.code();
        }
        StringBuilder given = new StringBuilder();
        for (String variable : GIVEN) {
            String name = variable.substring(variable.indexOf(' ') + 1);
            if (example.code().matches("(?s).*\\b" + name + "\\b.*")
                    && !example.code().matches("(?s).*\\w>? " + name + " =.*")) {
                given.append(given.isEmpty() ? "" : ", ").append(variable);
            }
        }
        return BEFORE.replace("NUMBER", Integer.toString(example.line())).replace("Given given",
                given.isEmpty() ? "int n" : given)
                + example.code() + "}}";
    }

    private static String errors(Example example) {
        String source = source(example);
        String classPath = System.getProperty("jdk.module.path", "") + java.io.File.pathSeparator
                + System.getProperty("java.class.path", "");
        StringWriter output = new StringWriter();
        Matcher named = PUBLIC_CLASS.matcher(source);
        String name = named.find() ? named.group(1) : "Example" + example.line();
        JavaFileObject unit = new SimpleJavaFileObject(URI.create("string:///" + name + ".java"),
                JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        boolean compiled = ToolProvider.getSystemJavaCompiler().getTask(output, null, null,
                List.of("-proc:none", "-d", classes.toString(), "-cp", classPath), null, List.of(unit)).call();
        return compiled ? "" : String.format(Locale.ROOT, "%s:%d%n%s", example.file(), example.line(), output);
    }
}
