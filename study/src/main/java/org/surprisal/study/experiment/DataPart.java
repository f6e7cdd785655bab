package org.surprisal.study.experiment;

import java.util.Optional;
import org.surprisal.data.Dataset;

/// A part of an experiment's samples.
enum DataPart {
    TRAINING,
    VALIDATION,
    TEST;

    /// The samples; absent where the data have no such part.
    Optional<Dataset> of(ExperimentData data) {
        return switch (this) {
            case TRAINING -> Optional.of(data.train());
            case VALIDATION -> data.validation();
            case TEST -> data.test();
        };
    }
}
