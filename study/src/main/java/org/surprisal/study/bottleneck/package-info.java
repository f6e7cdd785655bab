/// The studies of the information bottleneck (Landsverk's thesis): `information-plane`, what the layers know of input
/// and labels as they train; `gradient-snr`, the two phases of the gradients; `distances`, the pairwise distances
/// behind the estimates. All train small classifiers again and again from other starts, which is what they share.
@NullMarked
package org.surprisal.study.bottleneck;

import org.jspecify.annotations.NullMarked;
