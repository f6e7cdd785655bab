package org.surprisal.study;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.surprisal.study.autoencoder.AutoencoderStudy;
import org.surprisal.study.bottleneck.DistancesStudy;
import org.surprisal.study.bottleneck.GradientSnrStudy;
import org.surprisal.study.bottleneck.InformationPlaneStudy;
import org.surprisal.study.controls.ControlsStudy;
import org.surprisal.study.engine.EngineStudy;
import org.surprisal.study.experiment.ExperimentStudy;
import org.surprisal.study.knowntruths.KnownTruthsStudy;
import org.surprisal.study.relativeentropy.RelativeEntropyStudy;
import org.surprisal.study.trainability.TrainabilityStudy;

/// The studies that can be run, by name.
public final class Studies {
    private final Map<String, Study> byName;

    /// @throws IllegalArgumentException if two have one name
    public Studies(List<Study> studies) {
        Map<String, Study> named = new LinkedHashMap<>();
        for (Study study : studies) {
            if (named.put(study.name(), study) != null) {
                throw new IllegalArgumentException("two studies are called '" + study.name() + "'");
            }
        }
        byName = Collections.unmodifiableMap(named);
    }

    /// The studies that come with Surprisal.
    public static Studies builtIn() {
        return new Studies(
                List.of(new EngineStudy(RelativeEntropyStudy.quickstart()),
                        new EngineStudy(RelativeEntropyStudy.full()), new EngineStudy(new InformationPlaneStudy()),
                        new EngineStudy(new GradientSnrStudy()), new EngineStudy(new DistancesStudy()),
                        new KnownTruthsStudy(), new EngineStudy(new TrainabilityStudy()),
                        new EngineStudy(new AutoencoderStudy()),
                        new EngineStudy(new ControlsStudy()),
                        new ExperimentStudy()));
    }

    /// In the order in which they are listed.
    public Collection<Study> all() {
        return byName.values();
    }

    public Collection<String> names() {
        return byName.keySet();
    }

    public Optional<Study> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
