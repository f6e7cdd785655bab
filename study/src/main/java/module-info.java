/// The experiments: settings, runs, provenance, findings.
module org.surprisal.study {
    requires static org.jspecify;
    requires transitive org.surprisal.settings;
    requires transitive org.surprisal.network;
    requires transitive org.surprisal.information;
    requires transitive org.surprisal.estimate;
    requires transitive org.surprisal.report;
    requires com.fasterxml.jackson.annotation;
    requires hipparchus.core;
    requires org.snakeyaml.engine;
    requires tools.jackson.databind;
    requires transitive org.surprisal.theory;
    requires java.management;
    requires jdk.management;
    uses org.surprisal.study.engine.Study;
    exports org.surprisal.study;
    exports org.surprisal.study.dataset;
    exports org.surprisal.study.engine;
    exports org.surprisal.study.images;
    exports org.surprisal.study.experiment;
    opens org.surprisal.study to tools.jackson.databind;
}
