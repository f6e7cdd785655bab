/// The figures, tables and claims of the five documents, and what it takes to make them again.
module org.surprisal.gallery {
    requires static org.jspecify;
    requires transitive org.surprisal.study;
    requires org.snakeyaml.engine;
    requires tools.jackson.databind;
    exports org.surprisal.gallery;
}
