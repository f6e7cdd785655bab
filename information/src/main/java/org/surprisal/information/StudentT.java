package org.surprisal.information;

import java.util.Locale;
import org.hipparchus.special.Beta;

/// Student's t distribution.
///
/// @param degreesOfFreedom ν, at least 1
public record StudentT(int degreesOfFreedom) {

    /// Student's t distribution of ν degrees of freedom.
    ///
    /// @throws IllegalArgumentException if `degreesOfFreedom` is below 1
    public StudentT {
        if (degreesOfFreedom < 1) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "degreesOfFreedom = %d, at least 1 needed", degreesOfFreedom));
        }
    }

    /// P(|T| >= |t|) = I_x(ν/2, ½) at x = ν/(ν + t²), the regularised incomplete beta function. An infinite `t`
    /// gives 0.
    ///
    /// @throws IllegalArgumentException if `t` is NaN
    public double twoSidedPValue(double t) {
        if (Double.isNaN(t)) {
            throw new IllegalArgumentException("t = NaN, a number needed");
        }
        double nu = degreesOfFreedom;
        double ratio = Math.abs(t) / Math.sqrt(nu);
        // The smaller of x and 1 - x goes in, so that neither end loses its digits.
        return ratio < 1
                ? 1 - Beta.regularizedBeta(ratio * ratio / (1 + ratio * ratio), 0.5, nu / 2)
                : Beta.regularizedBeta(1 / (1 + ratio * ratio), nu / 2, 0.5);
    }

    /// The t >= 0 for which P(|T| >= t) = `pValue`: half the width, in standard errors, of the interval of confidence
    /// 1 - `pValue`. Found by bisection to the last bit.
    ///
    /// @param pValue above 0, at most 1
    /// @throws IllegalArgumentException if `pValue` is outside
    public double twoSidedQuantile(double pValue) {
        if (!(pValue > 0 && pValue <= 1)) {
            throw new IllegalArgumentException("pValue = %s, a value in (0, 1] needed".formatted(pValue));
        }
        double low = 0;
        double high = 1;
        while (twoSidedPValue(high) > pValue) {
            low = high;
            high *= 2;
        }
        double middle = 0.5 * (low + high);
        while (low < middle && middle < high) {
            if (twoSidedPValue(middle) > pValue) {
                low = middle;
            } else {
                high = middle;
            }
            middle = 0.5 * (low + high);
        }
        return high;
    }
}
