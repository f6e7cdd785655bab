package org.surprisal.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/// What a report does in a real browser. The places of points are taken from the drawing and the texts from the
/// figure's formulas, so each checks the numbers in the page.
class BrowserTest {

    private static @Nullable Browser opened;
    private static Path page = Path.of("report.html");

    @BeforeAll
    static void open(@TempDir Path folder) throws IOException {
        opened = Browser.open();
        page = Files.writeString(folder.resolve("report.html"), HtmlReport.html(SampleFigures.report()));
    }

    @AfterAll
    static void close() {
        if (opened != null) {
            opened.close();
        }
    }

    private static Browser browser() {
        return Objects.requireNonNull(opened);
    }

    @BeforeEach
    void show() {
        browser().view(1400, false, false);
        browser().show(page);
    }

    /// The lines of the tooltip; none where it is hidden.
    private static List<String> tip() {
        return browser().texts(".tip:not([hidden]) > *");
    }

    @Test
    void pageHasNoFault() throws IOException {
        assertThat(PageAudit.faults(browser(), page)).isEmpty();
        assertThat(browser().console()).isEmpty();
        browser().view(1400, false, false);
        IO.println(String.format(Locale.ROOT, "The report of the sample figures opens in %.0f ms.",
                PageAudit.openingTime(browser(), page)));
    }

    @Test
    void noRequestLeavesTheFile() {
        browser().requests();
        browser().show(page);
        browser().elements("details").forEach(WebElement::click);
        assertThat(browser().requests()).containsExactly(page.toUri().toString());
        assertThat(browser().run("return performance.getEntriesByType('resource').length")).isEqualTo(0L);
    }

    @Test
    void tooltipNamesThePointUnderThePointer() {
        // The second mark is the first curve.
        Browser.Place place = browser().vertex("relative-entropy-by-depth", 1, 12);
        browser().point(place);
        assertThat(tip()).containsExactly("σw² = 1.5, before", "layer m: 12",
                "relative entropy, normalised: 0.2915 nat / nat", "0.2892 to 0.2939 nat / nat");
        browser().point(new Browser.Place(place.x(), place.y() + 60));
        assertThat(tip()).as("far from every point").isEmpty();
    }

    @Test
    void tooltipNamesTheCellByItsOwnValues() {
        browser().point(browser().meeting("tongue", 0, 1.9, 16));
        assertThat(tip()).containsExactly("test accuracy: 0.95", "σw²: 2", "depth: 20 layers");
        browser().point(browser().meeting("tongue", 0, 4.2, 55));
        assertThat(tip()).containsExactly("test accuracy: diverged", "σw²: 4", "depth: 60 layers");
    }

    @Test
    void tooltipNamesTheBarByItsEdges() {
        browser().point(browser().meeting("layer-distributions", 0, 0.2, 0.02));
        assertThat(tip()).hasSize(4).startsWith("neurons", "layer 5, before", "pre-activation: 0.0 to 0.3");
    }

    @Test
    void tooltipStaysInANarrowWindow() {
        browser().view(390, false, false);
        for (int vertex : new int[]{1, 24, 48}) {
            browser().point(browser().vertex("relative-entropy-by-depth", 1, vertex));
            assertThat(tip()).contains("layer m: " + vertex);
            assertThat(browser().run("""
                    const box = document.querySelector('.tip').getBoundingClientRect();
                    return box.left >= 0 && box.right <= innerWidth && box.top >= 0 && box.bottom <= innerHeight;
                    """)).as("vertex %d", vertex).isEqualTo(true);
        }
    }

    @Test
    void arrowKeysWalkAlongAndAcrossMarks() {
        WebElement drawing = browser().element("#loss-by-epoch svg.wide");
        browser().run("arguments[0].focus()", drawing);
        browser().press(Keys.ARROW_RIGHT, Keys.END);
        assertThat(spoken()).contains("epoch: 15");
        browser().press(Keys.ARROW_LEFT);
        assertThat(spoken()).contains("epoch: 14");
        browser().press(Keys.HOME);
        assertThat(tip()).containsExactly("training", "epoch: 1", "cross-entropy: 2.23 nat", "2.21 to 2.25 nat");
        browser().press(Keys.ARROW_DOWN);
        assertThat(tip()).containsExactly("validation", "epoch: 1", "cross-entropy: 2.21 nat");
        for (int i = 0; i < 7; i++) {
            browser().press(Keys.ARROW_RIGHT);
        }
        assertThat(tip()).as("the gap at epoch 8 is no point").contains("epoch: 9");
        assertThat(spoken()).isEqualTo(String.join("; ", tip()));
        assertThat(browser().elements("#loss-by-epoch svg.wide .ring")).hasSize(1);
        browser().press(Keys.ESCAPE);
        assertThat(tip()).isEmpty();
        assertThat(browser().elements(".ring")).isEmpty();
    }

    @Test
    void arrowKeysWalkUpAndDownAmongCells() {
        browser().run("arguments[0].focus()", browser().element("#tongue svg.wide"));
        browser().press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_UP);
        assertThat(tip()).contains("σw²: 1.25", "depth: 10 layers");
        browser().press(Keys.ARROW_DOWN);
        assertThat(tip()).contains("σw²: 1.25", "depth: 5 layers");
    }

    private static String spoken() {
        return browser().texts("[role=status]").getFirst();
    }

    @Test
    void pressedLegendEntryHidesItsMarksInBothDrawings() {
        Browser.Place place = browser().vertex("relative-entropy-by-depth", 1, 40);
        WebElement entry = browser().element("#relative-entropy-by-depth .legend button");
        entry.click();
        assertThat(entry.getAttribute("aria-pressed")).isEqualTo("false");
        assertThat(browser().run("""
                const parts = Array.from(document.querySelectorAll(
                  '#relative-entropy-by-depth .drawing [data-entry="0"]'));
                return parts.length >= 4 && parts.every((part) => getComputedStyle(part).display === 'none');
                """)).as("a band and a line in each drawing").isEqualTo(true);
        browser().point(place);
        assertThat(tip()).doesNotContain("σw² = 1.5, before");
        entry.sendKeys(Keys.SPACE);
        assertThat(entry.getAttribute("aria-pressed")).isEqualTo("true");
        browser().point(browser().vertex("relative-entropy-by-depth", 1, 40));
        assertThat(tip()).contains("σw² = 1.5, before");
    }

    @Test
    void timelineShowsWhatHappenedUntilItsEpoch() {
        WebElement range = browser().element("#information-plane .timeline input");
        assertThat(timeline()).as("begins at the end").isEqualTo("epoch 20 of 20");
        assertThat(later()).isEqualTo(0L);
        range.sendKeys(Keys.HOME);
        assertThat(timeline()).isEqualTo("epoch 0 of 20");
        assertThat(trail().chars().filter(c -> c == 'M' || c == 'L')).hasSize(1);
        range.sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
        assertThat(timeline()).isEqualTo("epoch 2 of 20");
        assertThat(trail().chars().filter(c -> c == 'M' || c == 'L')).hasSize(3);
        assertThat(later()).as("three later places of three layers in two drawings").isEqualTo(18L);
        range.sendKeys(Keys.END);
        assertThat(trail().chars().filter(c -> c == 'M' || c == 'L')).hasSize(6);
    }

    /// The steps 1/3 and 2/3 have no few digits; a place must be seen at its own step.
    @Test
    void timelineReachesFractionalSteps(@TempDir Path folder) throws IOException {
        Trail trail = new Trail("t", Values.of(0, 1, 2), Values.of(0, 1, 2), Values.of(0, 1.0 / 3, 2.0 / 3),
                List.of("a", "b", "c"), Palette.INK, Stroke.SOLID, true);
        Chart chart = new Chart("c", "t", "", Axis.linear("x", ""), Axis.linear("y", ""), List.of(trail));
        browser().show(Files.writeString(folder.resolve("report.html"),
                HtmlReport.html(Report.of("t", List.of(Section.of("s").picture(chart))))));
        WebElement range = browser().element(".timeline input");
        for (int later : new int[]{4, 2, 0}) {
            range.sendKeys(later == 4 ? Keys.HOME : Keys.ARROW_RIGHT);
            assertThat(browser().run("return document.querySelectorAll('[data-points] > .later').length"))
                    .isEqualTo((long) later);
        }
    }

    @Test
    void timelinePlaysToItsEnd() {
        WebElement play = browser().element("#information-plane .timeline button");
        browser().element("#information-plane .timeline input").sendKeys(Keys.HOME, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT,
                Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
        assertThat(timeline()).isEqualTo("epoch 10 of 20");
        play.click();
        assertThat(play.getText()).isEqualTo("Pause");
        browser().runAsync("""
                const done = arguments[0];
                const button = document.querySelector('#information-plane .timeline button');
                const wait = () => (button.textContent === 'Play' ? done() : setTimeout(wait, 50));
                wait();
                """);
        assertThat(timeline()).isEqualTo("epoch 20 of 20");
    }

    private static String timeline() {
        return browser().texts("#information-plane output").getFirst();
    }

    private static Object later() {
        return browser().run("return document.querySelectorAll('#information-plane .later').length");
    }

    private static String trail() {
        return String.valueOf(browser().element("#information-plane svg.wide .trail path").getAttribute("d"));
    }

    @Test
    void tableHasTheNumbersOfTheChart() {
        browser().element("#loss-by-epoch summary").click();
        browser().runAsync("setTimeout(arguments[0], 50)");
        List<String> heads = browser().texts("#loss-by-epoch details thead th");
        assertThat(heads).startsWith("name", "epoch");
        assertThat(browser().texts("#loss-by-epoch details tbody tr")).contains("validation8no number");
        assertThat(browser().texts("#gradient-norms details table")).as("opened by a reader only").isEmpty();
    }

    @Test
    void captionStaysWhereItsTableScrollsOnANarrowPage() {
        browser().view(390, false, false);
        browser().element("#relative-entropy-by-depth summary").click();
        browser().runAsync("setTimeout(arguments[0], 50)");
        assertThat(browser().run("""
                const boxes = Array.from(document.querySelectorAll('.scroll')).filter((box) => box.checkVisibility());
                const wide = boxes.filter((box) => box.scrollWidth > box.clientWidth);
                const before = (box) => box.previousElementSibling.getBoundingClientRect();
                const stays = (box) => {
                  const left = before(box).left;
                  box.scrollLeft = 50;
                  return box.scrollLeft > 0 && before(box).left === left && before(box).right <= innerWidth;
                };
                return wide.length > 0 && wide.every(stays)
                  && Array.from(document.querySelectorAll('.caption')).every((caption) => !caption.closest('.scroll'));
                """)).isEqualTo(true);
    }

    /// The script reads symbols by itself; [org.surprisal.report.canvas.Notation] is what it has to agree with.
    @ParameterizedTest
    @ValueSource(strings = {"σ_w² and σ_b²", "I(X;T_2)", "Σ_{k,l} x", "x'_1", "f′_12.", "10^-3", "x^2 + y^2", "σ_w^2",
            "x_1^{n - 1}", "(a + b)^2", "2^0.5.", "train_samples", "x_train_samples", "my_x_1", "5x_1", "x_{", "a^n"})
    void symbolsAreSetAsThePageSetsThem(String text) {
        assertThat(browser().run("return figureText.element('p', '', arguments[0]).innerHTML", text))
                .isEqualTo(HtmlText.withCode(text).replace("&#39;", "'"));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "-0.5, −0.5", "2.23456, 2.23456", "123456, 123456", "1e6, 10⁶", "1234567, 1.234567 × 10⁶",
            "-1.2345e-5, −1.2345 × 10⁻⁵", "0.0001, 0.0001"})
    void numbersAreWrittenAsTheyAreGivenWithATrueMinus(double number, String text) {
        assertThat(browser().run("return figureText.numeral(arguments[0])", number)).isEqualTo(text);
    }

    @Test
    void figuresAreReadableWithoutScripts() {
        browser().scripts(false);
        try {
            browser().show(page);
            assertThat(browser().element("#information-plane svg.wide").isDisplayed()).isTrue();
            assertThat(browser().element("#information-plane .timeline").isDisplayed()).isFalse();
            assertThat(browser().element("#information-plane details").isDisplayed()).isFalse();
        } finally {
            browser().scripts(true);
        }
    }

    @Test
    void hostileNamesAreOnlyText(@TempDir Path folder) throws IOException {
        String attack = "</script><img src=x onerror=\"document.documentElement.dataset.error='injected'\">";
        Chart chart = new Chart("c", attack, attack, Axis.linear(attack, attack), Axis.linear(attack, attack),
                List.of(new Line(attack, new double[]{0, 1, 2}, new double[]{0, 1, 3}, Palette.category(0)),
                        Band.around(attack, new double[]{0, 1, 2}, new double[]{0, 1, 3}, new double[]{1, 1, 1},
                                Palette.category(0))));
        Section section = Section.of(attack).prose(attack).picture(chart);
        browser().show(Files.writeString(folder.resolve("report.html"),
                HtmlReport.html(Report.of(attack, List.of(section)))));
        browser().element("summary").click();
        browser().point(browser().vertex("c", 0, 1));
        assertThat(tip()).contains(attack);
        assertThat(browser().elements("img")).isEmpty();
        assertThat(browser().run("return document.documentElement.dataset.error || ''")).isEqualTo("");
    }
}
