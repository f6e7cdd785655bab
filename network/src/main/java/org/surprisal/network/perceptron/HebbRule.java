package org.surprisal.network.perceptron;

/// Hebb's rule (1949), 'cells that fire together wire together': w <- w + rate y x, where y is the unit's own output
/// (Zahn, section 2.2.1; the text gives no formula, this is the usual one). The bias stays.
///
/// It needs no labels, and it has no end: an input that makes the unit fire makes it fire more readily the next time,
/// so the weights grow without bound.
///
/// @param rate learning rate, positive and finite
public record HebbRule(double rate) {
    public HebbRule {
        if (!(rate > 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException("rate (=" + rate + ") must be positive and finite");
        }
    }

    /// The unit after it has seen one sample: itself if it did not fire.
    public ThresholdUnit update(ThresholdUnit unit, double... x) {
        if (unit.output(x) == 0) {
            return unit;
        }
        double[] weights = unit.weights();
        for (int k = 0; k < weights.length; k++) {
            weights[k] += rate * x[k];
        }
        return new ThresholdUnit(unit.bias(), weights);
    }
}
