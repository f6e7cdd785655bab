package org.surprisal.network.dag;

/// The derivative of every unit by every weight, carried along with the forward pass (B. Schweizer's "natural" way,
/// slides of TU Dortmund, 2024; elsewhere forward-mode differentiation):
///
/// da_l/dw_ij = f_l'(s_l) ([l = i] a_j + sum_m w_lm da_m/dw_ij).
///
/// It holds a number for each pair of computing unit and weight, N W of them, where [BackwardPass] holds one a unit.
/// With H of the W connections coming from computing units it costs W (H + N) multiplications: of the order of units
/// times edges where no unit has more than a fixed number of connections, of W^2 in any case.
public final class ForwardMode {
    private final UnitGraph graph;
    private final double[][] derivatives;
    private long multiplications;

    private ForwardMode(UnitGraph graph) {
        this.graph = graph;
        this.derivatives = new double[graph.connections().size()][graph.units()];
    }

    /// Differentiates what a forward pass has computed.
    ///
    /// @throws ArithmeticException naming the first unit with a derivative that is NaN or infinite
    public static ForwardMode of(ForwardPass forward) {
        UnitGraph graph = forward.graph();
        ForwardMode mode = new ForwardMode(graph);
        double[] slopes = new double[graph.units()];
        graph.order().forEach(unit -> slopes[unit] = forward.slope(unit));
        for (int number = 0; number < graph.connections().size(); number++) {
            mode.run(forward, slopes, number);
        }
        return mode;
    }

    /// Moves one weight and follows what that does, unit by unit.
    private void run(ForwardPass forward, double[] slopes, int moved) {
        double[] byMoved = derivatives[moved];
        UnitGraph.Connection connection = graph.connections().get(moved);
        for (int unit : graph.order()) {
            double sum = unit == connection.to() ? forward.activation(connection.from()) : 0;
            for (int number : graph.incoming(unit)) {
                int below = graph.connections().get(number).from();
                if (graph.computes(below)) {
                    sum += multiplied(forward.weight(number), byMoved[below]);
                }
            }
            byMoved[unit] = multiplied(slopes[unit], sum);
            if (!Double.isFinite(byMoved[unit])) {
                throw new ArithmeticException("the derivative of unit " + unit + " by the weight of " + connection
                        + " is " + byMoved[unit] + ": weights and pre-activations must be smaller");
            }
        }
    }

    private double multiplied(double a, double b) {
        multiplications++;
        return a * b;
    }

    /// da/dw of a unit's activation by a connection's weight, the connection by its number; 0 for bias and inputs.
    public double derivative(int unit, int connection) {
        return derivatives[connection][unit];
    }

    /// dL/dw of each connection, in their order: sum_k dL/da_k da_k/dw over the outputs k.
    ///
    /// @param lossByOutputs dL/da_k for each output unit, in their order, finite
    public double[] gradient(double... lossByOutputs) {
        double[] lossByActivations = graph.atOutputs(lossByOutputs);
        double[] gradient = new double[derivatives.length];
        for (int number = 0; number < gradient.length; number++) {
            for (int unit : graph.outputs()) {
                gradient[number] += lossByActivations[unit] * derivative(unit, number);
            }
        }
        return gradient;
    }

    /// How many numbers were multiplied for the derivatives; [#gradient] multiplies one a weight and output on top.
    public long multiplications() {
        return multiplications;
    }
}
