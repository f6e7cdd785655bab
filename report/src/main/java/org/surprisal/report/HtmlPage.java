package org.surprisal.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The frame of an HTML page that opens from a disk without a network: the style of reports, and texts made safe.
public final class HtmlPage {
    private HtmlPage() {
    }

    /// A whole page. An error of a script is kept as `data-error` of the root element, where a test finds it.
    ///
    /// @param title   plain text
    /// @param style   CSS after that of reports
    /// @param body    HTML of what stands inside `body`
    /// @param scripts JavaScript that runs at the end of the page, in this order
    public static String of(String title, String style, String body, String... scripts) {
        StringBuilder end = new StringBuilder();
        for (String script : scripts) {
            // The only sequences that could end or confuse a script element; in JavaScript strings '\/' is '/'.
            end.append("<script>\n").append(script.replace("</script", "<\\/script").replace("<!--", "<\\!--"))
                    .append("\n</script>\n");
        }
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>%s</title>
                <link rel="icon" href="data:,">
                <style>
                %s%s</style>
                <script>
                window.addEventListener('error', function (event) {
                  document.documentElement.dataset.error = event.message;
                });
                </script>
                </head>
                <body>
                %s%s</body>
                </html>
                """.formatted(escape(title), own("report.css"), style, body, end);
    }

    /// The HTML of a text without markup.
    public static String escape(String text) {
        return HtmlText.escape(text);
    }

    /// The HTML of a text in which `code` between backticks is set as such, and symbols as
    /// [org.surprisal.report.canvas.Notation] reads them.
    public static String prose(String text) {
        return HtmlText.withCode(text);
    }

    /// The text of a file beside this class.
    static String own(String name) {
        try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
