package org.surprisal.tensor.kernel;

/// The loops of a training step of a narrow perceptron. There are two of them: [PlainNarrowLoops] to be read and
/// [VectorNarrowLoops] to be fast; they give the same bits, whatever the width of the machine's vectors.
///
/// Activations and their gradients lie feature by feature: the number of unit u and sample s is element `u * stride +
/// s`. A stride is a multiple of [#PANEL]; samples beyond the last one are there to be computed with, and what is asked
/// of them is 0. A sum over samples goes in [#STRANDS] strands, a sum over units from the first unit to the last.
public interface NarrowLoops {
    /// Sums over samples that run side by side: sample s goes to sum s modulo this one. In the end sums i and i + 8 are
    /// added up, then i and i + 4, i + 2, i + 1.
    int STRANDS = 16;
    /// Samples are padded to a multiple of this many: two vectors of the widest kind.
    int PANEL = 2 * STRANDS;
    /// Outputs of a level, and inputs of all but a first one, are at most as many.
    int WIDEST = 64;
    /// Samples of a wide first level that are worked on while they are in the cache.
    int BLOCK = 64;

    /// The quicker loops for what is to come.
    static NarrowLoops quickest() {
        return Provider.narrow();
    }

    /// y(o, s) = bias(o) + sum over i of weight(o, i) x(i, s), each term by a fused multiply-add.
    void outputs(float[] weight, float[] bias, int outputs, int inputs, float[] x, float[] y, int stride);

    /// As [#outputs], of samples that lie one after the other, from `first` to before `end`: those of a first level
    /// with many inputs. The sum over inputs goes in strands as one over samples does, and the bias comes in the end.
    ///
    /// @param at where the sample `first` goes in each unit's row of y
    /// @param space of [#STRANDS] times 8 numbers at least
    void rowOutputs(float[] weight, float[] bias, int outputs, int inputs, float[] x, int first, int end, float[] y,
            int at, int stride, float[] space);

    /// byWeight(o, i) = sum over s of dy(o, s) x(s, i), for i from `first` to before `end`: as [#byWeight], of samples
    /// that lie one after the other. Each [#BLOCK] of samples is summed up by fused multiply-adds from the
    /// first to the last, and the blocks one after the other.
    ///
    /// @param row the row of x in which sample 0 lies
    void rowByWeight(int outputs, int inputs, float[] dy, float[] x, int row, int samples, int first, int end,
            int stride, float[] byWeight);

    /// a = f(z) and then z = f'(z), element by element, for the first `size` elements.
    ///
    /// @param f tanh, the sigmoid or ReLU
    /// @throws IllegalArgumentException for another function
    void activate(UnaryFunction f, float[] z, float[] a, int size);

    /// dx(i, s) = sum over o of weight(o, i) dy(o, s), each term by a fused multiply-add.
    void byInputs(float[] weight, int outputs, int inputs, float[] dy, float[] dx, int stride);

    /// byWeight(o, i) = sum over s of dy(o, s) x(i, s).
    ///
    /// @param space of [#STRANDS] times 8 numbers at least, for the strands
    void byWeight(int outputs, int inputs, float[] dy, float[] x, int stride, float[] byWeight, float[] space);

    /// byBias(o) = sum over s of dy(o, s).
    ///
    /// @param space of [#STRANDS] times [#WIDEST] numbers at least, for the strands
    void byBias(int outputs, float[] dy, int stride, float[] byBias, float[] space);

    /// The softmax cross-entropy of outputs z against classes.
    ///
    /// @param classes an index below `units` for each sample, sample 0 at `first`
    /// @param samples how many; elements of dz behind them become 0
    /// @param share   one over the number of samples of which the mean is taken
    /// @param dz takes the gradient of the mean over samples
    /// @param space three arrays of the stride's length at least
    /// @return the sum over samples of -ln p(class), NaN or infinite where a z is
    double crossEntropy(float[] z, int units, int[] classes, int first, int samples, float share, int stride,
            float[] dz, float[][] space);

    /// The cross-entropy of sigmoid(z) against probabilities y: -y ln sigmoid(z) - (1 - y) ln(1 - sigmoid(z)).
    ///
    /// @param probabilities sample by sample, `units` of each, sample 0 in row `first`
    /// @param samples how many; elements of dz behind them become 0
    /// @param share   one over the number of outputs of which the mean is taken
    /// @param dz takes the gradient of the mean over samples and units
    /// @return the sum over samples and units, NaN where a z is
    double binaryCrossEntropy(float[] z, int units, float[] probabilities, int first, int samples, float share,
            int stride, float[] dz);
}
