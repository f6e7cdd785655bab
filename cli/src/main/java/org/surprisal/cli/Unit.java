package org.surprisal.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.regex.Pattern;

/// A unit of information.
public enum Unit {
    /// Of natural logarithms: the library's.
    NAT,
    /// Of logarithms to base 2.
    BIT;

    private static final String NUMBER = "(-?[0-9]+(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)";
    private static final Pattern NATS = Pattern.compile(NUMBER + "(?: ± " + NUMBER + ")? nats?\\b");

    /// A number of nats in this unit.
    public double ofNats(double nats) {
        return this == NAT ? nats : nats / Math.log(2);
    }

    /// A message of the library with its informations in this unit. The library writes an information in a sentence as
    /// a number followed by ' nat', with its spread between them where there is one: '0.12 ± 0.03 nat'.
    public String of(String message) {
        return this == NAT
                ? message
                : NATS.matcher(message).replaceAll(found -> converted(found.group(1))
                        + (found.group(2) == null ? "" : " ± " + converted(found.group(2))) + " " + this);
    }

    /// With as many significant digits as were given.
    private String converted(String nats) {
        int digits = Math.max(1, new BigDecimal(nats).precision());
        return BigDecimal.valueOf(ofNats(Double.parseDouble(nats))).round(new MathContext(digits)).toString();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
