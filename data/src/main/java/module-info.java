/// Data sets, file formats, generators, batches.
module org.surprisal.data {
    requires static transitive org.jspecify;
    requires transitive org.surprisal.tensor;
    requires org.surprisal.settings;
    requires de.siegmar.fastcsv;
    requires java.desktop;
    requires java.net.http;
    requires tools.jackson.core;
    exports org.surprisal.data;
    exports org.surprisal.data.fetch;
    exports org.surprisal.data.file;
    exports org.surprisal.data.format;
    exports org.surprisal.data.image;
    exports org.surprisal.data.sets;
    exports org.surprisal.data.transform;
}
