package dev.steadymail.mime.header;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNameTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "report.pdf|report.pdf",
                "../../etc/passwd|passwd",
                "C:\\Windows\\system32\\x.dll|x.dll",
                "a:b*c?.txt|a_b_c_.txt",
                ".htaccess|htaccess",
                "name. . |name",
                "CON.txt|_CON.txt",
                "lpt1|_lpt1",
                "..|attachment",
                "`/`|attachment",
                "Grüße 你好.txt|Grüße 你好.txt",
            })
    void name_isOneName(String name, String safe) {
        assertEquals(safe, FileName.safe(name));
    }

    @Test
    void whatTurnsTextAround_goes() {
        assertEquals("invoicefdp.exe", FileName.safe("invoice\u202Efdp.exe"));
        assertEquals("a.txt", FileName.safe("a\u0000\r\n\u200F.txt"));
    }

    @Test
    void longNames_keepTheirExtension() {
        String safe = FileName.safe("ü".repeat(1_000) + ".pdf");
        assertTrue(safe.endsWith("ü.pdf"));
        assertTrue(safe.getBytes(StandardCharsets.UTF_8).length <= 200);
    }

    @Test
    void randomNames_areSafe_andStaySo() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            StringBuilder name = new StringBuilder();
            for (int i = random.nextInt(300); i > 0; i--) {
                name.appendCodePoint(
                        random.nextInt(4) == 0 ? "/\\. :\u202E".charAt(random.nextInt(6)) : random.nextInt(0x3000));
            }
            String safe = FileName.safe(name.toString());
            assertFalse(safe.isBlank() || safe.contains("/") || safe.contains("\\"), "seed " + seed);
            assertEquals(safe, FileName.safe(safe), "seed " + seed);
        }
    }
}
