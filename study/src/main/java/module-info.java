/// The experiments: settings, runs, provenance, findings.
module org.surprisal.study {
    requires static org.jspecify;
    requires transitive org.surprisal.information;
    requires transitive org.surprisal.report;
    exports org.surprisal.study;
}
