package org.surprisal.data.sets;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.surprisal.data.DataException;
import org.surprisal.data.Split;
import org.surprisal.data.fetch.RemoteFiles;
import org.surprisal.data.format.Idx;

/// MNIST: 60,000 training and 10,000 test images of handwritten digits, 28x28 pixels (LeCun, Cortes and Burges, 1998).
public final class Mnist {
    /// The four original files, gzipped.
    public static final RemoteFiles FILES = new RemoteFiles("mnist",
            List.of(new RemoteFiles.File("train-images-idx3-ubyte.gz", 9_912_422,
                    "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
                    new RemoteFiles.File("train-labels-idx1-ubyte.gz", 28_881,
                            "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
                    new RemoteFiles.File("t10k-images-idx3-ubyte.gz", 1_648_877,
                            "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
                    new RemoteFiles.File("t10k-labels-idx1-ubyte.gz", 4_542,
                            "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6")),
            List.of(URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
                    URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/")));

    private static final int CLASSES = 10;

    private Mnist() {
    }

    /// Reads the files `mnist/*` of a data folder, gzipped or unpacked (then without `.gz`).
    ///
    /// @throws DataException when files are missing or damaged
    public static Split load(Path dataFolder) {
        List<Path> found = FILES.present(dataFolder);
        return new Split(Idx.read("mnist", found.get(0), found.get(1), CLASSES),
                Idx.read("mnist", found.get(2), found.get(3), CLASSES));
    }
}
