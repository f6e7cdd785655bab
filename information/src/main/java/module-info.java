/// Entropies, divergences, relative entropy of a network, layer distributions, estimators of mutual information.
// The module that the packages are exported to is compiled after this one.
@SuppressWarnings("module") module org.surprisal.information {
    requires static org.jspecify;
    requires transitive org.surprisal.tensor;
    requires transitive org.surprisal.settings;
    requires hipparchus.core;
    requires jdk.incubator.vector;
    exports org.surprisal.information;
    exports org.surprisal.information.automatic;
    exports org.surprisal.information.counts;
    exports org.surprisal.information.conditional;
    exports org.surprisal.information.entropy;
    exports org.surprisal.information.mutual;
    exports org.surprisal.information.noisy;
    exports org.surprisal.information.statistics;
    exports org.surprisal.information.task;
    exports org.surprisal.information.column to org.surprisal.estimate;
    exports org.surprisal.information.internal to org.surprisal.estimate;
}
