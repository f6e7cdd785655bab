/// Settings that users give as text, and messages that quote what users wrote.
module org.surprisal.settings {
    requires static org.jspecify;
    exports org.surprisal.settings;
}
