package org.surprisal.study.experiment;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.surprisal.data.Dataset;

/// Samples to learn from, to watch while training, and to judge by at the end, where there are such.
record SampleParts(Dataset train, Optional<Dataset> validation, Optional<Dataset> test) {
    /// All parts changed alike.
    SampleParts map(UnaryOperator<Dataset> change) {
        return new SampleParts(change.apply(train), validation.map(change), test.map(change));
    }
}
