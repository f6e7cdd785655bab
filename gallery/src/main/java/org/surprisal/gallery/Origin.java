package org.surprisal.gallery;

import org.surprisal.study.Host;
import org.surprisal.study.Version;

/// The program and the machine that made an outcome.
///
/// @param version of Surprisal
/// @param commit  of its sources; empty if unknown
/// @param machine its processor and number of cores
public record Origin(String version, String commit, String machine) {
    /// This program on this machine.
    static Origin current() {
        return new Origin(Version.current().number(), Version.current().commit().orElse(""),
                Host.current().processor() + ", " + Host.current().cores() + " cores");
    }
}
