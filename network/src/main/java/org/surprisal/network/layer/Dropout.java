package org.surprisal.network.layer;

import org.surprisal.network.Layer;
import org.surprisal.network.Pass;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// In training, sets each number to 0 with a probability, and divides the others by the probability to stay, so that
/// the mean is kept; otherwise does nothing (Srivastava et al. 2014; the notes' section 5.5 scales at test time
/// instead, which gives the same network up to that factor). Never after the last layer.
///
/// @param probability of a number to be dropped, at least 0 and below 1
public record Dropout(double probability) implements Layer {
    public Dropout {
        if (!(probability >= 0 && probability < 1)) {
            throw new IllegalArgumentException("probability (=" + probability + ") must be at least 0 and below 1");
        }
    }

    @Override
    public Tensor forward(Tensor input, Pass pass) {
        if (!pass.isTraining() || probability == 0) {
            return input;
        }
        RandomStream stream = pass.draw();
        double kept = 1 / (1 - probability);
        double[] mask = new double[input.size()];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = stream.nextDouble() < probability ? 0 : kept;
        }
        return input.times(Tensor.of(mask, input.shape().lengths()).to(input.type()));
    }
}
