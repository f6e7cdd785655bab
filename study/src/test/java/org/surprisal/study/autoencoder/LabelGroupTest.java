package org.surprisal.study.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelGroupTest {

    private static double[] labels(int images) {
        double[] labels = new double[images];
        Arrays.setAll(labels, i -> i % 10);
        return labels;
    }

    @Test
    void everyImageIsAPointOfItsClass() {
        List<LabelGroup> groups = LabelGroup.of(labels(200), false);
        assertThat(groups).extracting(LabelGroup::name).startsWith("class 0", "class 1").hasSize(10);
        assertThat(groups.get(3).rows()).startsWith(3, 13, 23).hasSize(20);
        assertThat(LabelGroup.words(200)).isEmpty();
    }

    /// Labels that follow each other in turn must not lose every other class.
    @Test
    void ofManyImagesAPartOfEachClassIsDrawn() {
        List<LabelGroup> groups = LabelGroup.of(labels(450), false);
        assertThat(groups).hasSize(10).allSatisfy(group -> assertThat(group.rows()).hasSize(15));
        assertThat(groups.get(3).rows()).startsWith(3, 33, 63);
        assertThat(LabelGroup.words(450))
                .isEqualTo(" Of every 3 images of a group one is drawn; the arrays have all.");
    }
}
