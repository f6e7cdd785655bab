/// What theory says of wide random networks, of optimal representations and of the Ising model, without a network being
/// run.
module org.surprisal.theory {
    requires static org.jspecify;
    requires transitive org.surprisal.tensor;
    requires hipparchus.core;
    exports org.surprisal.theory.bottleneck;
    exports org.surprisal.theory.ising;
    exports org.surprisal.theory.meanfield;
}
