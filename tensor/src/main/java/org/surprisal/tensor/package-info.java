/// Tensors and their derivatives.
///
/// A [Tensor] is a value: its numbers are copied in and out and never change, except by [InPlace]. What is made from a
/// [Tensor#tracked()] variable is recorded, unless [Tracking] is off; [Gradients] walks the record back, and [Jacobian]
/// and [Hessian] take derivatives of many numbers and second derivatives by it. A derivative by a variable that the
/// record does not lead to is a [MissingGradientException], never a silent zero ([Gradients.Unreached]).
/// [GradientCheck] compares derivatives with difference quotients, [ComputationalGraph] shows a record.
///
/// [ElementType#FLOAT64] runs plain loops and is the reference; [ElementType#FLOAT32] is fast. A [Workspace] uses
/// memory again from one training step to the next, and a [RandomStream] is the only source of random numbers.
@NullMarked
package org.surprisal.tensor;

import org.jspecify.annotations.NullMarked;
