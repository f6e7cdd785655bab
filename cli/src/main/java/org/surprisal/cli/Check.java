package org.surprisal.cli;

import java.util.Map;

/// One thing that `doctor` looked at.
///
/// @param name    what it is
/// @param ok      whether it is as it should be
/// @param found   how it is, in a line
/// @param advice  what to do if it is not ok; else empty
/// @param numbers what was found as numbers, for scripts; the name of each ends in its unit
record Check(String name, boolean ok, String found, String advice, Map<String, Number> numbers) {
    static Check ok(String name, String found) {
        return new Check(name, true, found, "", Map.of());
    }

    static Check warn(String name, String found, String advice) {
        return new Check(name, false, found, advice, Map.of());
    }

    Check with(String number, Number value) {
        return new Check(name, ok, found, advice, Map.of(number, value));
    }
}
