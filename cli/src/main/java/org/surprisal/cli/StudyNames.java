package org.surprisal.cli;

import java.util.ArrayList;

import org.surprisal.study.Studies;

/// The names that the shell completes for a study.
final class StudyNames extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    StudyNames() {
        super(Studies.builtIn().names());
    }
}
