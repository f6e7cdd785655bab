package org.surprisal.cli.ising;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.surprisal.report.ColourMap;
import org.surprisal.report.Figure;
import org.surprisal.report.Image;
import org.surprisal.report.ImageGrid;
import org.surprisal.report.Range;
import org.surprisal.report.Values;
import org.surprisal.tensor.RandomStream;
import org.surprisal.theory.ising.IsingModel;
import org.surprisal.theory.ising.Onsager;
import org.surprisal.theory.ising.Start;
import org.surprisal.theory.ising.WolffClusters;

/// The picture of an Ising model by temperature: a state each.
final class StatesFigure {
    /// The largest L that a page has room for.
    static final int LARGEST_SIZE = 512;

    /// Shares of the critical temperature at which states are drawn beside the one that was asked for.
    private static final double[] SHARES = {0.4, 0.8, 0.95, 1, 1.05, 1.3, 2};

    private static final int WARM_UP = 400;

    private StatesFigure() {
    }

    static Figure of(IsingModel model, RandomStream stream) {
        double scale = model.coupling() == 0 ? 1 : Math.abs(model.coupling());
        double[] temperatures = DoubleStream
                .concat(DoubleStream.of(SHARES).map(share -> share * scale * Onsager.CRITICAL_TEMPERATURE)
                        .filter(t -> !label(t).equals(label(model.temperature()))),
                        DoubleStream.of(model.temperature()))
                .sorted().toArray();
        List<Image> images = new ArrayList<>();
        for (int i = 0; i < temperatures.length; i++) {
            IsingModel at = new IsingModel(model.size(), temperatures[i], model.coupling(), model.field());
            WolffClusters sampler = new WolffClusters(at, Start.ORDERED, stream.child(i));
            sampler.warmUp(WARM_UP);
            images.add(image(sampler.spins(0), model.size(), temperatures[i]));
        }
        return new ImageGrid("ising-states", "Ising states by temperature",
                String.format(Locale.ROOT,
                        "%d x %d spins with coupling %s and field %s, a state each after %d sweeps of Wolff's"
                                + " clusters from"
                                + " order; light is up, dark is down. The infinite lattice orders below T = %.4f.",
                        model.size(), model.size(), model.coupling(), model.field(), WARM_UP,
                        Math.abs(model.coupling()) * Onsager.CRITICAL_TEMPERATURE),
                images);
    }

    private static String label(double temperature) {
        return String.format(Locale.ROOT, "T = %.3f", temperature);
    }

    private static Image image(byte[] spins, int size, double temperature) {
        float[] values = new float[spins.length];
        for (int i = 0; i < spins.length; i++) {
            values[i] = spins[i];
        }
        return new Image(label(temperature), size, size, Values.of(values),
                ColourMap.GREY, new Range(-1, 1));
    }
}
