package dev.steadymail.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.gmail.VirtualTime.Ended;
import dev.steadymail.mail.MailException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds docs/gmail-faults.md: each row of its first table is what must come of the fault that it names. */
@Timeout(120)
class GmailFaultTableTest {
    private static final FaultTableDoc DOC = FaultTableDoc.read();

    @ParameterizedTest
    @MethodSource("dev.steadymail.gmail.FaultRow#all")
    void row(FaultRow row) {
        Map<String, String> expected = DOC.row(row.fault());
        try (FaultedAccount account = new FaultedAccount()) {
            int messages = account.mailbox().messages().size();
            int labels = account.mailbox().labels().size();
            row.setUp().accept(account);
            Ended<String> ended = account.run(() -> row.call().on(account));
            Map<String, String> seen = new LinkedHashMap<>();
            seen.put("call", row.call().name());
            seen.put("told", told(ended));
            seen.put("again in", again(ended, account));
            seen.put("GET", Long.toString(account.requests("GET")));
            seen.put("POST", Long.toString(account.requests("POST")));
            seen.put("parts", Long.toString(account.parts()));
            seen.put("tokens", Long.toString(account.tokenRequests()));
            int copies = account.mailbox().messages().size()
                    - messages
                    + account.mailbox().labels().size()
                    - labels;
            seen.put("copies", FaultedCall.WRITES.contains(row.call()) ? Integer.toString(copies) : "");
            seen.forEach((column, value) -> assertEquals(expected.get(column), value, column + " of " + row.fault()));
            assertWaited(expected.get("waits"), ended.waited());
            assertSays(expected.get("says"), ended);
        }
    }

    @Test
    void document_hasTheseRowsAndNoOthers() {
        assertEquals(FaultRow.all().stream().map(FaultRow::fault).toList(), List.copyOf(DOC.faults()));
    }

    @Test
    void document_namesTestsThatExist() {
        for (String name : DOC.tests()) {
            assertTrue(FaultTableDoc.exists(name), name);
        }
    }

    private static String told(Ended<String> ended) {
        if (ended.failure() instanceof MailException failure) {
            return failure.kind()
                    + failure.providerCode().map(code -> " (" + code + ")").orElse("")
                    + (failure.mayHaveTakenEffect() ? ", may have taken effect" : "");
        }
        return ended.failure() == null ? ended.value() : ended.failure().toString();
    }

    private static String again(Ended<String> ended, FaultedAccount account) {
        if (ended.failure() instanceof MailException failure
                && failure.retryAt().isPresent()) {
            return Duration.between(account.time.now(), failure.retryAt().get()).toSeconds() + " s";
        }
        return "";
    }

    private static void assertWaited(String stated, Duration waited) {
        boolean most = stated.startsWith("≤ ");
        String seconds = (most ? stated.substring(2) : stated).replace(" s", "");
        Duration limit = Duration.ofMillis(Math.round(Double.parseDouble(seconds) * 1_000));
        if (most) {
            assertTrue(waited.compareTo(limit) <= 0, () -> "waited " + waited);
            assertTrue(waited.compareTo(Duration.ZERO) > 0, "waited not at all");
        } else {
            assertEquals(limit, waited);
        }
    }

    private static void assertSays(String remedy, Ended<String> ended) {
        String message =
                ended.failure() == null ? "" : String.valueOf(ended.failure().getMessage());
        assertTrue(message.contains(remedy), () -> "said: " + message);
    }
}
