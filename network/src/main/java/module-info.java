/// Layers, losses, optimisers, the training loop, probes.
module org.surprisal.network {
    requires static org.jspecify;
    requires transitive org.surprisal.tensor;
    requires transitive org.surprisal.data;
    requires transitive org.surprisal.settings;
    uses org.surprisal.network.architecture.LayerKind;
    exports org.surprisal.network;
    exports org.surprisal.network.architecture;
    exports org.surprisal.network.curvature;
    exports org.surprisal.network.dag;
    exports org.surprisal.network.initialisation;
    exports org.surprisal.network.layer;
    exports org.surprisal.network.loss;
    exports org.surprisal.network.metric;
    exports org.surprisal.network.optimiser;
    exports org.surprisal.network.perceptron;
    exports org.surprisal.network.probe;
    exports org.surprisal.network.training;
}
