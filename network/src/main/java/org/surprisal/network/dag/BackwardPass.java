package org.surprisal.network.dag;

/// Backpropagation of one sample by delta errors delta_i = dL/ds_i, unit by unit from the outputs down (Klambauer,
/// 'Backward Pass of an MLP'; Rumelhart et al. 1986):
///
/// - delta_j = f_j'(s_j) (dL/da_j + sum_i delta_i w_ij), where dL/da_j, the loss's own derivative, is 0 but for outputs
/// - dL/dw_ij = delta_i a_j
///
/// Of the W connections H come from computing units, of which there are N. It costs W + H + N multiplications, at most
/// three times those of the forward pass, and holds one number a unit. Calls of activation functions are not counted.
public final class BackwardPass {
    private final double[] deltas;
    private final double[] gradient;
    private long multiplications;

    private BackwardPass(UnitGraph graph) {
        this.deltas = new double[graph.units()];
        this.gradient = new double[graph.connections().size()];
    }

    /// Runs backwards through what a forward pass has left.
    ///
    /// @param lossByOutputs dL/da_k for each output unit, in their order, finite
    /// @throws ArithmeticException naming the first unit whose delta error is NaN or infinite
    public static BackwardPass of(ForwardPass forward, double... lossByOutputs) {
        UnitGraph graph = forward.graph();
        double[] lossByActivations = graph.atOutputs(lossByOutputs);
        BackwardPass pass = new BackwardPass(graph);
        for (int unit : graph.order().reversed()) {
            pass.run(forward, unit, lossByActivations);
        }
        return pass;
    }

    /// All units above this one have had their turn and left their share of the sum over i.
    private void run(ForwardPass forward, int unit, double[] lossByActivations) {
        UnitGraph graph = forward.graph();
        deltas[unit] = multiplied(forward.slope(unit), lossByActivations[unit]);
        if (!Double.isFinite(deltas[unit])) {
            throw new ArithmeticException("the delta error of unit " + unit + " is " + deltas[unit]
                    + ": weights and pre-activations must be smaller");
        }
        for (int number : graph.incoming(unit)) {
            int below = graph.connections().get(number).from();
            gradient[number] = multiplied(deltas[unit], forward.activation(below));
            if (graph.computes(below)) {
                lossByActivations[below] += multiplied(deltas[unit], forward.weight(number));
            }
        }
    }

    private double multiplied(double a, double b) {
        multiplications++;
        return a * b;
    }

    /// delta_i of a computing unit; 0 for bias and inputs, where none was computed.
    public double delta(int unit) {
        return deltas[unit];
    }

    /// dL/dw of each connection, in their order.
    public double[] gradient() {
        return gradient.clone();
    }

    /// How many numbers were multiplied.
    public long multiplications() {
        return multiplications;
    }
}
