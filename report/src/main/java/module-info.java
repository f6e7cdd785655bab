/// Figures, tables and the self-contained HTML report.
module org.surprisal.report {
    requires static org.jspecify;
    requires org.surprisal.tensor;
    exports org.surprisal.report;
}
