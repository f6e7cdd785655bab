package org.surprisal.study.engine;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.surprisal.report.Section;
import org.surprisal.settings.Setting;
import org.surprisal.settings.Settings;

/// Studies for tests of the engine.
final class EngineFixture {
    static final Factor<Double> SCALE = Factor.of(Setting.decimals("scale", List.of(1.0, 2.0), 0, 100, "a factor"),
            "s");
    static final Quantity NUMBER = Quantity.of("number", "1", "number");

    private EngineFixture() {
    }

    /// Results that a claim in a test does not look at.
    @SuppressWarnings("NullAway")
    static Results noResults() {
        @Nullable
        Results none = null;
        return none;
    }

    /// A study whose trials do what a test wants.
    record Scripted(Design design, Consumer<Trial> trial) implements Study {
        @Override
        public String name() {
            return "scripted";
        }

        @Override
        public String summary() {
            return "does what a test wants";
        }

        @Override
        public String title() {
            return "Scripted";
        }

        @Override
        public String lead() {
            return "Nothing to read.";
        }

        @Override
        public List<Setting<?>> settings() {
            return List.of(SCALE.values());
        }

        @Override
        public Design design(Settings settings) {
            return design;
        }

        @Override
        public void run(Trial at) {
            trial.accept(at);
        }

        @Override
        public List<Section> report(Results results) {
            return List.of();
        }
    }
}
