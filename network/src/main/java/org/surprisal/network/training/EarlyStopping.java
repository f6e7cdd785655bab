package org.surprisal.network.training;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.surprisal.network.Network;
import org.surprisal.network.Resumable;
import org.surprisal.network.State;
import org.surprisal.tensor.InPlace;
import org.surprisal.tensor.Tensor;

/// Ends training when the validation loss no longer falls, and gives the network's state back that had the lowest
/// (Prechelt 1998).
///
/// Keeps a copy of the best state, [Network#state()]: one belongs to one training run.
public final class EarlyStopping implements Resumable {
    private final int patience;
    private final double leastImprovement;
    private final List<Tensor> bestState = new ArrayList<>();
    private double bestLoss = Double.POSITIVE_INFINITY;
    private int best;
    private double improvedLoss = Double.POSITIVE_INFINITY;
    private int improved;
    private int observed;

    /// @param patience losses in a row without improvement after which training ends, at least 1
    /// @param leastImprovement how far a loss must be below that of the last improvement to count as one, not negative,
    /// in the unit of the loss; the state of the very lowest is kept all the same
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

    /// Takes the loss that a network in this state has into account, and copies the state if it is the lowest.
    ///
    /// @return whether training is to end
    /// @throws IllegalArgumentException when the loss is NaN
    public boolean observe(double loss, Collection<Tensor> state) {
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
            keep(state);
        }
        return observed - improved >= patience;
    }

    private void keep(Collection<Tensor> state) {
        if (bestState.isEmpty()) {
            state.forEach(tensor -> bestState.add(tensor.tracked().detached()));
            return;
        }
        int i = 0;
        for (Tensor tensor : state) {
            InPlace.assign(bestState.get(i++), tensor);
        }
    }

    /// Gives the state the numbers it had at the lowest loss; before the first loss, leaves them.
    ///
    /// @param state the tensors that were observed, in the same order
    public void giveBest(Collection<Tensor> state) {
        if (bestState.isEmpty()) {
            return;
        }
        int i = 0;
        for (Tensor tensor : state) {
            InPlace.assign(tensor, bestState.get(i++));
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

    @Override
    public void save(State to) {
        to.put("best", best);
        to.put("best-loss", bestLoss);
        to.put("improved", improved);
        to.put("improved-loss", improvedLoss);
        to.put("observed", observed);
        to.put("best-state", bestState);
    }

    @Override
    public void restore(State from) {
        best = from.size("best");
        bestLoss = from.number("best-loss");
        improved = from.size("improved");
        improvedLoss = from.number("improved-loss");
        observed = from.size("observed");
        bestState.clear();
        bestState.addAll(from.copies("best-state"));
    }
}
