package org.surprisal.study.autoencoder;

import java.util.List;
import java.util.stream.IntStream;
import org.surprisal.tensor.Tensor;
import org.surprisal.theory.ising.IsingModel;

/// What is seen of a state of the Ising model on a square lattice with periodic boundaries, J = 1 and no field.
///
/// @param magnetisation Σ s_i / N, in [-1, 1]
/// @param energy        H / N in units of J, in [-2, 2]
record SpinState(double magnetisation, double energy) {
    /// A pixel above it is an up spin: the middle of 0 and 1.
    private static final float THRESHOLD = 0.5f;

    /// The states of images, one a row: an up spin where a pixel is above ½, so that a blurred reconstruction is a
    /// state too.
    ///
    /// @param images shape (n, side * side)
    static List<SpinState> of(Tensor images) {
        float[] pixels = images.toFloats();
        int sites = images.length(1);
        int side = (int) Math.round(Math.sqrt(sites));
        return IntStream.range(0, images.length(0)).mapToObj(row -> of(pixels, row * sites, side)).toList();
    }

    private static SpinState of(float[] pixels, int from, int side) {
        long bonds = 0;
        long total = 0;
        for (int y = 0; y < side; y++) {
            int row = from + y * side;
            int below = from + (y + 1) % side * side;
            for (int x = 0; x < side; x++) {
                int spin = spin(pixels[row + x]);
                bonds += (long) spin * (spin(pixels[row + (x + 1) % side]) + spin(pixels[below + x]));
                total += spin;
            }
        }
        // The temperature has no part in a state's energy.
        IsingModel model = IsingModel.of(side, 1);
        return new SpinState((double) total / model.spins(), model.energy(bonds, total) / model.spins());
    }

    /// The share of spins that two sets of images of one shape have in common.
    static double agreement(Tensor images, Tensor others) {
        float[] a = images.toFloats();
        float[] b = others.toFloats();
        long same = IntStream.range(0, a.length).filter(i -> spin(a[i]) == spin(b[i])).count();
        return (double) same / a.length;
    }

    private static int spin(float pixel) {
        return pixel > THRESHOLD ? 1 : -1;
    }
}
