package org.surprisal.data;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/// The files of a data set that must be downloaded, and the public mirrors that have them all.
///
/// @param dataset the data set's name, which is also its folder in the data folder
/// @param files what to download
/// @param mirrors addresses that end in '/' and are followed by a file's name, the first to be tried first
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

    /// The same files from one other address, http or https: the checksums decide, not the address.
    ///
    /// @throws DataException when the address is of another kind
    public RemoteFiles from(URI base) {
        boolean web = base.getHost() != null && ("https".equals(base.getScheme()) || "http".equals(base.getScheme()));
        if (!web || base.getQuery() != null || base.getFragment() != null) {
            throw new DataException("'" + base + "' is no base address for downloads: https://HOST/FOLDER/ is");
        }
        String address = base.toString();
        return new RemoteFiles(dataset, files, List.of(address.endsWith("/") ? base : URI.create(address + "/")));
    }
}
