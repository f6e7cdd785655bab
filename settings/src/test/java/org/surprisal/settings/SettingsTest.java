package org.surprisal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
    private static final Setting<Integer> DEPTH = Setting.integer("depth", 50, 3, 100, "");
    private static final Setting<List<Double>> VARIANCES = Setting.decimals("sigma-w2", List.of(1.5, 2.0), 0, 4, "");
    private static final List<Setting<?>> ALL = List.of(DEPTH, VARIANCES);

    @Test
    void whatIsNotGivenHasItsDefault() {
        Settings settings = Settings.of(ALL, Map.of("sigma-w2", "1.50, 2.5"));

        assertThat(settings.get(DEPTH)).isEqualTo(50);
        assertThat(settings.get(VARIANCES)).containsExactly(1.5, 2.5);
        assertThat(settings.asMap()).containsExactly(Map.entry("depth", "50"), Map.entry("sigma-w2", "1.5,2.5"));
    }

    @Test
    void itsMapGivesItBack() {
        Settings settings = Settings.of(ALL, Map.of("depth", "7"));

        assertThat(Settings.of(ALL, settings.asMap())).isEqualTo(settings).hasSameHashCodeAs(settings);
    }

    @Test
    void anUnknownKeyIsRefusedWithTheNearestElseAll() {
        assertThatThrownBy(() -> Settings.of(ALL, Map.of("dpeth", "7"))).isInstanceOf(SettingException.class)
                .hasMessage("unknown setting 'dpeth'; did you mean 'depth'?");
        assertThatThrownBy(() -> Settings.of(ALL, Map.of("colour", "7"))).isInstanceOf(SettingException.class)
                .hasMessage("unknown setting 'colour'; the settings are depth, sigma-w2");
    }

    @Test
    void mistakesOfAStudyAreFound() {
        Settings settings = Settings.of(List.of(DEPTH), Map.of());

        assertThatThrownBy(() -> settings.get(VARIANCES)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sigma-w2");
        assertThatThrownBy(() -> Settings.of(List.of(DEPTH, DEPTH), Map.of()))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("depth");
    }
}
