package org.surprisal.tensor;

import java.util.List;

/// Convolution and pooling. [Tensor] documents each.
///
/// A convolution lays what its windows see side by side ([#unfold]) and is one matrix product then; its backward passes, of any
/// order, are products and [#fold] again (Chellapilla et al. 2006).
final class Windows {
    /// What windows see is laid side by side for so many elements at once: an evaluation takes more samples than training does, and
    /// their windows see each of them many times.
    private static final int MOST_UNFOLDED = 1 << 27;

    private Windows() {
    }

    static Tensor convolve(Tensor x, Tensor weight, Window window) {
        return convolve(x, weight, window, MOST_UNFOLDED);
    }

    /// In halves where the windows see more than `most` elements, so that each unfolded part can go before the next one comes.
    static Tensor convolve(Tensor x, Tensor weight, Window window, int most) {
        Planes planes = Planes.of(x, window, "convolve");
        if (weight.rank() != 4 || weight.length(1) != planes.channels() || weight.length(2) != window.down().length()
                || weight.length(3) != window.across().length()) {
            throw new IllegalArgumentException(
                    "convolve: weight " + weight.shape() + " does not fit images " + x.shape()
                            + " and window " + window + ": (out channels, " + planes.channels() + ", "
                            + window.down().length() + ", " + window.across().length() + ") would");
        }
        long unfolded = (long) planes.samples() * planes.outputs() * planes.channels() * planes.places();
        if (planes.samples() > 1 && unfolded > most) {
            int half = planes.samples() / 2;
            return Tensor.concatenate(0, List.of(convolve(x.slice(0, 0, half), weight, window, most),
                    convolve(x.slice(0, half, planes.samples()), weight, window, most)));
        }
        int kernels = weight.length(0);
        // The product has the channel as its first axis; samples come first again after it.
        return weight.reshape(kernels, planes.channels() * planes.places()).matmul(unfold(x, planes))
                .reshape(kernels, planes.samples(), planes.outputs()).permute(1, 0, 2)
                .reshape(planes.samples(), kernels, planes.outputsDown(), planes.outputsAcross());
    }

    static Tensor maxPool(Tensor x, Window window) {
        Planes planes = Planes.of(x, window, "maxPool");
        return x.reshape(x.size()).take(0, x.storage().largest(planes)).reshape(pooled(planes));
    }

    static Tensor averagePool(Tensor x, Window window) {
        Planes planes = Planes.of(x, window, "averagePool");
        // Every plane a sample of one channel: the entries of a window are then the first axis alone.
        Planes single = new Planes(planes.samples() * planes.channels(), 1, planes.height(), planes.width(), window);
        return unfold(x, single).sum(0).times(1.0 / planes.places()).reshape(pooled(planes));
    }

    private static int[] pooled(Planes planes) {
        return new int[]{planes.samples(), planes.channels(), planes.outputsDown(), planes.outputsAcross()};
    }

    /// Shape (channels x entries of the window, samples x outputs).
    private static Tensor unfold(Tensor x, Planes planes) {
        Shape shape = x.shape();
        return Tensor.result("unfold",
                Shape.of(Math.multiplyExact(planes.channels(), planes.places()),
                        Math.multiplyExact(planes.samples(), planes.outputs())),
                x.storage().unfold(planes), List.of(x), List.of(g -> fold(g, planes, shape)));
    }

    private static Tensor fold(Tensor x, Planes planes, Shape to) {
        return Tensor.result("fold", to, x.storage().fold(planes), List.of(x), List.of(g -> unfold(g, planes)));
    }
}
