/// Layers, losses, optimisers, the training loop, probes.
module org.surprisal.network {
    requires static org.jspecify;
    requires transitive org.surprisal.tensor;
    requires transitive org.surprisal.data;
    exports org.surprisal.network;
    exports org.surprisal.network.architecture;
    exports org.surprisal.network.layer;
    exports org.surprisal.network.dag;
    exports org.surprisal.network.metric;
    exports org.surprisal.network.optimiser;
    exports org.surprisal.network.perceptron;
}
