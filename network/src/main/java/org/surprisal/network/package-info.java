/// Networks and their training: layers, losses, the training loop, and derivatives of a whole network.
///
/// A [Layer] is parameters and a function; [Network] gives its modules paths and its parameters names, and runs it.
/// [Network#forward] is the network as it is used, and so is what [LossGradients], [LossHessian], [NetworkJacobian] and
/// [Evaluation] look at: dropout drops nothing, batch normalisation takes its running averages, and noise that is part
/// of the network ([org.surprisal.network.layer.GaussianNoise]) is the same in each pass that is given no stream.
/// [Network#forwardInTraining] is what a step of [Trainer] sees. A [Probe] hears what passes through named modules;
/// [State], [Weights] and [EarlyStopping] keep what training changes.
///
/// A layer that refuses its input says so with its path: `layer 'encoder.linear1': (4) given; a batch (n, 4) is
/// needed`.
@NullMarked
package org.surprisal.network;

import org.jspecify.annotations.NullMarked;
