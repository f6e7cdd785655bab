package org.surprisal.data.transform;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.surprisal.data.ClassLabels;
import org.surprisal.data.DataException;
import org.surprisal.data.Dataset;
import org.surprisal.data.Split;
import org.surprisal.tensor.Tensor;

/// The samples of some classes, which are numbered anew from 0 in the order they are named: of MNIST's classes 1 and 7,
/// the sevens become class 1.
public final class ClassSelection {
    private ClassSelection() {
    }

    /// The samples of these classes, in the order they had. Reads every sample's class, here and once.
    ///
    /// @throws DataException when a class is none of the data set's or is named twice, or none is named
    public static Dataset of(Dataset data, int... classes) {
        int[] place = new int[data.classes()];
        Arrays.fill(place, -1);
        for (int i = 0; i < classes.length; i++) {
            int c = classes[i];
            if (c < 0 || c >= place.length || place[c] >= 0) {
                throw new DataException("data set " + data.name() + ": classes " + Arrays.toString(classes)
                        + " cannot be chosen; they are 0 … " + (place.length - 1) + ", each once");
            }
            place[c] = i;
        }
        if (classes.length == 0) {
            throw new DataException("data set " + data.name() + ": no class was chosen");
        }
        int[] labels = ClassLabels.of(data);
        int[] rows = IntStream.range(0, labels.length).filter(row -> place[labels[row]] >= 0).toArray();
        List<String> names = IntStream.of(classes).mapToObj(data.classNames()::get).toList();
        return new TargetView(data.rows(rows), names, targets -> {
            double[] indices = targets.toDoubles();
            Arrays.setAll(indices, i -> place[(int) indices[i]]);
            return Tensor.of(indices).to(targets.type());
        });
    }

    /// The same selection of both parts.
    public static Split of(Split split, int... classes) {
        return new Split(of(split.train(), classes), of(split.test(), classes));
    }
}
