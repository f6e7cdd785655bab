/// Tasks for estimators: pairs of variables whose mutual information is known, composed of a distribution and of maps
/// that change no information. The forty of Czyż et al. (2023), and further ones for estimators that were chosen by
/// these.
@NullMarked
package org.surprisal.information.task;

import org.jspecify.annotations.NullMarked;
