package org.surprisal.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaletteTest {

    /// Relative luminance of sRGB (IEC 61966-2-1), 0 for black and 1 for white.
    private static double luminance(Color colour) {
        return 0.2126 * linear(colour.getRed()) + 0.7152 * linear(colour.getGreen())
                + 0.0722 * linear(colour.getBlue());
    }

    private static double linear(int channel) {
        double c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }

    @Test
    void viridisMatchesItsPublishedColours() {
        // matplotlib 3.6: viridis(0), viridis(0.5), viridis(1), in 0..255.
        assertNear(ColourMap.VIRIDIS.at(0), 68, 1, 84);
        assertNear(ColourMap.VIRIDIS.at(0.5), 33, 145, 140);
        assertNear(ColourMap.VIRIDIS.at(1), 253, 231, 37);
        assertThat(ColourMap.VIRIDIS.at(-3)).isEqualTo(ColourMap.VIRIDIS.at(0));
        assertThatIllegalArgumentException().isThrownBy(() -> ColourMap.GREY.at(Double.NaN));
    }

    private static void assertNear(Color colour, int red, int green, int blue) {
        assertThat(colour.getRed()).isCloseTo(red, within(6));
        assertThat(colour.getGreen()).isCloseTo(green, within(6));
        assertThat(colour.getBlue()).isCloseTo(blue, within(6));
    }

    @Test
    void orderedColoursGrowLighterAndStayVisibleOnWhite() {
        for (int n = 1; n <= 12; n++) {
            List<Color> colours = Palette.sequential(n);
            assertThat(colours).hasSize(n);
            for (int i = 1; i < n; i++) {
                assertThat(luminance(colours.get(i))).isGreaterThan(luminance(colours.get(i - 1)));
            }
            assertThat(1.05 / (luminance(colours.getLast()) + 0.05)).as("WCAG's contrast of graphics to white")
                    .isGreaterThanOrEqualTo(3);
        }
        for (int i = 0; i < 7; i++) {
            assertThat(1.05 / (luminance(Palette.category(i)) + 0.05)).isGreaterThanOrEqualTo(3);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Palette.sequential(0)).withMessageContaining("(=0)");
    }

    @Test
    void aSignedPictureIsWhiteAtZero() {
        Image image = Image.signed("z", 3, 1, new float[]{-2, 0, 1});
        assertThat(image.range()).isEqualTo(new Range(-2, 2));
        assertThat(image.fraction(1, 0)).isEqualTo(0.5);
        Color zero = image.map().at(0.5);
        assertThat(List.of(zero.getRed(), zero.getGreen(), zero.getBlue())).allMatch(c -> c == 247);
    }

    @Test
    void aConstantPictureHasARange() {
        assertThat(Image.grey("flat", 2, 1, new float[]{3, 3}).range()).isEqualTo(new Range(3, 4));
        assertThat(Image.signed("flat", 1, 1, new float[]{0}).range()).isEqualTo(new Range(-1, 1));
    }
}
