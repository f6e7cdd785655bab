package org.surprisal.tensor;

import java.util.List;

/// Convolution and pooling. [Tensor] documents each.
///
/// A convolution is linear in its images and in its weight, and so are its two adjoints in theirs: each one's backward
/// passes are the other two, to any order. Mean pooling is an unfolding ([#unfold]), whose adjoint is [#fold].
final class Windows {
    private Windows() {
    }

    static Tensor convolve(Tensor x, Tensor weight, Window window) {
        Planes planes = Planes.of(x, window, "convolve");
        if (weight.rank() != 4 || weight.length(1) != planes.channels() || weight.length(2) != window.down().length()
                || weight.length(3) != window.across().length()) {
            throw new IllegalArgumentException(
                    "convolve: weight " + weight.shape() + " does not fit images " + x.shape()
                            + " and window " + window + ": (out channels, " + planes.channels() + ", "
                            + window.down().length() + ", " + window.across().length() + ") would");
        }
        if (weight.type() != x.type()) {
            throw new IllegalArgumentException("convolve: element types differ: images " + x.type() + " " + x.shape()
                    + " and weight " + weight.type() + " " + weight.shape() + weight.type().remedy("the images"));
        }
        return convolve(x, weight, planes);
    }

    private static Tensor convolve(Tensor x, Tensor weight, Planes planes) {
        int out = weight.length(0);
        Shape shape = Shape.of(planes.samples(), out, planes.outputsDown(), planes.outputsAcross());
        return Tensor.result("convolve", shape, loops(x, planes, out).convolve(x.storage(), weight.storage()),
                List.of(x, weight), List.of(g -> toImages(g, weight, planes), g -> toWeight(x, g, planes)));
    }

    /// The adjoint of [#convolve] by the images.
    private static Tensor toImages(Tensor gradient, Tensor weight, Planes planes) {
        Shape shape = Shape.of(planes.samples(), planes.channels(), planes.height(), planes.width());
        return Tensor.result("convolveToImages", shape,
                loops(gradient, planes, weight.length(0)).toImages(gradient.storage(), weight.storage()),
                List.of(gradient, weight),
                List.of(g -> convolve(g, weight, planes), g -> toWeight(g, gradient, planes)));
    }

    /// The adjoint of [#convolve] by the weight.
    private static Tensor toWeight(Tensor x, Tensor gradient, Planes planes) {
        int out = gradient.length(1);
        Window window = planes.window();
        Shape shape = Shape.of(out, planes.channels(), window.down().length(), window.across().length());
        return Tensor.result("convolveToWeight", shape,
                loops(x, planes, out).toWeight(x.storage(), gradient.storage()), List.of(x, gradient),
                List.of(g -> toImages(gradient, g, planes), g -> convolve(x, g, planes)));
    }

    private static ConvolutionLoops<?> loops(Tensor like, Planes planes, int out) {
        return new ConvolutionLoops<>(like.storage(), planes, out);
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
