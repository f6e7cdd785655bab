package org.surprisal.data.fetch;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.Channels;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.surprisal.data.DataException;
import org.surprisal.data.file.AtomicFile;
import org.surprisal.data.internal.UnfinishedFile;
import org.surprisal.tensor.digest.Sha256Digest;

/// Downloads the files of a data set into the data folder.
///
/// A file gets its name only when it is whole and its SHA-256 is right; otherwise nothing of it is left. The mirrors
/// are tried in turn. Files that are there and right are not downloaded again; files that are there and wrong are never
/// overwritten.
public final class Download {
    /// An archive of a data set that grows beyond this is not what it should be.
    private static final long LARGEST_ARCHIVE = 256L << 20;

    private final RemoteFiles remote;
    private final Path folder;
    private final Duration patience;

    /// A download that has not begun.
    ///
    /// @param dataFolder the data set's own folder is made in it
    public Download(RemoteFiles remote, Path dataFolder) {
        this(remote, dataFolder, Duration.ofSeconds(30));
    }

    /// @param patience how long a server may stay silent
    Download(RemoteFiles remote, Path dataFolder, Duration patience) {
        this.remote = remote;
        this.folder = remote.in(dataFolder);
        this.patience = patience;
    }

    /// Hears how far a download is.
    public interface Progress {
        /// Some bytes of a file have arrived.
        ///
        /// @param done bytes that have arrived
        /// @param total bytes the file has
        void arrived(String file, long done, long total);
    }

    /// Downloads what is missing.
    ///
    /// @return the names of the files that were downloaded now
    /// @throws DataException when a file cannot be had from any mirror, or one that is there has another content, or
    /// the folder cannot be written to
    /// @throws InterruptedException when the thread was interrupted; the files that were finished stay
    public List<String> run(Progress progress) throws InterruptedException {
        clearLeftovers();
        List<RemoteFiles.File> missing = missing();
        List<String> downloaded = new ArrayList<>();
        try (HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(patience).build()) {
            while (downloaded.size() < missing.size()) {
                List<RemoteFiles.File> left = missing.subList(downloaded.size(), missing.size());
                List<String> failures = new ArrayList<>();
                List<RemoteFiles.File> got = fromAnyMirror(client, left, progress, failures);
                if (got.isEmpty()) {
                    client.shutdownNow();
                    throw unreachable(left, failures);
                }
                got.forEach(file -> downloaded.add(file.name()));
            }
        }
        return downloaded;
    }

    /// Deletes what downloads that were killed have left.
    private void clearLeftovers() {
        try {
            AtomicFile.clear(folder);
        } catch (IOException e) {
            // They only take room: a folder that cannot be changed may still have all files.
            return;
        }
    }

    /// The files that are not there.
    ///
    /// @throws DataException when one is there with another content
    private List<RemoteFiles.File> missing() {
        List<RemoteFiles.File> missing = new ArrayList<>();
        for (RemoteFiles.File file : remote.files()) {
            Path path = folder.resolve(file.name());
            if (!Files.exists(path)) {
                missing.add(file);
                continue;
            }
            String found = sha256Of(path);
            if (!found.equals(file.sha256())) {
                throw new DataException(path + " is there, but its SHA-256 is " + found + ", not " + file.sha256()
                        + ": move it away and fetch " + remote.dataset() + " again");
            }
        }
        return missing;
    }

    /// Gets the first of these files, or all of them where a mirror has them in an archive; none if no mirror has them.
    private List<RemoteFiles.File> fromAnyMirror(HttpClient client, List<RemoteFiles.File> wanted, Progress progress,
            List<String> failures) throws InterruptedException {
        RemoteFiles.File first = wanted.getFirst();
        for (URI mirror : remote.mirrors()) {
            try {
                if (RemoteFiles.isArchive(mirror)) {
                    fetchArchive(client, mirror, wanted, progress);
                    return wanted;
                }
                fetch(client, mirror.resolve(first.name()), first, progress);
                return List.of(first);
            } catch (FileSystemException e) {
                throw DataException.about(folder, "cannot be written to", e);
            } catch (IOException e) {
                if (Thread.interrupted()) {
                    throw interrupted(first.name());
                }
                failures.add(mirror + ": " + reason(e));
            }
        }
        return List.of();
    }

    private void fetch(HttpClient client, URI address, RemoteFiles.File file, Progress progress)
            throws IOException, InterruptedException {
        try (InputStream body = ask(client, address).body()) {
            AtomicFile.write(folder.resolve(file.name()), out -> receive(body, out, file, progress));
        }
    }

    /// Downloads an archive to a file that does not stay, and takes the wanted files out of it, in whichever folders
    /// they are.
    private void fetchArchive(HttpClient client, URI address, List<RemoteFiles.File> wanted, Progress progress)
            throws IOException, InterruptedException {
        String name = Path.of(address.getPath()).getFileName().toString();
        Files.createDirectories(folder);
        try (UnfinishedFile archive = UnfinishedFile.in(folder)) {
            HttpResponse<InputStream> response = ask(client, address);
            long claimed = response.headers().firstValueAsLong("Content-Length").orElse(LARGEST_ARCHIVE);
            try (InputStream body = response.body()) {
                copy(body, Channels.newOutputStream(archive.channel()), name, Math.min(claimed, LARGEST_ARCHIVE),
                        progress);
            }
            try (ZipFile zip = new ZipFile(archive.path().toFile())) {
                for (RemoteFiles.File file : wanted) {
                    ZipEntry entry = zip.stream().filter(e -> ("/" + e.getName()).endsWith("/" + file.name()))
                            .findFirst().orElseThrow(() -> new IOException("the archive has no " + file.name()));
                    try (InputStream unpacked = zip.getInputStream(entry)) {
                        AtomicFile.write(folder.resolve(file.name()), out -> receive(unpacked, out, file, progress));
                    }
                }
            }
        }
    }

    private HttpResponse<InputStream> ask(HttpClient client, URI address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(patience).build();
        HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            response.body().close();
            throw new IOException("HTTP status " + response.statusCode());
        }
        return response;
    }

    /// Copies a file's content and checks its sum.
    private void receive(InputStream body, OutputStream out, RemoteFiles.File file, Progress progress)
            throws IOException, InterruptedException {
        MessageDigest digest = Sha256Digest.start();
        copy(body, new DigestOutputStream(out, digest), file.name(), file.size(), progress);
        String found = Sha256Digest.hex(digest);
        if (!found.equals(file.sha256())) {
            throw new IOException(file.name() + " has SHA-256 " + found + ", expected " + file.sha256());
        }
    }

    /// Copies no more than `most` bytes.
    private void copy(InputStream body, OutputStream out, String name, long most, Progress progress)
            throws IOException, InterruptedException {
        AtomicLong lastHeard = new AtomicLong(System.nanoTime());
        Thread watch = watch(body, lastHeard);
        try {
            byte[] buffer = new byte[1 << 16];
            long done = 0;
            for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                if (Thread.interrupted()) {
                    throw interrupted(name);
                }
                lastHeard.set(System.nanoTime());
                done += n;
                if (done > most) {
                    throw new IOException(name + " has more than its " + most + " bytes");
                }
                out.write(buffer, 0, n);
                progress.arrived(name, done, most);
            }
        } catch (IOException e) {
            if (silentFor(lastHeard).compareTo(patience) > 0) {
                throw new IOException("silent for more than " + patience.toMillis() / 1000.0 + " s", e);
            }
            throw e;
        } finally {
            watch.interrupt();
        }
    }

    /// Closes the body when the server has been silent too long: the client's own time limit ends with the headers.
    private Thread watch(InputStream body, AtomicLong lastHeard) {
        return Thread.ofVirtual().start(() -> {
            try {
                while (silentFor(lastHeard).compareTo(patience) <= 0) {
                    Thread.sleep(patience.dividedBy(10));
                }
                body.close();
            } catch (InterruptedException e) {
                // The download is over: so is the watch.
            } catch (IOException e) {
                // A body that cannot be closed fails in the thread that reads it.
            }
        });
    }

    private static Duration silentFor(AtomicLong lastHeard) {
        return Duration.ofNanos(System.nanoTime() - lastHeard.get());
    }

    private InterruptedException interrupted(String file) {
        return new InterruptedException("download of " + remote.dataset() + "/" + file + " was interrupted");
    }

    private DataException unreachable(List<RemoteFiles.File> missing, List<String> failures) {
        String names = missing.stream().map(RemoteFiles.File::name).collect(Collectors.joining(", "));
        String mirrors = remote.mirrors().stream().map(URI::toString).collect(Collectors.joining(" or "));
        return new DataException(remote.dataset() + ": could not download " + missing.getFirst().name() + " ("
                + String.join("; ", failures) + "); get " + names + " from " + mirrors + " and put "
                + (missing.size() == 1 ? "it" : "them") + " in " + folder);
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return switch (e) {
            case HttpTimeoutException _ -> "no answer in time";
            case ConnectException _ -> "no connection" + (message == null ? "" : ": " + message);
            case EOFException _ -> "the answer ends early";
            default -> message == null || message.isBlank() ? "the connection failed" : message;
        };
    }

    private static String sha256Of(Path path) {
        try {
            return Sha256Digest.of(path);
        } catch (IOException e) {
            throw DataException.about(path, "cannot be read", e);
        }
    }
}
