package org.surprisal.cli.theory;

import org.surprisal.cli.UsageException;

/// Evenly spaced numbers as an option: `LO,HI,N`.
final class Spaced {
    private static final int MOST = 1000;

    private Spaced() {
    }

    /// N numbers from LO to HI.
    ///
    /// @throws UsageException if the text is not of this form, LO is not below HI, or N is not from 2 to 1000
    static double[] parse(String option, String text) {
        String[] parts = text.split(",", -1);
        try {
            double low = Double.parseDouble(parts[0].strip());
            double high = Double.parseDouble(parts[1].strip());
            int count = Integer.parseInt(parts[2].strip());
            if (parts.length == 3 && low < high && Double.isFinite(high - low) && count >= 2 && count <= MOST) {
                double[] numbers = new double[count];
                for (int i = 0; i < count; i++) {
                    numbers[i] = low + (high - low) * i / (count - 1);
                }
                return numbers;
            }
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw wrong(option, text);
        }
        throw wrong(option, text);
    }

    private static UsageException wrong(String option, String text) {
        return new UsageException(option + " " + text + ": must be LO,HI,N with LO below HI and N from 2 to " + MOST);
    }
}
