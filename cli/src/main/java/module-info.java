/// The command line.
module org.surprisal.cli {
    requires static org.jspecify;
    requires org.surprisal.study;
    requires info.picocli;
    exports org.surprisal.cli;
}
