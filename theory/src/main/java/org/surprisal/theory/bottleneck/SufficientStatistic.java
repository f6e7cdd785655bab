package org.surprisal.theory.bottleneck;

/// X̃, what of X matters for Y: a function of x that takes one value wherever p(y|x) is the same. I(X̃;Y) = I(X;Y), and
/// the bottleneck of X̃ is that of X.
public final class SufficientStatistic {

    /// The symbol of an x of probability 0.
    static final int NO_SYMBOL = -1;

    private final JointDistribution joint;
    private final int[] symbols;

    SufficientStatistic(JointDistribution joint, int[] symbols) {
        this.joint = joint;
        this.symbols = symbols;
    }

    /// p(x̃, y).
    public JointDistribution joint() {
        return joint;
    }

    /// x̃ of each x, from 0 on in order of appearance; -1 for an x of probability 0.
    public int[] symbols() {
        return symbols.clone();
    }
}
