package org.surprisal.tensor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Convolution and pooling. [Tensor] documents each.
///
/// A convolution is linear in its images and in its weight, and so are its two adjoints in theirs: each one's backward
/// passes are the other two, to any order. Mean pooling is an unfolding ([#unfold]), whose adjoint is [#fold].
final class Windows {
    private Windows() {
    }

    static Tensor convolve(Tensor x, Tensor weight, @Nullable Tensor bias, Window window) {
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
        if (bias == null) {
            return convolve(x, weight, planes);
        }
        if (!bias.shape().equals(Shape.of(weight.length(0))) || bias.type() != weight.type()) {
            throw new IllegalArgumentException("convolve: bias " + bias.type() + " " + bias.shape()
                    + " does not fit weight " + weight.type() + " " + weight.shape() + ": " + weight.type() + " ("
                    + weight.length(0) + ") would");
        }
        return Tensor.result("convolve", outputs(planes, weight.length(0)),
                loops(x, planes, weight.length(0)).convolve(x.storage(), weight.storage(), bias.storage()),
                List.of(x, weight, bias), List.of(g -> toImages(g, weight, planes), g -> toWeight(x, g, planes),
                        g -> g.reshape(planes.samples(), g.length(1), planes.outputs()).sum(2).sum(0)));
    }

    private static Shape outputs(Planes planes, int out) {
        return Shape.of(planes.samples(), out, planes.outputsDown(), planes.outputsAcross());
    }

    private static Tensor convolve(Tensor x, Tensor weight, Planes planes) {
        int out = weight.length(0);
        return Tensor.result("convolve", outputs(planes, out),
                loops(x, planes, out).convolve(x.storage(), weight.storage(), null),
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
        return picked(x, x.storage().largest(planes), planes);
    }

    /// The elements of images that these indices name, an index for each output.
    private static Tensor picked(Tensor x, int[] indices, Planes planes) {
        return Tensor.result("maxPool", Shape.of(pooled(planes)), x.storage().pick(indices, planes.outputs()),
                List.of(x), List.of(g -> unpicked(g, indices, planes)));
    }

    /// The adjoint of [#picked].
    private static Tensor unpicked(Tensor gradient, int[] indices, Planes planes) {
        Shape shape = Shape.of(planes.samples(), planes.channels(), planes.height(), planes.width());
        return Tensor.result("maxPoolToImages", shape,
                gradient.storage().unpick(indices, planes.outputs(), shape.size()), List.of(gradient),
                List.of(g -> picked(g, indices, planes)));
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
