package org.surprisal.data.fetch;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.surprisal.data.DataException;

/// The files of a data set that must be downloaded, and the public mirrors that have them all.
///
/// @param dataset the data set's name, which is also its folder in the data folder
/// @param files what to download
/// @param mirrors addresses, the first to be tried first: they end in '/' and are followed by a file's name, or in
/// `.zip` and are an archive that has all files in whichever of its folders
public record RemoteFiles(String dataset, List<File> files, List<URI> mirrors) {
    public RemoteFiles {
        files = List.copyOf(files);
        mirrors = List.copyOf(mirrors);
    }

    /// One file, known by its content.
    ///
    /// @param name the same at every mirror and in the data set's folder
    /// @param size in bytes
    /// @param sha256 lower-case hexadecimal
    public record File(String name, long size, String sha256) {}

    /// The folder these files belong in.
    public Path in(Path dataFolder) {
        return dataFolder.resolve(dataset);
    }

    /// Where these files are, in their order: as they are downloaded or, those with a name in `.gz`, unpacked; MNIST's
    /// unpacked files are also called `train-images.idx3-ubyte`.
    ///
    /// @throws DataException when some are missing
    public List<Path> present(Path dataFolder) {
        List<Path> found = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (File file : files) {
            Path packed = in(dataFolder).resolve(file.name());
            String name = file.name().replaceFirst("\\.gz$", "");
            Stream.of(packed, in(dataFolder).resolve(name),
                    in(dataFolder).resolve(name.replaceFirst("-(idx[13]-)", ".$1")))
                    .filter(Files::exists).findFirst().ifPresentOrElse(found::add, () -> missing.add(file.name()));
        }
        if (!missing.isEmpty()) {
            throw new DataException(dataset + ": no " + String.join(", ", missing) + " in " + in(dataFolder) + ": get "
                    + (missing.size() == 1 ? "it" : "them") + " with 'surprisal data fetch " + dataset + "'");
        }
        return found;
    }

    /// The same files from one other address, http or https: the checksums decide, not the address.
    ///
    /// @throws DataException when the address is of another kind
    public RemoteFiles from(URI base) {
        boolean web = base.getHost() != null && ("https".equals(base.getScheme()) || "http".equals(base.getScheme()));
        if (!web || base.getQuery() != null || base.getFragment() != null) {
            throw new DataException("'" + base + "' is no base address for downloads: https://HOST/FOLDER/ is");
        }
        String address = base.toString();
        boolean complete = address.endsWith("/") || isArchive(base);
        return new RemoteFiles(dataset, files, List.of(complete ? base : URI.create(address + "/")));
    }

    /// Whether a mirror is one file that has all the others in it.
    static boolean isArchive(URI mirror) {
        return mirror.getPath().endsWith(".zip");
    }
}
