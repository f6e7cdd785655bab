package org.surprisal.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Opens a report in a real browser, where there is one: what counts is what it draws.
class BrowserTest {

    /// Appended to the page by this test: how much ink each chart has, and how many series a legend entry stands for.
    private static final String PROBE = """
            <script>
            (function () {
              var root = document.documentElement;
              var boxes = Array.prototype.slice.call(document.querySelectorAll('.chart'));
              root.dataset.ink = boxes.map(function (box) {
                var canvas = box.querySelector('canvas');
                var chart = echarts.getInstanceByDom(box);
                chart.getZr().flush();
                var pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
                var count = 0;
                for (var i = 0; i < pixels.length; i += 4) {
                  var most = Math.max(pixels[i], pixels[i + 1], pixels[i + 2]);
                  var least = Math.min(pixels[i], pixels[i + 1], pixels[i + 2]);
                  if (pixels[i + 3] > 30 && most - least > 40) { count++; }
                }
                return count;
              }).join(' ');
              var first = echarts.getInstanceByDom(boxes[0]);
              var shown = function () { var n = 0; first.getModel().eachSeries(function () { n++; }); return n; };
              var before = shown();
              document.querySelector('.legend button').click();
              root.dataset.toggled = String(before - shown());
              first.dispatchAction({ type: 'showTip', x: 400, y: 150 });
              root.dataset.tip = boxes[0].innerText;
              var map = boxes.find(function (box) {
                return echarts.getInstanceByDom(box).getOption().tooltip[0].trigger === 'item';
              });
              if (map) {
                var cells = echarts.getInstanceByDom(map);
                cells.dispatchAction({ type: 'showTip', seriesIndex: 0, dataIndex: 39 });
                root.dataset.cell = map.innerText;
              }
            })();
            </script>
            """;

    @Test
    void everyChartIsDrawnWithoutAnError(@TempDir(cleanup = CleanupMode.NEVER) Path folder) throws Exception {
        String dom = dump(folder, HtmlReport.html(SampleFigures.report()));
        assertThat(attribute(dom, "error")).as("script error").isEmpty();
        assertThat(attribute(dom, "drawn")).isEqualTo("5");
        // One chart, eight panels, two charts, a heat map.
        List<Integer> ink = Pattern.compile(" ").splitAsStream(attribute(dom, "ink")).map(Integer::valueOf).toList();
        assertThat(ink).hasSize(12).allMatch(count -> count > 150);
        assertThat(ink.getLast()).as("cells and colour bar").isGreaterThan(50_000);
        assertThat(attribute(dom, "cell")).contains("test accuracy: diverged").contains("depth 50 to 70 layers")
                .contains("6 ξ_c");
        assertThat(attribute(dom, "toggled")).as("a line and its band").isEqualTo("2");
        assertThat(attribute(dom, "tip")).contains("layer m = ").contains("±").contains("nat / nat");
        assertThat(dom).as("still pictures have made way").doesNotContain("class=\"static\"");
    }

    @Test
    void hostileNamesAreOnlyText(@TempDir(cleanup = CleanupMode.NEVER) Path folder) throws Exception {
        String attack = "</script><img src=x onerror=\"document.documentElement.dataset.error='injected'\">";
        Chart chart = new Chart("c", attack, attack, Axis.linear(attack, attack), Axis.linear(attack, attack),
                List.of(new Mark.Line(attack, new double[]{0, 1, 2}, new double[]{0, 1, 3}, Palette.category(0)),
                        Mark.Band.around(attack, new double[]{0, 1, 2}, new double[]{0, 1, 3}, new double[]{1, 1, 1},
                                Palette.category(0)),
                        new Mark.Rule(attack, Mark.Direction.VERTICAL, 1, Palette.INK)));
        Section section = Section.of(attack).prose(attack).picture(chart);
        String dom = dump(folder, HtmlReport.html(Report.of(attack, List.of(section))));
        assertThat(attribute(dom, "error")).isEmpty();
        assertThat(attribute(dom, "drawn")).isEqualTo("1");
    }

    private static String attribute(String dom, String name) {
        Matcher matcher = Pattern.compile("<html[^>]* data-" + name + "=\"([^\"]*)\"").matcher(dom);
        return matcher.find() ? matcher.group(1) : "";
    }

    /// The page as it stands after its scripts have run.
    private static String dump(Path folder, String html) throws IOException, InterruptedException {
        Path chromium = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, "chromium")).filter(Files::isExecutable).findFirst().orElse(null);
        assumeTrue(chromium != null, "no 'chromium' on the PATH: what the report looks like is not tested");
        int end = html.lastIndexOf("</body>");
        Path page = Files.writeString(folder.resolve("report.html"),
                html.substring(0, end) + PROBE + html.substring(end));
        Path dom = folder.resolve("dom.html");
        Process process = new ProcessBuilder(String.valueOf(chromium), "--headless", "--no-sandbox", "--disable-gpu",
                "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync", "--user-data-dir=" + folder.resolve("profile"), "--window-size=1200,3000",
                "--virtual-time-budget=5000", "--dump-dom", page.toUri().toString())
                .redirectOutput(dom.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        assertThat(ended).as("chromium ended within a minute").isTrue();
        return Files.readString(dom);
    }
}
