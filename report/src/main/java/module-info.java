/// Figures, tables and the self-contained HTML report.
module org.surprisal.report {
    requires static transitive org.jspecify;
    requires transitive java.desktop;

    requires tools.jackson.databind;
    exports org.surprisal.report;
    exports org.surprisal.report.canvas;
}
