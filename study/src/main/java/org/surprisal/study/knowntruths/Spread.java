package org.surprisal.study.knowntruths;

import java.util.List;
import org.surprisal.information.Moments;

/// What an estimator gave for one pair: mean and standard deviation over seeds.
///
/// @param mean in nats
/// @param deviation in nats; 0 where there is but one seed
record Spread(double mean, double deviation) {

    static Spread of(List<Double> values) {
        Moments moments = Moments.of(values.stream().mapToDouble(Double::doubleValue).toArray());
        return new Spread(moments.mean(), values.size() < 2 ? 0 : Math.sqrt(moments.sampleVariance()));
    }
}
