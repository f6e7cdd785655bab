package org.surprisal.study.bottleneck;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.Discrete;
import org.surprisal.information.mutual.InformationPlane;
import org.surprisal.information.mutual.InformationPlane.Bracket;
import org.surprisal.information.mutual.InformationPlane.Coordinates;
import org.surprisal.information.mutual.InformationPlane.Kind;
import org.surprisal.information.mutual.InformationPlane.Point;
import org.surprisal.information.mutual.InformationPlane.Succession;
import org.surprisal.information.mutual.PlugIn;

/// Measures the planes of one network, all on the same samples.
///
/// @param inputs whole rows as symbols
/// @param labels their classes
/// @param estimators at least one; of kinds that differ
record PlaneMeasurement(Discrete inputs, Discrete labels, List<LayerEstimator> estimators) {

    /// The plane of these layers, each measured with every estimator.
    InformationPlane of(List<Continuous> layers) {
        List<Point> points = new ArrayList<>();
        for (Continuous layer : layers) {
            Map<Kind, Coordinates> kinds = new EnumMap<>(Kind.class);
            Map<String, Object> settings = new LinkedHashMap<>();
            Optional<Bracket> bracket = Optional.empty();
            List<String> warnings = new ArrayList<>();
            boolean random = false;
            for (LayerEstimator estimator : estimators) {
                Point point = InformationPlane
                        .of(estimator.of(layer), inputs, labels, List.of(layer), Succession.CHAIN).points().getFirst();
                kinds.putAll(point.kinds());
                settings.putAll(point.settings());
                if (point.bracket().isPresent()) {
                    bracket = point.bracket();
                }
                random |= point.random();
                warnings.addAll(point.warnings());
            }
            points.add(new Point(layer.name(), kinds, bracket, random, settings, warnings));
        }
        return new InformationPlane(labels.count(), PlugIn.entropy(inputs), PlugIn.entropy(labels), Succession.CHAIN,
                points);
    }
}
