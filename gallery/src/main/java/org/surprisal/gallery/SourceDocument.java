package org.surprisal.gallery;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.surprisal.settings.NearestName;
import org.surprisal.settings.SettingException;

/// One of the five documents that describe what is reproduced.
public enum SourceDocument {
    /// The master's thesis on relative entropy in deep networks.
    SCHMIDT("Schmidt, relative entropy in deep neural networks"),
    /// The master's thesis on the information plane.
    LANDSVERK("Landsverk, information bottleneck in deep neural networks"),
    /// The lecture notes on machine learning.
    NOTES("Lecture notes on neural networks"),
    /// The slides on backpropagation.
    KLAMBAUER("Klambauer, slides on backpropagation"),
    /// The slides on the basics of neural networks.
    SCHWEIZER("Schweizer, slides on the basics of neural networks");

    private final String title;

    SourceDocument(String title) {
        this.title = title;
    }

    /// The word on the command line, and the beginning of the ids of its exhibits: `schmidt`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Author and subject.
    public String title() {
        return title;
    }

    /// The document of a word.
    ///
    /// @throws SettingException with the nearest word, if there is none
    public static SourceDocument of(String word) {
        List<String> words = Arrays.stream(values()).map(SourceDocument::word).toList();
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst()
                .orElseThrow(() -> SettingException.at("--document",
                        "unknown document '" + word + "'" + NearestName.advice(word, words, "documents")));
    }
}
