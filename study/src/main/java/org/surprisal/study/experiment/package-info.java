/// Experiments described in one file: data, network, loss, optimiser, what to listen to.
@org.jspecify.annotations.NullMarked
package org.surprisal.study.experiment;
