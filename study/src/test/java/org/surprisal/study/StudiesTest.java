package org.surprisal.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.surprisal.settings.Settings;
import org.surprisal.study.engine.Study;
import org.surprisal.study.experiment.ExperimentStudy;

/// The list of studies.
class StudiesTest {
    private static final Study STUDY = new ExperimentStudy();

    @Test
    void studiesAreFoundByName() {
        Studies studies = new Studies(List.of(STUDY));

        assertThat(studies.find("experiment")).contains(STUDY);
        assertThat(studies.find("experience")).isEmpty();
        assertThatThrownBy(() -> new Studies(List.of(STUDY, STUDY))).hasMessage("two studies are called 'experiment'");
    }

    @Test
    void everyStudyHasANameASummaryAndSettings() {
        assertThat(Studies.builtIn().all()).allSatisfy(study -> {
            assertThat(study.name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
            assertThat(study.summary()).isNotBlank().doesNotContain("\n");
            assertThat(Settings.of(study.settings(), Map.of()).asMap()).isNotEmpty();
        });
    }
}
