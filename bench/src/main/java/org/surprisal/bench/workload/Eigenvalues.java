package org.surprisal.bench.workload;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.surprisal.bench.harness.Contest;
import org.surprisal.bench.harness.Scene;
import org.surprisal.bench.harness.Side;
import org.surprisal.bench.harness.Target;
import org.surprisal.bench.harness.Tuning;
import org.surprisal.bench.harness.Workload;
import org.surprisal.bench.pytorch.PyTorch;
import org.surprisal.bench.pytorch.TorchMeasure;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.SymmetricEigen;
import org.surprisal.tensor.Tensor;

/// All eigenvalues of a dense symmetric matrix in float64, each side on one thread: ours are computed on one, and
/// PyTorch calls LAPACK. The number that is compared is the sum of their magnitudes.
///
/// @param rows of the matrix, which is drawn
public record Eigenvalues(int rows) implements Workload {
    @Override
    public String name() {
        return "eigenvalues-" + rows;
    }

    @Override
    public String summary() {
        return String.format(Locale.ROOT, "eigenvalues of a dense symmetric matrix of %,d rows, one thread", rows);
    }

    @Override
    public Work work() {
        return new Work(1, "matrices");
    }

    @Override
    public List<Target> targets() {
        return List.of(new Target.OfPeer(0.33));
    }

    @Override
    public Check check() {
        return new Check(1, 1e-12);
    }

    @Override
    public Contest open(Scene scene) throws IOException {
        Tensor drawn = scene.stream().child("eigenvalues").gaussian(ElementType.FLOAT64, 0, 1, rows, rows);
        Tensor matrix = drawn.plus(drawn.transpose());
        double[] elements = matrix.toDoubles();
        double[][] lines = new double[rows][rows];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(elements, i * rows, lines[i], 0, rows);
        }
        Side ours = () -> {
            double sum = 0;
            for (double value : SymmetricEigen.values("the matrix", lines)) {
                sum += Math.abs(value);
            }
            return sum;
        };
        Optional<Side> peer = scene.peer() ? Optional.of(onOneThread(matrix)) : Optional.empty();
        return new Contest(ours, peer, Optional.empty(), "drawn normal numbers",
                List.of("PyTorch's torch.linalg.eigvalsh calls LAPACK; it is held to one thread"));
    }

    private static Side onOneThread(Tensor matrix) throws IOException {
        PyTorch torch = PyTorch.start();
        TorchMeasure measure = TorchMeasure.of(torch, """
                    return torch.sum(torch.abs(torch.linalg_eigvalsh(x)))
                """, torch.doubles(matrix), new LinkedHashMap<>());
        return new Side() {
            @Override
            public double step() {
                return measure.step();
            }

            @Override
            public Optional<Tuning> tune() {
                PyTorch.useOneThread();
                return Optional.of(new Tuning(1, "PyTorch on 1 thread"));
            }

            @Override
            public void close() {
                measure.close();
            }
        };
    }
}
