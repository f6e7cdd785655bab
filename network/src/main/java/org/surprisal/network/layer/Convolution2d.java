package org.surprisal.network.layer;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.surprisal.network.Layer;
import org.surprisal.network.Parameter;
import org.surprisal.network.Pass;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;
import org.surprisal.tensor.Window;

/// Images (n, channels, height, width) become (n, out, outputs down, outputs across): each of the `out` kernels, moved
/// over the image, weighs what its window sees in all channels and adds its bias (lecture notes, Eq 13). Kernels are
/// not flipped.
///
/// @param weight shape (out, channels, height of the window, width of the window)
/// @param bias shape (out), or none
/// @param window how the kernels move
/// @param border what they see beyond the edge
public record Convolution2d(Parameter weight, @Nullable Parameter bias, Window window, Border border) implements Layer {
    /// @throws IllegalArgumentException when the shapes of weight, bias and window do not fit
    public Convolution2d {
        Shape w = weight.value().shape();
        if (w.rank() != 4 || w.length(2) != window.down().length() || w.length(3) != window.across().length()) {
            throw new IllegalArgumentException("weight " + w + " must be (out, channels, " + window.down().length()
                    + ", " + window.across().length() + ") for a window of " + window);
        }
        if (bias != null && !bias.value().shape().equals(Shape.of(w.length(0)))) {
            throw new IllegalArgumentException(
                    "bias " + bias.value().shape() + " must be (" + w.length(0) + ") for weight " + w);
        }
    }

    /// A layer with bias and a border of zeros that starts as `initialisation` says.
    public static Convolution2d start(Initialisation initialisation, ElementType type, int channels, int out,
            Window window, RandomStream stream) {
        Shape shape = Shape.of(out, channels, window.down().length(), window.across().length());
        return new Convolution2d(Parameter.of("weight", initialisation.weight(type, shape, stream.child("weight"))),
                Parameter.of("bias", initialisation.bias(type, shape, stream.child("bias"))), window, Border.ZEROS);
    }

    /// The same layer without its bias, which a normalisation behind it makes redundant.
    public Convolution2d withoutBias() {
        return new Convolution2d(weight, null, window, border);
    }

    /// The same layer, seeing another border.
    public Convolution2d border(Border other) {
        return new Convolution2d(weight, bias, window, other);
    }

    /// @throws IllegalArgumentException for an input of another shape or element type, or one that the window does not
    /// fit
    @Override
    public Tensor forward(Tensor input, Pass pass) {
        int channels = weight.value().length(1);
        if (input.rank() != 4 || input.length(1) != channels) {
            throw new IllegalArgumentException(input.shape() + " given; a batch of images (n, " + channels
                    + ", height, width) is needed");
        }
        return switch (border) {
            case ZEROS -> convolve(input, window);
            case REFLECT -> convolve(reflected(input), window.unpadded());
        };
    }

    private Tensor convolve(Tensor images, Window places) {
        return bias == null
                ? images.convolve(weight.value(), places)
                : images.convolve(weight.value(), bias.value(), places);
    }

    /// The images with their border around them.
    private Tensor reflected(Tensor input) {
        int[] down = mirrored(window.down(), input.length(2));
        int[] across = mirrored(window.across(), input.length(3));
        int[] seen = new int[Math.multiplyExact(down.length, across.length)];
        for (int i = 0; i < seen.length; i++) {
            seen[i] = down[i / across.length] * input.length(3) + across[i % across.length];
        }
        int planes = input.length(0) * input.length(1);
        return input.reshape(planes, input.length(2) * input.length(3)).take(1, seen)
                .reshape(input.length(0), input.length(1), down.length, across.length);
    }

    private static int[] mirrored(Window.Span span, int n) {
        if (Math.max(span.before(), span.after()) >= n) {
            throw new IllegalArgumentException("a border of " + span.before() + " + " + span.after()
                    + " cannot mirror " + n + " elements: it must be narrower");
        }
        return IntStream.range(-span.before(), n + span.after()).map(i -> n - 1 - Math.abs(n - 1 - Math.abs(i)))
                .toArray();
    }

    @Override
    public List<Parameter> parameters() {
        return bias == null ? List.of(weight) : List.of(weight, bias);
    }
}
