package org.surprisal.report;

import java.awt.Color;
import java.util.List;
import java.util.stream.IntStream;

/// Colours for marks that colour-blind readers and grey prints can tell apart.
public final class Palette {

    /// Black, for a theory curve, a reference or a fit.
    public static final Color INK = new Color(0x1a1a1a);

    /// Mid grey, for what stands in the background.
    public static final Color GREY = new Color(0x808080);

    /// The eight colours of Okabe and Ito (2008) but black, the pale ones darkened to a contrast of 3 to white.
    private static final List<Color> CATEGORIES = List.of(new Color(0x0072b2), new Color(0xd55e00),
            new Color(0x009e73), new Color(0xc2609a), new Color(0xc07f00), new Color(0x2f93cf), new Color(0x8f8200));

    /// Where on viridis the ordered colours end: beyond, the contrast to white is below 3.
    private static final double PALEST = 0.59;

    private Palette() {
    }

    /// `count` colours for values in ascending order, dark to light.
    public static List<Color> sequential(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("palette: count (=" + count + ") must be at least 1");
        }
        return IntStream.range(0, count)
                .mapToObj(i -> ColourMap.VIRIDIS.at(count == 1 ? 0.3 : PALEST * i / (count - 1))).toList();
    }

    /// The colour of category `index` (0, 1, …), for kinds without an order; seven colours, then the first again.
    public static Color category(int index) {
        return CATEGORIES.get(Math.floorMod(index, CATEGORIES.size()));
    }
}
