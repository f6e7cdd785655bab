/// An estimator of mutual information that looks at the samples, chooses among those of `information.mutual`, and says
/// how far its answer can be believed.
@NullMarked
package org.surprisal.information.automatic;

import org.jspecify.annotations.NullMarked;
