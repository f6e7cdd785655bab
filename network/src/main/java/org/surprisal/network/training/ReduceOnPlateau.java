package org.surprisal.network.training;

import org.surprisal.network.Resumable;
import org.surprisal.network.State;

/// Lowers the learning rate when the validation loss no longer falls, as PyTorch's ReduceLROnPlateau does: a loss
/// counts as better when it is below the best by more than `threshold` times its size; after more than `patience`
/// losses in a row that are not, the rate is multiplied by `factor`, but not to less than `floor` times the optimiser's
/// own.
///
/// Knows what it was told: one belongs to one training run.
public final class ReduceOnPlateau implements Resumable {
    private final double reduction;
    private final int patience;
    private final double threshold;
    private final int cooldown;
    private final double floor;
    private double best = Double.POSITIVE_INFINITY;
    private double factor = 1;
    private int bad;
    private int cooling;

    /// @param factor of each reduction, in (0, 1)
    /// @param patience losses without improvement that are borne, not negative
    /// @param threshold relative improvement that counts, in [0, 1)
    /// @param cooldown losses after a reduction that are not counted, not negative
    /// @param floor smallest factor, in [0, 1]
    public ReduceOnPlateau(double factor, int patience, double threshold, int cooldown, double floor) {
        require(factor > 0 && factor < 1, "factor", factor, "in (0, 1)");
        require(patience >= 0, "patience", patience, "not negative");
        require(threshold >= 0 && threshold < 1, "threshold", threshold, "in [0, 1)");
        require(cooldown >= 0, "cooldown", cooldown, "not negative");
        require(floor >= 0 && floor <= 1, "floor", floor, "in [0, 1]");
        this.reduction = factor;
        this.patience = patience;
        this.threshold = threshold;
        this.cooldown = cooldown;
        this.floor = floor;
    }

    /// With a threshold of 1e-4, no cooldown and no floor.
    public ReduceOnPlateau(double factor, int patience) {
        this(factor, patience, 1e-4, 0, 0);
    }

    private static void require(boolean right, String name, Number value, String range) {
        if (!right) {
            throw new IllegalArgumentException(name + " (=" + value + ") must be " + range);
        }
    }

    /// The factor on the optimiser's learning rate now.
    public double factor() {
        return factor;
    }

    /// Takes the next loss into account.
    ///
    /// @throws IllegalArgumentException when the loss is NaN
    public void observe(double loss) {
        require(!Double.isNaN(loss), "loss", loss, "a number");
        if (Double.isInfinite(best) || loss < best - threshold * Math.abs(best)) {
            best = loss;
            bad = 0;
        } else {
            bad++;
        }
        if (cooling > 0) {
            cooling--;
            bad = 0;
        }
        if (bad > patience) {
            factor = Math.max(factor * reduction, floor);
            cooling = cooldown;
            bad = 0;
        }
    }

    @Override
    public void save(State to) {
        to.put("best", best);
        to.put("factor", factor);
        to.put("bad", bad);
        to.put("cooling", cooling);
    }

    @Override
    public void restore(State from) {
        best = from.number("best");
        factor = from.number("factor");
        bad = from.size("bad");
        cooling = from.size("cooling");
    }
}
