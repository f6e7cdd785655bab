/// Tensors, differentiable operations, products, random numbers: the ground floor.
module org.surprisal.tensor {
    requires static org.jspecify;
    requires jdk.incubator.vector;
    exports org.surprisal.tensor;
}
