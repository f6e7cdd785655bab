/// Data sets, file formats, generators, batches.
module org.surprisal.data {
    requires static transitive org.jspecify;
    requires transitive org.surprisal.tensor;
    requires java.net.http;
    exports org.surprisal.data;
}
