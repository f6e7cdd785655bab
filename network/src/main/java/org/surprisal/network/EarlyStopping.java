package org.surprisal.network;

import java.util.ArrayList;
import java.util.List;
import org.surprisal.tensor.InPlace;
import org.surprisal.tensor.Tensor;

/// Ends training when the validation loss no longer falls, and gives the parameters back that had the lowest (Prechelt 1998).
///
/// Keeps a copy of the best parameters: one belongs to one training run.
public final class EarlyStopping {
    private final int patience;
    private final double leastImprovement;
    private final List<Tensor> bestParameters = new ArrayList<>();
    private double bestLoss = Double.POSITIVE_INFINITY;
    private int best;
    private double improvedLoss = Double.POSITIVE_INFINITY;
    private int improved;
    private int observed;

    /// @param patience losses in a row without improvement after which training ends, at least 1
    /// @param leastImprovement how far a loss must be below that of the last improvement to count as one, not negative, in
    /// the unit of the loss; the parameters of the very lowest are kept all the same
    public EarlyStopping(int patience, double leastImprovement) {
        if (patience < 1) {
            throw new IllegalArgumentException("patience (=" + patience + ") must be at least 1");
        }
        if (!(leastImprovement >= 0) || Double.isInfinite(leastImprovement)) {
            throw new IllegalArgumentException(
                    "leastImprovement (=" + leastImprovement + ") must be finite and not negative");
        }
        this.patience = patience;
        this.leastImprovement = leastImprovement;
    }

    /// Every lower loss counts as an improvement.
    public EarlyStopping(int patience) {
        this(patience, 0);
    }

    /// Takes the loss that these parameters have into account, and copies them if it is the lowest.
    ///
    /// @return whether training is to end
    /// @throws IllegalArgumentException when the loss is NaN
    public boolean observe(double loss, List<Parameter> parameters) {
        if (Double.isNaN(loss)) {
            throw new IllegalArgumentException("loss (=NaN) must be a number");
        }
        observed++;
        if (observed == 1 || loss < improvedLoss - leastImprovement) {
            improved = observed;
            improvedLoss = loss;
        }
        if (observed == 1 || loss < bestLoss) {
            best = observed;
            bestLoss = loss;
            keep(parameters);
        }
        return observed - improved >= patience;
    }

    private void keep(List<Parameter> parameters) {
        if (bestParameters.isEmpty()) {
            parameters.forEach(parameter -> bestParameters.add(parameter.value().tracked().detached()));
            return;
        }
        for (int i = 0; i < bestParameters.size(); i++) {
            InPlace.assign(bestParameters.get(i), parameters.get(i).value());
        }
    }

    /// Gives the parameters the numbers they had at the lowest loss; before the first loss, leaves them.
    public void restore(List<Parameter> parameters) {
        for (int i = 0; i < bestParameters.size(); i++) {
            InPlace.assign(parameters.get(i).value(), bestParameters.get(i));
        }
    }

    /// The number of the loss that was the lowest, from 1, the epoch when there is one an epoch; 0 before the first.
    public int best() {
        return best;
    }

    /// The lowest loss; infinite before the first.
    public double bestLoss() {
        return bestLoss;
    }
}
