/// Data sets, file formats, generators, batches.
module org.surprisal.data {
    requires static transitive org.jspecify;
    requires transitive org.surprisal.tensor;
    requires org.surprisal.theory;
    requires de.siegmar.fastcsv;
    requires java.desktop;
    requires java.net.http;
    requires tools.jackson.core;
    exports org.surprisal.data;
    exports org.surprisal.data.transform;
}
