package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.SyncCursor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChangeCursorTest {
    @Test
    void parse_ofEncode_isTheSame() {
        for (long seed = 0; seed < 500; seed++) {
            ChangeCursor cursor = random(new Random(seed));
            assertEquals(cursor, ChangeCursor.of(cursor.encode()), "seed " + seed);
        }
    }

    @Test
    void foreignText_isInvalid() {
        for (String text : new String[] {"", "x", "i1", "i1c;a,1", "i1c;a,1,2,3,4,x", "i1c;%zz,1,2,3,4,5"}) {
            MailException failure =
                    assertThrows(MailException.class, () -> ChangeCursor.of(new SyncCursor(text)), text);
            assertEquals(Kind.INVALID, failure.kind());
        }
    }

    private static ChangeCursor random(Random random) {
        Map<String, MailboxState> states = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            String name = random.ints(1 + random.nextInt(12), ' ', 0x100)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            states.put(
                    name,
                    new MailboxState(
                            name,
                            random.nextInt(Integer.MAX_VALUE),
                            random.nextInt(Integer.MAX_VALUE),
                            random.nextLong() >>> 1,
                            random.nextInt(1_000_000),
                            random.nextInt(Integer.MAX_VALUE)));
        }
        return new ChangeCursor(random.nextBoolean(), states, random.nextInt(3));
    }
}
