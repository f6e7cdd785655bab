package org.surprisal.examples;

import org.surprisal.data.Dataset;
import org.surprisal.data.InMemory;
import org.surprisal.data.sets.Xor;
import org.surprisal.network.perceptron.PerceptronRule;
import org.surprisal.network.perceptron.ThresholdUnit;
import org.surprisal.tensor.Tensor;

/// Rosenblatt's perceptron learns logical functions of two inputs by correcting its mistakes, one sample after the
/// other.
///
/// Expect that it finds a line for AND and for OR after a few corrections, and never for XOR, where there is none.
public final class PerceptronLearning {
    public static void main(String[] args) {
        Tensor corners = Xor.corners().all().inputs();
        learn(InMemory.classification("AND", corners, Tensor.of(new double[]{0, 0, 0, 1}), 2));
        learn(InMemory.classification("OR", corners, Tensor.of(new double[]{0, 1, 1, 1}), 2));
        learn(InMemory.classification("XOR", corners, Tensor.of(new double[]{0, 1, 1, 0}), 2));
    }

    private static void learn(Dataset data) {
        ThresholdUnit zeros = new ThresholdUnit(0, 0, 0);
        PerceptronRule.Result result = new PerceptronRule(1, 1000).fit(zeros, data);
        if (result.converged()) {
            System.out
                    .println(data.name() + ": learnt with " + result.updates() + " corrections, y = " + result.unit());
            System.out.println(result.unit().truthTable());
        } else {
            System.out.println(data.name() + ": not learnt, still wrong after " + result.updates() + " corrections");
        }
    }
}
