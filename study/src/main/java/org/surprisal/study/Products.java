package org.surprisal.study;

import java.io.IOException;
import java.nio.file.Path;

/// Which code computes the matrix products of a run. Another code sums in another order and gives other last digits,
/// which training can magnify; so a run goes on with the products with which it began.
final class Products {
    private static final String PLAIN = "plain";

    private Products() {
    }

    /// Refuses a run that was begun with other products than this process's.
    ///
    /// @param begun as run.json has it
    /// @param now   as this process has it
    /// @throws IOException with one line that says how the run can go on
    static void requireSame(Path folder, String begun, String now) throws IOException {
        if (name(begun).equals(name(now))) {
            return;
        }
        String how = isPlain(begun)
                ? "start it with SURPRISAL_JAVA_OPTS=-Dsurprisal.native=off"
                : "go on where oneDNN can be loaded ('surprisal doctor' says why it is not here), without"
                        + " surprisal.native=off and with the version of Surprisal that began the run";
        throw new IOException(folder + " was begun with matrix products of " + begun + ", and this process has " + now
                + ", which gives other last digits; to go on to the same bits, " + how);
    }

    /// Without the reason, which stands in brackets.
    private static String name(String products) {
        return isPlain(products) ? PLAIN : products.replaceFirst(" \\(.*", "").strip();
    }

    private static boolean isPlain(String products) {
        return products.startsWith(PLAIN);
    }
}
