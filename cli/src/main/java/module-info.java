/// The command line.
module org.surprisal.cli {
    requires static org.jspecify;
    requires transitive org.surprisal.study;
    requires org.surprisal.gallery;
    requires org.surprisal.theory;
    requires info.picocli;
    requires tools.jackson.databind;
    requires jdk.unsupported;
    provides System.LoggerFinder with org.surprisal.cli.WarningLines;
    exports org.surprisal.cli;
    opens org.surprisal.cli to info.picocli;
    opens org.surprisal.cli.ising to info.picocli;
    opens org.surprisal.cli.measure to info.picocli;
    opens org.surprisal.cli.theory to info.picocli;
}
