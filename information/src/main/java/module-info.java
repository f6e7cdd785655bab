/// Entropies, divergences, relative entropy of a network, layer distributions.
module org.surprisal.information {
    requires static org.jspecify;
    requires transitive org.surprisal.network;
    requires hipparchus.core;
    requires jdk.incubator.vector;
    exports org.surprisal.information;
    exports org.surprisal.information.entropy;
    exports org.surprisal.information.mutual;
}
