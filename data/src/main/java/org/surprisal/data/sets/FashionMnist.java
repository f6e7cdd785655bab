package org.surprisal.data.sets;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.surprisal.data.DataException;
import org.surprisal.data.Dataset;
import org.surprisal.data.Split;
import org.surprisal.data.fetch.RemoteFiles;
import org.surprisal.data.format.Idx;

/// Fashion-MNIST: 60,000 training and 10,000 test images of clothes in MNIST's format (Xiao, Rasul and Vollgraf, 2017,
/// arXiv:1708.07747).
public final class FashionMnist {
    /// The four original files, gzipped.
    public static final RemoteFiles FILES = new RemoteFiles("fashion-mnist",
            List.of(new RemoteFiles.File("train-images-idx3-ubyte.gz", 26_421_880,
                    "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
                    new RemoteFiles.File("train-labels-idx1-ubyte.gz", 29_515,
                            "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
                    new RemoteFiles.File("t10k-images-idx3-ubyte.gz", 4_422_102,
                            "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
                    new RemoteFiles.File("t10k-labels-idx1-ubyte.gz", 5_148,
                            "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5")),
            List.of(URI.create("https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"),
                    URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/")));

    /// What the classes show, that of index 0 first.
    public static final List<String> CLASSES = List.of("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal",
            "Shirt", "Sneaker", "Bag", "Ankle boot");

    private FashionMnist() {
    }

    /// Reads the files `fashion-mnist/*` of a data folder, gzipped or unpacked (then without `.gz`).
    ///
    /// @throws DataException when files are missing or damaged
    public static Split load(Path dataFolder) {
        List<Path> found = FILES.present(dataFolder);
        return new Split(read(found.get(0), found.get(1)), read(found.get(2), found.get(3)));
    }

    private static Dataset read(Path images, Path labels) {
        return Idx.read("fashion-mnist", images, labels, CLASSES.size()).withClassNames(CLASSES);
    }
}
