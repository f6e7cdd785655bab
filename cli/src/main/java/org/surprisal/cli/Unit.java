package org.surprisal.cli;

import java.util.Locale;

/// A unit of information.
public enum Unit {
    /// Of natural logarithms: the library's.
    NAT,
    /// Of logarithms to base 2.
    BIT;

    /// A number of nats in this unit.
    public double ofNats(double nats) {
        return this == NAT ? nats : nats / Math.log(2);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
