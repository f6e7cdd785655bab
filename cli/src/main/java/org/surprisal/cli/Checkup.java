package org.surprisal.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.surprisal.data.fetch.RemoteFiles;
import org.surprisal.study.Host;
import org.surprisal.study.dataset.Datasets;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// What `doctor` looks at.
final class Checkup {
    /// Studies of the sizes in the documents fit below this.
    private static final double ENOUGH_GIBIBYTES = 2;
    private static final int PRODUCT_SIZE = 768;
    private static final long PRODUCT_NANOS = 300_000_000L;

    private Checkup() {
    }

    static List<Check> of(Path dataFolder) {
        Host host = Host.current();
        List<Check> checks = new ArrayList<>();
        checks.add(java());
        checks.add(Check.ok("processor", host.processor() + ", " + host.cores() + " cores, " + host.system())
                .with("cores", host.cores()));
        checks.add(memory(host));
        checks.add(arithmetic("products", host.arithmetic().products(),
                "the native library could not be used, products are several times slower: see the reason above"));
        checks.add(arithmetic("element-wise work", host.arithmetic().elementwise(),
                "start through ./surprisal, which adds the module jdk.incubator.vector"));
        checks.add(productRate(host.arithmetic().threads()));
        checks.add(Check.ok("data folder", dataFolder.toString()));
        Datasets.all().forEach(dataset -> checks.add(dataset(dataset, dataFolder)));
        checks.add(writable("cache folder", cacheFolder(), "set XDG_CACHE_HOME to a folder that can be written"));
        checks.add(writable("output folder", Path.of("runs").toAbsolutePath(),
                "work in a folder that can be written, or give one with --out"));
        return checks;
    }

    private static Check java() {
        String found = Runtime.version() + " (" + System.getProperty("java.vm.name") + ", "
                + System.getProperty("java.home") + ")";
        return Runtime.version().feature() == 25
                ? Check.ok("java", found)
                : Check.warn("java", found, "use a JDK 25: the vector module may differ in others");
    }

    private static Check memory(Host host) {
        double heap = host.heapBytes() / (double) (1 << 30);
        String found = String.format(Locale.ROOT, "%.1f GiB, of which tensors may take %.1f GiB",
                host.memoryBytes() / (double) (1 << 30), heap);
        Check check = heap >= ENOUGH_GIBIBYTES
                ? Check.ok("memory", found)
                : Check.warn("memory", found, "deep networks may not fit; SURPRISAL_JAVA_OPTS=-Xmx4g allows 4 GiB");
        return check.with("heapBytes", host.heapBytes());
    }

    private static Check arithmetic(String name, String how, String advice) {
        return how.startsWith("plain") ? Check.warn(name, how, advice) : Check.ok(name, how);
    }

    /// A float32 product of two square matrices, over and over: 2 n³ floating-point operations each.
    private static Check productRate(int threads) {
        RandomStream random = RandomStream.seeded(1);
        Tensor a = random.gaussian(ElementType.FLOAT32, 0, 1, PRODUCT_SIZE, PRODUCT_SIZE);
        Tensor b = random.gaussian(ElementType.FLOAT32, 0, 1, PRODUCT_SIZE, PRODUCT_SIZE);
        Tensor c = a.matmul(b);
        long products = 0;
        long start = System.nanoTime();
        long elapsed;
        do {
            c = a.matmul(b);
            products++;
            elapsed = System.nanoTime() - start;
        } while (elapsed < PRODUCT_NANOS);
        double rate = 2.0 * PRODUCT_SIZE * PRODUCT_SIZE * PRODUCT_SIZE * products / elapsed;
        String found = String.format(Locale.ROOT, "%.0f GFLOP/s in float32 %dx%d products on %d threads", rate,
                PRODUCT_SIZE, PRODUCT_SIZE, threads);
        Check check = c.isFinite()
                ? Check.ok("product rate", found)
                : Check.warn("product rate", found + ", and the product is not finite",
                        "try SURPRISAL_JAVA_OPTS=-Dsurprisal.native=off, and report it");
        return check.with("gigaflopPerSecond", rate);
    }

    private static Check dataset(Datasets.Entry dataset, Path folder) {
        String name = "data: " + dataset.name();
        if (dataset.files().isEmpty()) {
            return Check.ok(name, "needs no file");
        }
        RemoteFiles remote = dataset.files().get();
        List<String> missing = DataInfoCommand.missing(remote, folder);
        return missing.isEmpty()
                ? Check.ok(name, "there")
                : Check.warn(name, "missing " + String.join(", ", missing) + " in " + remote.in(folder),
                        "'surprisal data fetch " + dataset.name() + "' downloads them");
    }

    /// Whether a folder can be written, or made where it is missing. Nothing is written to find out.
    private static Check writable(String name, Path folder, String advice) {
        Path existing = folder;
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        return Files.isDirectory(existing) && Files.isWritable(existing)
                ? Check.ok(name, folder + " can be written")
                : Check.warn(name, folder + " cannot be written", advice);
    }

    /// Where the native library is unpacked and data sets are kept by default.
    private static Path cacheFolder() {
        String caches = System.getenv("XDG_CACHE_HOME");
        return (caches != null && !caches.isBlank()
                ? Path.of(caches)
                : Path.of(System.getProperty("user.home"), ".cache")).resolve("surprisal");
    }
}
