package org.surprisal.study.engine;

/// Studies whose runs end without a picture: painting takes longer than a run of tiny settings. A test that looks at
/// figures has them from [StudyRunner#report].
public final class Unpainted {
    private Unpainted() {
    }

    /// The study without pictures in the reports of its runs.
    public static Study of(Study study) {
        return StudyContract.silent(study);
    }
}
