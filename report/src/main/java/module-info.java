/// Figures, tables and the self-contained HTML report.
module org.surprisal.report {
    requires static transitive org.jspecify;
    requires transitive java.desktop;
    requires java.xml;
    requires xchart;
    requires org.apache.xmlgraphics.batik.svggen;
    requires tools.jackson.databind;
    exports org.surprisal.report;
}
