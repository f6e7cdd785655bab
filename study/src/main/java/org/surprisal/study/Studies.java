package org.surprisal.study;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.surprisal.study.autoencoder.AutoencoderStudy;
import org.surprisal.study.biasvariance.BiasVarianceStudy;
import org.surprisal.study.bottleneck.DistancesStudy;
import org.surprisal.study.bottleneck.GradientSnrStudy;
import org.surprisal.study.bottleneck.InformationPlaneStudy;
import org.surprisal.study.bottleneck.ModelChoiceStudy;
import org.surprisal.study.bottleneck.NoisyInformationStudy;
import org.surprisal.study.bottleneck.PlaneFlipStudy;
import org.surprisal.study.controls.ControlsStudy;
import org.surprisal.study.depthandrate.DepthAndRateStudy;
import org.surprisal.study.engine.Study;
import org.surprisal.study.estimatorbenchmark.EstimatorBenchmarkStudy;
import org.surprisal.study.experiment.ExperimentStudy;
import org.surprisal.study.knowntruths.KnownTruthsStudy;
import org.surprisal.study.layercutting.LayerCuttingStudy;
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

    /// The studies that come with Surprisal, and behind them those of users: classes that implement
    /// [Study], have a public constructor without parameters, and are named in a file
    /// `META-INF/services/org.surprisal.study.engine.Study` on the class path (or provided by a module).
    ///
    /// @throws IllegalArgumentException if two studies have one name
    /// @throws ServiceConfigurationError if a study that is named cannot be loaded
    public static Studies builtIn() {
        List<Study> studies = new ArrayList<>(List.of(RelativeEntropyStudy.quickstart(), RelativeEntropyStudy.full(),
                new InformationPlaneStudy(), new GradientSnrStudy(), new DistancesStudy(), new PlaneFlipStudy(),
                new ModelChoiceStudy(),
                new NoisyInformationStudy(), new BiasVarianceStudy(),
                new KnownTruthsStudy(), new EstimatorBenchmarkStudy(),
                new TrainabilityStudy(), new DepthAndRateStudy(), new LayerCuttingStudy(), new AutoencoderStudy(),
                new ControlsStudy(),
                new ExperimentStudy()));
        ServiceLoader.load(Study.class).forEach(studies::add);
        return new Studies(studies);
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
