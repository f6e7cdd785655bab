package org.surprisal.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageAuditTest {

    @Test
    void everyKindOfFaultIsFound(@TempDir Path folder) throws IOException {
        Path page = Files.writeString(folder.resolve("faults.html"), """
                <!DOCTYPE html>
                <html lang="en"><head><title>Faults</title><style>
                body { margin: 0; background: #ffffff; } .se0e0e0 { stroke: #e0e0e0; }
                </style></head><body><main><h1>Faults</h1>
                <figure id="f"><div class="drawing"><svg width="300" height="100" role="img" aria-label="faults">
                <g class="mark"><path class="se0e0e0" d="M0 90H300"/></g>
                <text x="20" y="30" font-size="14">under</text><text x="30" y="34" font-size="14">over</text>
                <text x="290" y="70" font-size="14">cut off</text>
                <text x="100" y="30" font-size="8">small</text>
                <text x="150" y="30" font-size="14" style="fill: #cccccc">pale</text>
                </svg></div></figure>
                <p style="width: 895px">wide</p><img src="data:,">
                </main></body></html>
                """);
        try (Browser browser = Browser.open()) {
            List<String> faults = PageAudit.faults(browser, page);
            assertThat(faults).contains("1400 px: f: text 'cut off' leaves the drawing",
                    "1400 px: f: text 'small' has 8.0 px; 11 are needed",
                    "1400 px: f: text 'pale' has contrast 1.61; 4.5 is needed",
                    "1400 px: f: mark of class se0e0e0 has contrast 1.32; 3 is needed",
                    "390 px: the page is 895 px wide in a window of 390",
                    "390 px: 'wide' reaches from 0 to 895 px in a window of 390");
            assertThat(faults).anyMatch(fault -> fault.startsWith("1400 px: f: text 'under' and 'over' overlap by "))
                    .anyMatch(fault -> fault.startsWith("1400 px: axe-core: image-alt: "));
            assertThat(faults).noneMatch(fault -> fault.startsWith("900 px: the page is"));
        }
    }
}
