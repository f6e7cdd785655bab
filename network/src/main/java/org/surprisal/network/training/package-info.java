/// The training loop, its listeners, evaluation, early stopping and schedules of the learning rate.
@NullMarked
package org.surprisal.network.training;

import org.jspecify.annotations.NullMarked;
