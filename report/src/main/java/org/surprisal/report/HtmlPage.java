package org.surprisal.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The frame of an HTML page that opens from a disk without a network: the style of reports, and texts made safe.
public final class HtmlPage {
    private HtmlPage() {
    }

    /// A whole page.
    ///
    /// @param title  plain text
    /// @param style  CSS after that of reports
    /// @param body   HTML of what stands inside `body`
    /// @param script JavaScript that runs at the end of the page
    public static String of(String title, String style, String body, String script) {
        // The only sequences that could end or confuse a script element; in JavaScript strings '\/' is '/'.
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
                </head>
                <body>
                %s
                <script>
                %s
                </script>
                </body>
                </html>
                """.formatted(escape(title), own("report.css"), style, body,
                script.replace("</script", "<\\/script").replace("<!--", "<\\!--"));
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

    private static String own(String name) {
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
