package org.surprisal.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Looks for faults in the layout of a page: text over text, cut or too small, too little contrast, a page wider than
/// its window, and whatever axe-core finds. Each page is looked at on a wide and on a narrow screen, bright and dark,
/// and as printed, with one table of numbers open.
final class PageAudit {

    private record View(String name, int width, boolean dark, boolean print) {}

    /// The narrow drawing takes over below 900 pixels; A4 has 718.
    private static final List<View> VIEWS = List.of(new View("1400 px", 1400, false, false),
            new View("1400 px, dark", 1400, true, false), new View("900 px", 900, false, false),
            new View("899 px", 899, false, false), new View("390 px", 390, false, false),
            new View("390 px, dark", 390, true, false), new View("print", 718, false, true),
            new View("print, dark", 718, true, true));

    /// Opens the shortest table of numbers: axe-core takes seconds for a thousand cells, which are all alike.
    private static final String OPEN = """
            const size = (details) => details.closest('figure').querySelector('.numbers').textContent.length;
            const tables = Array.from(document.querySelectorAll('details.table'));
            tables.sort((a, b) => size(a) - size(b)).slice(0, 1).forEach((details) => { details.open = true; });
            setTimeout(arguments[0], 100);
            """;

    private static final String AXE = """
            const done = arguments[arguments.length - 1];
            axe.run({ resultTypes: ['violations'] }).then((result) => done(result.violations.map((violation) =>
              'axe-core: ' + violation.id + ': ' + violation.help + ': '
              + violation.nodes.map((node) => node.target.join(' ')).join(', '))));
            """;

    private PageAudit() {
    }

    /// One line for each fault in `page`, with the view that has it; nothing for a page without a fault.
    static List<String> faults(Browser browser, Path page) throws IOException {
        List<String> faults = new ArrayList<>();
        browser.view(VIEWS.getFirst().width(), false, false);
        browser.show(page);
        browser.runAsync(OPEN);
        String audit = text(PageAudit.class.getResourceAsStream("audit.js"));
        browser.run(text(PageAudit.class.getClassLoader().getResourceAsStream("axe.min.js")));
        for (View view : VIEWS) {
            browser.view(view.width(), view.dark(), view.print());
            List<String> found = new ArrayList<>(lines(browser.run(audit)));
            found.addAll(lines(browser.runAsync(AXE)));
            found.forEach(fault -> faults.add(view.name() + ": " + fault));
        }
        return faults;
    }

    private static List<String> lines(Object result) {
        return ((List<?>) result).stream().map(String::valueOf).toList();
    }

    private static String text(@Nullable InputStream resource) throws IOException {
        try (InputStream in = Objects.requireNonNull(resource, "audit.js or axe.min.js is missing on the class path")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// Milliseconds from the request to the end of the page's load event.
    static double openingTime(Browser browser, Path page) {
        browser.show(page);
        Object time = browser.runAsync("""
                const done = arguments[0];
                setTimeout(() => done(performance.getEntriesByType('navigation')[0].loadEventEnd), 50);
                """);
        return ((Number) time).doubleValue();
    }

    /// Audits the pages named by `args` and prints what is wrong with each, its size and how long it takes to open.
    static void main(String[] args) throws IOException {
        try (Browser browser = Browser.open()) {
            for (String arg : args) {
                Path page = Path.of(arg);
                List<String> faults = faults(browser, page);
                browser.view(1400, false, false);
                IO.println(String.format(Locale.ROOT, "%s: %d KB, opened in %.0f ms, %d faults", page,
                        Files.size(page) / 1000,
                        openingTime(browser, page), faults.size()));
                faults.forEach(fault -> IO.println("  " + fault));
            }
        }
    }
}
