package dev.steadymail.benchmarks.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.api.services.gmail.model.Message;
import com.sun.management.ThreadMXBean;
import dev.steadymail.gmail.json.GmailMessage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** What an answer allocates does not depend on the machine, so it is held here; how long it takes is measured on demand. */
class MessageParseTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final double MOST = 0.33;

    private final MessageParse parse = new MessageParse();

    @Test
    void metadata_allocatesAThirdOfGsonsAtMost() throws IOException {
        assertAtMost(bytes(parse::metadata), bytes(parse::metadataByGson));
    }

    @Test
    void full_allocatesAThirdOfGsonsAtMost() throws IOException {
        assertAtMost(bytes(parse::full), bytes(parse::fullByGson));
    }

    @Test
    void bothRead_theSame() throws IOException {
        GmailMessage own = (GmailMessage) parse.full();
        Message other = (Message) parse.fullByGson();
        assertEquals(other.getLabelIds(), own.labelIds());
        assertEquals(other.getInternalDate(), own.internalDate());
        assertEquals(
                other.getPayload().getHeaders().stream()
                        .filter(header -> header.getName().equals("Subject"))
                        .findFirst()
                        .orElseThrow()
                        .getValue(),
                own.payload().headers().text("Subject"));
        assertEquals(
                other.getPayload().getParts().get(1).getBody().getData().replace("=", ""),
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(
                                own.payload().parts().get(1).data().open().readAllBytes()));
    }

    private static void assertAtMost(double own, double other) {
        assertTrue(own <= MOST * other, () -> String.format("%.0f bytes beside %.0f", own, other));
    }

    private static double bytes(Reading reading) throws IOException {
        int times = 3_000;
        for (int i = 0; i < times; i++) {
            reading.read();
        }
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < times; i++) {
            reading.read();
        }
        return (double) (THREADS.getCurrentThreadAllocatedBytes() - before) / times;
    }

    @FunctionalInterface
    private interface Reading {
        Object read() throws IOException;
    }
}
