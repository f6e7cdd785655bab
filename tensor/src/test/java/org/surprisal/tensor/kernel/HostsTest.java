package org.surprisal.tensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.tensor.Machine;

/// The native product in every kind of host: each test starts a process that says what computes its products.
class HostsTest {
    private static final String VECTOR = "--add-modules=jdk.incubator.vector";
    private static final String NATIVE = "--enable-native-access=ALL-UNNAMED";
    private static final String ONEDNN = "products: oneDNN 3.11 dnnl_sgemm";

    private static final String PROGRAM = """
            public class Program {
                public static void main(String[] arguments) {
                    System.out.println("products: " + org.surprisal.tensor.Machine.current().products());
                }
            }
            """;

    @TempDir
    private Path folder;
    private Path classes = Path.of("");
    private Path jar = Path.of("");

    @BeforeEach
    void find() throws Exception {
        OneDnnFiles files;
        try {
            files = OneDnnFiles.ofThisPlatform();
        } catch (IOException e) {
            assumeTrue(false, e.getMessage());
            return;
        }
        Optional<URL> source = ResourceSearch.find(OneDnn.class, files.resource(files.library()), "dnnl");
        assumeTrue(source.isPresent(), "the class path has no " + files.coordinates());
        jar = Path.of(((JarURLConnection) source.get().openConnection()).getJarFileURL().toURI());
        classes = Path.of(Machine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /// Both jars in one folder.
    private Path folderOfJars() throws IOException {
        Path lib = Files.createDirectory(folder.resolve("lib"));
        Files.copy(jar, lib.resolve(jar.getFileName()));
        if (Files.isRegularFile(classes)) {
            Files.copy(classes, lib.resolve("tensor.jar"));
        } else {
            assertThat(ToolProvider.findFirst("jar").orElseThrow().run(System.out, System.err, "--create", "--file",
                    lib.resolve("tensor.jar").toString(), "-C", classes.toString(), ".")).isZero();
        }
        return lib;
    }

    private void assumeModule() {
        assumeTrue(Files.exists(classes.resolve("module-info.class")) || Files.isRegularFile(classes),
                "the classes were compiled without their module descriptor");
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    private Path program(String text) throws IOException {
        return Files.writeString(folder.resolve("Program.java"), text);
    }

    /// Runs a command with the user's cache, so that nothing needs to be unpacked.
    private List<String> output(List<String> command, String input) throws Exception {
        return output(command, input, Map.of());
    }

    private List<String> output(List<String> command, String input, Map<String, String> environment) throws Exception {
        Path in = Files.writeString(folder.resolve("in"), input);
        Path out = folder.resolve("out");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectInput(in.toFile())
                .redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("ends within two minutes").isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readAllLines(out);
    }

    private List<String> java(String text, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(tool("java"), "-Xmx256m", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(options));
        command.add(program(text).toString());
        return output(command, "");
    }

    @Test
    void productIsNativeOnTheClassPath() throws Exception {
        assertThat(java(PROGRAM, VECTOR, NATIVE, "-cp", classes + File.pathSeparator + jar)).contains(ONEDNN);
    }

    @Test
    void productIsNativeOnTheModulePath() throws Exception {
        assumeModule();
        assertThat(java(PROGRAM, "-p", classes + File.pathSeparator + jar, "--add-modules=org.surprisal.tensor",
                "--enable-native-access=org.surprisal.tensor")).contains(ONEDNN);
    }

    @Test
    void productIsNativeWhereTheModulePathNamesAFolderOfJars() throws Exception {
        assumeModule();
        assertThat(java(PROGRAM, "-p", folderOfJars().toString(), "--add-modules=org.surprisal.tensor",
                "--enable-native-access=org.surprisal.tensor")).contains(ONEDNN);
    }

    @Test
    void productIsNativeInALocalJshell() throws Exception {
        List<String> command = List.of(tool("jshell"), "--execution", "local", "-J" + VECTOR, "-J" + NATIVE,
                "-J-XX:TieredStopAtLevel=1", "--class-path", classes + File.pathSeparator + jar, "-s", "-");
        assertThat(output(command,
                "System.out.println(\"products: \" + org.surprisal.tensor.Machine.current().products());\n/exit\n"))
                .contains(ONEDNN);
    }

    /// As build tools and application servers load a program.
    @Test
    void productIsNativeInAHostWithAClassLoaderOfItsOwn() throws Exception {
        assertThat(
                java("""
                        import java.net.*;
                        import java.nio.file.Path;
                        public class Program {
                            public static void main(String[] arguments) throws Exception {
                                URL[] urls = {Path.of("%s").toUri().toURL(), Path.of("%s").toUri().toURL()};
                                ClassLoader platform = ClassLoader.getPlatformClassLoader();
                                ClassLoader loader = new URLClassLoader("host", urls, platform);
                                Class<?> type = loader.loadClass("org.surprisal.tensor.Machine");
                                Object machine = type.getMethod("current").invoke(null);
                                Object products = type.getMethod("products").invoke(machine);
                                System.out.println("products: " + products);
                            }
                        }
                        """
                        .formatted(classes, jar), VECTOR, NATIVE))
                .contains(ONEDNN);
    }

    /// A layer that a host makes has no path in a system property: the jar lies beside that of the library.
    @Test
    void productIsNativeInAModuleLayerOfAHost() throws Exception {
        assumeModule();
        Path lib = folderOfJars();
        assertThat(java("""
                import java.lang.module.*;
                import java.nio.file.Path;
                import java.util.*;
                public class Program {
                    public static void main(String[] arguments) throws Exception {
                        Configuration parent = ModuleLayer.boot().configuration();
                        Configuration resolved = parent.resolve(ModuleFinder.of(Path.of("%s")), ModuleFinder.of(),
                                Set.of("org.surprisal.tensor"));
                        ModuleLayer layer = ModuleLayer.boot().defineModulesWithManyLoaders(resolved, null);
                        Object machine = layer.findLoader("org.surprisal.tensor")
                                .loadClass("org.surprisal.tensor.Machine").getMethod("current").invoke(null);
                        System.out.println("products: " + machine.getClass().getMethod("products").invoke(machine));
                    }
                }
                """.formatted(lib), VECTOR, NATIVE)).contains(ONEDNN);
    }

    @Test
    void warningNamesTheMissingDependency() throws Exception {
        String why = "org/bytedeco/dnnl/" + OneDnnFiles.ofThisPlatform().platform() + "/"
                + OneDnnFiles.ofThisPlatform().openMp().name()
                + " is neither on the class path nor on the module path: add the dependency "
                + OneDnnFiles.ofThisPlatform().coordinates();
        assertThat(java(PROGRAM, VECTOR, NATIVE, "-cp", classes.toString()))
                .contains("products: plain (" + why + ")",
                        "WARNING: matrix products use the plain loop, several times slower: " + why);
    }

    /// A library with zeros in it kills the process that loads it, so it must not be loaded.
    @Test
    void damagedLibraryInTheCacheIsUnpackedAnew() throws Exception {
        OneDnnFiles files = OneDnnFiles.ofThisPlatform();
        Path cache = Files.createDirectory(folder.resolve("cache"));
        List<String> command = List.of(tool("java"), "-Xmx256m", VECTOR, NATIVE, "-cp",
                classes + File.pathSeparator + jar, program(PROGRAM).toString());
        Map<String, String> environment = Map.of("XDG_CACHE_HOME", cache.toString());
        assertThat(output(command, "", environment)).contains(ONEDNN);
        Path library;
        try (var found = Files.find(cache, 9, (path, _) -> path.endsWith(files.library().name()))) {
            library = found.findFirst().orElseThrow();
        }
        long length = Files.size(library);
        try (FileChannel channel = FileChannel.open(library, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(8 << 20), length / 2);
        }

        assertThat(output(command, "", environment)).contains(ONEDNN);
        assertThat(library).hasSize(length);
    }
}
