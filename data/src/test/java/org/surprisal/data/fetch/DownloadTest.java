package org.surprisal.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.data.DataException;
import org.surprisal.data.SharedData;
import org.surprisal.data.sets.Mnist;

/// Downloads from a server on the loopback address.
@Timeout(60)
class DownloadTest {
    private static final byte[] A = "the first file".getBytes(StandardCharsets.UTF_8);
    private static final byte[] B = new byte[300_000];
    private static final Duration PATIENCE = Duration.ofMillis(1500);

    @TempDir
    Path folder;

    private HttpServer server;
    private ExecutorService threads;
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

    DownloadTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        threads = Executors.newVirtualThreadPerTaskExecutor();
    }

    @BeforeEach
    void start() {
        server.setExecutor(threads);
        serve("/good/a.gz", 200, A);
        serve("/good/b.gz", 200, B);
        serve("/moved/", 302, A);
        serve("/broken/", 500, A);
        serve("/wrong/a.gz", 200, "the FIRST file".getBytes(StandardCharsets.UTF_8));
        serve("/endless/", 200, new byte[1 << 20]);
        server.createContext("/silent/", exchange -> {
            requests.add(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(200, A.length);
            exchange.getResponseBody().write(A, 0, 3);
            exchange.getResponseBody().flush();
            pause();
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        server.stop(0);
    }

    private static void pause() {
        try {
            Thread.sleep(Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(String path, int status, byte[] body) {
        server.createContext(path, (HttpExchange exchange) -> {
            String asked = exchange.getRequestURI().getPath();
            requests.add(asked);
            if (status == 302) {
                exchange.getResponseHeaders().add("Location", asked.replace("/moved/", "/good/"));
            }
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static RemoteFiles files(URI... mirrors) {
        return new RemoteFiles("set", List.of(new RemoteFiles.File("a.gz", A.length, sha256(A)),
                new RemoteFiles.File("b.gz", B.length, sha256(B))), List.of(mirrors));
    }

    private List<String> run(URI... mirrors) throws InterruptedException {
        return new Download(files(mirrors), folder, PATIENCE).run((file, done, total) -> {
        });
    }

    private List<String> present() throws IOException {
        Path set = folder.resolve("set");
        if (!Files.exists(set)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(set)) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void leftoverOfAKilledDownloadIsDeletedByTheNextOne() throws IOException, InterruptedException {
        Path left = Files.createDirectories(folder.resolve("set")).resolve(".unfinished-42.part");
        Files.write(left, new byte[1000]);

        assertThat(run(at("/good/"))).containsExactly("a.gz", "b.gz");

        assertThat(left).doesNotExist();
    }

    @Test
    void filesAreDownloadedOnceAndProgressIsTold() throws Exception {
        List<String> heard = new ArrayList<>();
        Download download = new Download(files(at("/none/")).from(at("/good")), folder);
        assertThat(download.run((file, done, total) -> heard.add(file + " " + done + "/" + total)))
                .containsExactly("a.gz", "b.gz");
        assertThat(heard).contains("a.gz 14/14", "b.gz 300000/300000");
        assertThat(Files.readAllBytes(folder.resolve("set/b.gz"))).isEqualTo(B);
        assertThat(present()).containsExactly("a.gz", "b.gz");
        requests.clear();
        assertThat(run(at("/good/"))).isEmpty();
        assertThat(requests).isEmpty();
    }

    @Test
    void redirectsAreFollowed() throws Exception {
        assertThat(run(at("/moved/"))).containsExactly("a.gz", "b.gz");
        assertThat(requests).contains("/moved/a.gz", "/good/a.gz");
    }

    @Test
    void theNextMirrorIsTriedWhenOneFails() throws Exception {
        assertThat(run(at("/broken/"), at("/wrong/"), at("/good/"))).containsExactly("a.gz", "b.gz");
        assertThat(requests).startsWith("/broken/a.gz", "/wrong/a.gz", "/good/a.gz");
        assertThat(Files.readAllBytes(folder.resolve("set/a.gz"))).isEqualTo(A);
    }

    @Test
    void aWrongSumLeavesNothingBehind() throws IOException {
        assertThatThrownBy(() -> run(at("/wrong/"))).isInstanceOf(DataException.class).hasMessageContainingAll("a.gz",
                "expected " + sha256(A), sha256("the FIRST file".getBytes(StandardCharsets.UTF_8)));
        assertThat(present()).isEmpty();
    }

    @Test
    void moreThanTheFilesSizeIsNotTaken() throws IOException {
        assertThatThrownBy(() -> run(at("/endless/"))).isInstanceOf(DataException.class)
                .hasMessageContaining("a.gz has more than its 14 bytes");
        assertThat(present()).isEmpty();
    }

    @Test
    void aServerThatFallsSilentIsGivenUp() throws IOException {
        assertThatThrownBy(() -> run(at("/silent/"))).isInstanceOf(DataException.class)
                .hasMessageContaining("silent for more than 1.5 s");
        assertThat(present()).isEmpty();
    }

    @Test
    void withoutANetworkTheErrorSaysWhatToGetWhereAndWhereToPutIt() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        URI nobody = URI.create("http://127.0.0.1:" + closed + "/x/");
        URI nowhere = URI.create("http://no-such-host.invalid/y/");
        assertThatThrownBy(() -> run(nobody, nowhere)).isInstanceOf(DataException.class).hasMessageContainingAll(
                "set: could not download a.gz", nobody + ": no connection", nowhere.toString(), "get a.gz, b.gz from",
                "put them in " + folder.resolve("set"));
    }

    @Test
    void aFileOfOtherContentIsReportedAndKept() throws Exception {
        Files.createDirectories(folder.resolve("set"));
        Files.writeString(folder.resolve("set/b.gz"), "mine");
        assertThatThrownBy(() -> run(at("/good/"))).isInstanceOf(DataException.class).hasMessageContainingAll("b.gz",
                sha256("mine".getBytes(StandardCharsets.UTF_8)), sha256(B), "move it away");
        assertThat(requests).isEmpty();
        assertThat(Files.readString(folder.resolve("set/b.gz"))).isEqualTo("mine");
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        Files.writeString(folder.resolve("set"), "a file");
        assertThatThrownBy(() -> run(at("/good/"))).isInstanceOf(DataException.class)
                .hasMessageContaining(folder.resolve("set") + " cannot be written to");
    }

    private static byte[] zip(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(packed)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                out.putNextEntry(new ZipEntry(file.getKey()));
                out.write(file.getValue());
            }
        }
        return packed.toByteArray();
    }

    @Test
    void filesAreTakenOutOfAnArchiveThatIsFetchedOnce() throws Exception {
        serve("/all.zip", 200, zip(Map.of("data/set/a.gz", A, "data/set/b.gz", B, "data/xa.gz", B, "../c.gz", B)));
        List<String> heard = new ArrayList<>();
        Download download = new Download(files(at("/broken/")).from(at("/all.zip")), folder);
        assertThat(download.run((file, done, total) -> heard.add(file + " " + (done == total))))
                .containsExactly("a.gz", "b.gz");
        assertThat(requests).containsExactly("/all.zip");
        assertThat(heard).contains("all.zip true", "a.gz true", "b.gz true");
        assertThat(present()).containsExactly("a.gz", "b.gz");
        assertThat(Files.readAllBytes(folder.resolve("set/a.gz"))).isEqualTo(A);
    }

    @Test
    void archivesThatDoNotHaveTheFilesAreGivenUp() throws Exception {
        serve("/partial.zip", 200, zip(Map.of("a.gz", A, "other", B)));
        serve("/wrong.zip", 200, zip(Map.of("a.gz", B, "b.gz", B)));
        serve("/text.zip", 200, A);
        serve("/none.zip", 404, A);
        assertThatThrownBy(() -> run(at("/partial.zip"), at("/wrong.zip"), at("/text.zip"), at("/none.zip")))
                .isInstanceOf(DataException.class).hasMessageContainingAll("the archive has no b.gz",
                        "a.gz has more than its 14 bytes", "text.zip: ", "HTTP status 404");
        assertThat(present()).as("what was right is kept").containsExactly("a.gz");
        assertThat(run(at("/none.zip"), at("/good/"))).containsExactly("b.gz");
    }

    @Test
    void otherAddressesThanTheWebsAreRefused() {
        for (String address : List.of("ftp://host/x/", "file:///tmp/", "mirror", "https://host/?q=1")) {
            assertThatThrownBy(() -> Mnist.FILES.from(URI.create(address))).isInstanceOf(DataException.class)
                    .hasMessageContaining("'" + address + "' is no base address");
        }
    }

    @Test
    void anInterruptedDownloadLeavesNoPartOfAFile() throws Exception {
        AtomicReference<Throwable> outcome = new AtomicReference<>(new AssertionError("not interrupted"));
        Thread reader = Thread.ofPlatform().start(() -> {
            try {
                new Download(files(at("/silent/")), folder)
                        .run((file, done, total) -> Thread.currentThread().interrupt());
            } catch (InterruptedException | RuntimeException e) {
                outcome.set(e);
            }
        });
        reader.join();
        assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
        assertThat(present()).isEmpty();
    }

    @Test
    void mnistsOwnFilesPassTheirSums() throws Exception {
        Path shared = Mnist.FILES.in(SharedData.folder("mnist"));
        server.createContext("/mnist/", exchange -> {
            Path file = shared.resolve(exchange.getRequestURI().getPath().replace("/mnist/", ""));
            exchange.sendResponseHeaders(200, Files.size(file));
            Files.copy(file, exchange.getResponseBody());
            exchange.close();
        });
        assertThat(new Download(Mnist.FILES.from(at("/mnist")), folder).run((file, done, total) -> {
        })).hasSize(4);
        assertThat(Mnist.load(folder).test().size()).isEqualTo(10_000);
        assertThat(Mnist.FILES.mirrors()).hasSize(2).allMatch(mirror -> mirror.getScheme().equals("https"));
    }
}
