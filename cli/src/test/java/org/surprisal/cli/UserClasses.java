package org.surprisal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.surprisal.study.Studies;

/// A class of a user, compiled, with the file that names it to the service loader, in a folder on the class path.
///
/// @param folder of both
public record UserClasses(Path folder) {
    /// The source of a class that a document shows as an example, with its imports.
    public static String documented(String document, String name) throws IOException {
        Matcher example = Pattern.compile("(?s)```java\n(import [^`]*class " + name + ".*?)```")
                .matcher(Files.readString(Path.of("..", "docs", document)));
        assertThat(example.find()).as("%s has an example %s", document, name).isTrue();
        return example.group(1);
    }

    /// Compiles a source.
    ///
    /// @param folder  into which source and classes are written
    /// @param service the interface that the class implements
    public static UserClasses of(Path folder, String name, String source, String service) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Path file = Files.writeString(folder.resolve(name + ".java"), source);
        String classPath = System.getProperty("jdk.module.path", "") + File.pathSeparator
                + System.getProperty("java.class.path", "");
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", "-cp", classPath, "-d",
                classes.toString(), file.toString())).isZero();
        return named(classes, name, service);
    }

    /// A folder in which a class is named, whether or not it is there.
    static UserClasses named(Path folder, String name, String service) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(service), name + "\n");
        return new UserClasses(folder);
    }

    /// A command line with the classes on the class path.
    public CommandRun run(String... arguments) throws IOException {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(new URL[]{folder.toUri().toURL()},
                UserClasses.class.getClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            return CommandRun.of(Studies.builtIn(), arguments);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
