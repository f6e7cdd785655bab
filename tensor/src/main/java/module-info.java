/// Tensors, differentiable operations, products, random numbers: the ground floor.
// The modules that the package is exported to are compiled after this one.
@SuppressWarnings("module") module org.surprisal.tensor {
    requires static org.jspecify;
    requires jdk.incubator.vector;
    exports org.surprisal.tensor;
    exports org.surprisal.tensor.digest to org.surprisal.data, org.surprisal.study;
}
