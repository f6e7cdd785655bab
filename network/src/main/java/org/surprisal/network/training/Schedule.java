package org.surprisal.network.training;

/// How the learning rate changes with time: a factor on the rate that the optimiser was made with. Time counts from 0,
/// in steps taken or in epochs finished, as [Trainer#schedule] is told.
///
/// ```java
/// Schedule rate = new Schedule.WarmUp(500, 0.1).then(500, new Schedule.Cosine(10_000, 0));
/// ```
@FunctionalInterface
public interface Schedule {
    /// What time counts.
    enum Unit {
        /// Steps taken before this one.
        STEP,
        /// Epochs finished before this one.
        EPOCH
    }

    /// The factor at a time, finite and not negative.
    ///
    /// @param time from 0
    double factor(long time);

    /// This schedule before time `end`, the next one, whose time starts at 0, from then on.
    default Schedule then(long end, Schedule next) {
        return new Chain(this, end, next);
    }

    /// factor^floor(t / period): a drop after every period.
    ///
    /// @param period of time, at least 1
    /// @param factor in (0, 1]
    record Step(long period, double factor) implements Schedule {
        public Step {
            requirePeriod(period);
            requireShare("factor", factor);
        }

        @Override
        public double factor(long time) {
            long drops = time / period;
            return StrictMath.pow(factor, (double) drops);
        }
    }

    /// factor^(t / period), smoothly: a0 10^(-t/T) is `new Exponential(T, 0.1)`.
    ///
    /// @param period of time, at least 1
    /// @param factor in (0, 1]
    record Exponential(long period, double factor) implements Schedule {
        public Exponential {
            requirePeriod(period);
            requireShare("factor", factor);
        }

        @Override
        public double factor(long time) {
            return StrictMath.pow(factor, (double) time / period);
        }
    }

    /// (1 + t / period)^-exponent: slower the later.
    ///
    /// @param period of time, at least 1
    /// @param exponent positive
    record Power(long period, double exponent) implements Schedule {
        public Power {
            requirePeriod(period);
            if (!(exponent > 0) || Double.isInfinite(exponent)) {
                throw new IllegalArgumentException("exponent (=" + exponent + ") must be positive and finite");
            }
        }

        @Override
        public double factor(long time) {
            return StrictMath.pow(1 + (double) time / period, -exponent);
        }
    }

    /// From 1 to `floor` along half a cosine, floor + (1 - floor) (1 + cos(pi t / period)) / 2, and `floor` after the
    /// period (Loshchilov and Hutter 2017, without restarts).
    ///
    /// @param period of time, at least 1
    /// @param floor in [0, 1]
    record Cosine(long period, double floor) implements Schedule {
        public Cosine {
            requirePeriod(period);
            if (!(floor >= 0 && floor <= 1)) {
                throw new IllegalArgumentException("floor (=" + floor + ") must be in [0, 1]");
            }
        }

        @Override
        public double factor(long time) {
            if (time >= period) {
                return floor;
            }
            return floor + (1 - floor) * (1 + StrictMath.cos(Math.PI * time / period)) / 2;
        }
    }

    /// From `start` to 1 in equal increments, and 1 after the period.
    ///
    /// @param period of time, at least 1
    /// @param start in (0, 1]
    record WarmUp(long period, double start) implements Schedule {
        public WarmUp {
            requirePeriod(period);
            requireShare("start", start);
        }

        @Override
        public double factor(long time) {
            return time >= period ? 1 : start + (1 - start) * time / period;
        }
    }

    /// One schedule after another.
    ///
    /// @param end the time at which the second takes over, its time being 0 then; not negative
    record Chain(Schedule first, long end, Schedule second) implements Schedule {
        public Chain {
            if (end < 0) {
                throw new IllegalArgumentException("end (=" + end + ") must not be negative");
            }
        }

        @Override
        public double factor(long time) {
            return time < end ? first.factor(time) : second.factor(time - end);
        }
    }

    private static void requirePeriod(long period) {
        if (period < 1) {
            throw new IllegalArgumentException("period (=" + period + ") must be at least 1");
        }
    }

    private static void requireShare(String name, double value) {
        if (!(value > 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " (=" + value + ") must be in (0, 1]");
        }
    }
}
