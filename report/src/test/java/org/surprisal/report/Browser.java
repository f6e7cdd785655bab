package org.surprisal.report;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/// Chromium without a window and without a network.
final class Browser implements AutoCloseable {

    /// A place in the window, in pixels from its upper left corner.
    record Place(double x, double y) {}

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /// Skips the test, with a message, where Chromium or its driver is missing.
    static Browser open() {
        Path chromium = onPath("chromium");
        Path chromedriver = onPath("chromedriver");
        assumeTrue(chromium != null && chromedriver != null, "no '" + (chromium == null ? "chromium" : "chromedriver")
                + "' on the PATH: what a report does in a browser is not tested");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(String.valueOf(chromium));
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                "--force-device-scale-factor=1", "--host-resolver-rules=MAP * ~NOTFOUND");
        options.setCapability("goog:loggingPrefs", Map.of(LogType.BROWSER, "ALL", LogType.PERFORMANCE, "ALL"));
        System.setProperty("webdriver.chrome.driver", String.valueOf(chromedriver));
        ChromeDriver driver = new ChromeDriver(options);
        driver.manage().timeouts().scriptTimeout(Duration.ofMinutes(2));
        return new Browser(driver);
    }

    private static @Nullable Path onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, program)).filter(Files::isExecutable).findFirst().orElse(null);
    }

    void show(Path page) {
        driver.get(page.toUri().toString());
    }

    /// A page of `width` pixels in a bright or dark scheme, for the screen or on paper.
    void view(int width, boolean dark, boolean print) {
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", print ? "print" : "screen", "features",
                List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /// The result of a script, the body of a function; empty text if it has none.
    Object run(String script, Object... arguments) {
        return Objects.requireNonNullElse(driver.executeScript(script, arguments), "");
    }

    /// The result that a script hands to its last argument; empty text if it hands over none.
    Object runAsync(String script) {
        return Objects.requireNonNullElse(driver.executeAsyncScript(script), "");
    }

    List<WebElement> elements(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /// The first element that `selector` finds.
    WebElement element(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    /// What the elements say that `selector` finds, hidden ones included.
    List<String> texts(String selector) {
        return elements(selector).stream().map(element -> String.valueOf(element.getDomProperty("textContent")))
                .toList();
    }

    /// The middle of an item of a figure in the window, after the window was scrolled there: of a place of a mark, in
    /// the drawing that is shown.
    Place vertex(String figure, int mark, int vertex) {
        return place("""
                const [mark, vertex] = [arguments[1], arguments[2]];
                const svg = shown(arguments[0], 'g.mark[data-mark="' + mark + '"]');
                const chart = svg.querySelector('g.mark[data-mark="' + mark + '"]').closest('g.chart').dataset;
                const numbers = JSON.parse(svg.closest('figure').querySelector('.numbers').textContent)
                  .charts[chart.chart].marks[mark];
                const on = (axis, value) => {
                  const [low, high, from, to] = axis.split(' ').slice(1).map(Number);
                  const scaled = axis.startsWith('log') ? Math.log : (number) => number;
                  return from + (scaled(value) - scaled(low)) / (scaled(high) - scaled(low)) * (to - from);
                };
                return inWindow(svg, on(chart.x, numbers.x[vertex]), on(chart.y, numbers.y[vertex]));
                """, figure, mark, vertex);
    }

    /// Where two numbers meet in a chart of a figure, by the chart's linear axes.
    Place meeting(String figure, int chart, double x, double y) {
        return place("""
                const [inside, x, y] = ['g.chart[data-chart="' + arguments[1] + '"]', arguments[2], arguments[3]];
                const svg = shown(arguments[0], inside);
                const axes = svg.querySelector(inside).dataset;
                const on = (axis, value) => {
                  const [low, high, from, to] = axis.split(' ').slice(1).map(Number);
                  return from + (value - low) / (high - low) * (to - from);
                };
                return inWindow(svg, on(axes.x, x), on(axes.y, y));
                """, figure, chart, x, y);
    }

    private Place place(String script, Object... arguments) {
        List<?> place = (List<?>) run("""
                const shown = (id, inside) => Array.from(document.querySelectorAll('#' + id + ' .drawing svg'))
                  .find((svg) => svg.checkVisibility() && svg.querySelector(inside));
                const inWindow = (svg, x, y) => {
                  svg.scrollIntoView({ block: 'center', behavior: 'instant' });
                  const at = new DOMPoint(x, y).matrixTransform(svg.getScreenCTM());
                  return [at.x, at.y];
                };
                """ + script, arguments);
        return new Place(((Number) place.get(0)).doubleValue(), ((Number) place.get(1)).doubleValue());
    }

    /// Moves the pointer.
    void point(Place place) {
        new Actions(driver).moveToLocation((int) Math.round(place.x()), (int) Math.round(place.y())).perform();
    }

    void press(Keys... keys) {
        for (Keys key : keys) {
            new Actions(driver).sendKeys(key).perform();
        }
    }

    /// Turns the scripts of pages off or on.
    void scripts(boolean on) {
        driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !on));
    }

    /// What the console has said since the last call.
    List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream().map(LogEntry::getMessage).toList();
    }

    /// The addresses of what has been loaded since the last call, pages included; data within a page has none.
    List<String> requests() {
        return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream().map(LogEntry::getMessage)
                .filter(message -> message.contains("\"Network.requestWillBeSent\""))
                .map(message -> message.replaceFirst(".*\"request\":.*?\"url\":\"([^\"]*)\".*", "$1"))
                .filter(address -> !address.startsWith("data:")).toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
