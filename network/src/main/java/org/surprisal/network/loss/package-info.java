/// Losses: functions of outputs and targets that training makes small.
@NullMarked
package org.surprisal.network.loss;

import org.jspecify.annotations.NullMarked;
