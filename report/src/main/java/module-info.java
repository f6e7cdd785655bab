/// Figures, tables and the self-contained HTML report.
module org.surprisal.report {
    requires static transitive org.jspecify;
    requires transitive java.desktop;
    exports org.surprisal.report;
}
