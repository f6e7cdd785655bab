package org.surprisal.tensor.kernel;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// The files of oneDNN's library for one platform, in bytedeco's jar for it.
///
/// @param platform as bytedeco names it: the classifier of the jar and the folder in it
/// @param openMp   the OpenMP runtime that the library needs
/// @param library  the library itself
record OneDnnFiles(String platform, LibraryFile openMp, LibraryFile library) {
    /// The version of `org.bytedeco:dnnl`, which the root pom names as `onednn.version`.
    static final String VERSION = "3.11-1.5.13";

    /// The platforms that the version has jars for, with the digests of what is in them.
    static final List<OneDnnFiles> ALL = List.of(
            new OneDnnFiles("linux-x86_64",
                    new LibraryFile("libgomp.so.1", "115302e45583ad3e8df681c0a5af4c8273b7399f764965280d70d8780e5ee454"),
                    new LibraryFile("libdnnl.so.3",
                            "a8948803c5718bac623b664be77fb47e24328e8693997e96e02c4308b0ee826f")),
            new OneDnnFiles("linux-arm64",
                    new LibraryFile("libgomp.so.1", "58e440465a4174fa7e7ec529e6a2b3b27eeafd048c75a2c6781fd8cd740e1f2c"),
                    new LibraryFile("libdnnl.so.3",
                            "7fe2ab67ff4a08c3944fbb46f52819dcdd74907926ececb544c1940226962301")),
            new OneDnnFiles("macosx-arm64",
                    new LibraryFile("libomp.dylib", "e4ec1a31166cbf190c350e2c2542c0300e167e16b6f4850fb601cd761657df5a"),
                    new LibraryFile("libdnnl.3.dylib",
                            "5fb3242888a85fb00a527d2919195f92312570ea4e3be34360f676e34f34d296")));

    /// One file of a native library.
    ///
    /// @param sha256 the digest of the whole file, in hexadecimal digits
    record LibraryFile(String name, String sha256) {}

    /// Returns the files for the platform of this process.
    ///
    /// @throws IOException when there are none; the message is one line
    static OneDnnFiles ofThisPlatform() throws IOException {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    static OneDnnFiles of(String system, String processor) throws IOException {
        String lowerSystem = system.toLowerCase(Locale.ROOT);
        String lowerProcessor = processor.toLowerCase(Locale.ROOT);
        boolean x86 = List.of("amd64", "x86_64").contains(lowerProcessor);
        boolean arm = lowerProcessor.equals("aarch64");
        String platform = lowerSystem.contains("linux") && x86
                ? "linux-x86_64"
                : lowerSystem.contains("linux") && arm
                        ? "linux-arm64"
                        : lowerSystem.contains("mac") && arm ? "macosx-arm64" : "";
        return ALL.stream().filter(files -> files.platform.equals(platform)).findFirst().orElseThrow(
                () -> new IOException("no oneDNN library for " + lowerSystem + " on " + lowerProcessor));
    }

    /// Returns the path of a file within the jar.
    String resource(LibraryFile file) {
        return "org/bytedeco/dnnl/" + platform + "/" + file.name();
    }

    /// Returns the coordinates of the jar, as Gradle writes them.
    String coordinates() {
        return "org.bytedeco:dnnl:" + VERSION + ":" + platform;
    }
}
