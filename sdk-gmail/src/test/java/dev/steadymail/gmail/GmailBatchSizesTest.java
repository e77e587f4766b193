package dev.steadymail.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.testkit.gmail.GmailFault;
import dev.steadymail.testkit.gmail.GmailFaults;
import dev.steadymail.testkit.gmail.GmailRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How many parts batches have, where one batch goes after the other. */
@Timeout(120)
class GmailBatchSizesTest {
    static Stream<GmailFault> tooMuch() {
        return Stream.of(
                GmailFaults.tooManyConcurrentRequests(), GmailFaults.resourceExhausted(), GmailFaults.quotaExceeded());
    }

    @ParameterizedTest
    @MethodSource("tooMuch")
    void batchRefusedAsAWhole_makesThoseAfterItSmaller(GmailFault fault) {
        try (FaultedAccount account = oneAfterTheOther()) {
            deliver(account, 5);
            account.inject(fault.onCall("batch"));
            assertEquals(List.of(0, 10), sizes(account));
            assertEquals(List.of(5, 5), sizes(account));
        }
    }

    @Test
    void batchRefusedForAnotherReason_changesNothing() {
        try (FaultedAccount account = oneAfterTheOther()) {
            deliver(account, 5);
            account.inject(GmailFaults.unavailable().onCall("batch"));
            assertEquals(List.of(0, 10), sizes(account));
            assertEquals(List.of(10), sizes(account));
        }
    }

    @Test
    void batches_growToHalfOfWhatGoogleTakes() {
        try (FaultedAccount account = oneAfterTheOther()) {
            deliver(account, 995);
            List<Integer> sizes = sizes(account);
            assertEquals(50, Collections.max(sizes));
            assertEquals(1_000, sizes.stream().mapToInt(size -> size).sum());
        }
    }

    private static FaultedAccount oneAfterTheOther() {
        return new FaultedAccount(Unpaced.GUARD.toBuilder().maxInFlight(1).build());
    }

    private static void deliver(FaultedAccount account, int count) {
        for (int i = 0; i < count; i++) {
            String id = account.mailbox().add("Subject: x\r\n\r\ny\r\n".getBytes(StandardCharsets.US_ASCII));
            account.ids.add(new EmailId(id));
        }
    }

    /** Reads all and returns how many parts each batch had, 0 for one that was refused as a whole. */
    private static List<Integer> sizes(FaultedAccount account) {
        account.server.clearLog();
        assertNull(account.run(() -> account.mail.emails().get(account.ids, FetchLevel.METADATA))
                .failure());
        List<Integer> sizes = new ArrayList<>();
        int parts = 0;
        for (GmailRequest request : account.server.log()) {
            if (request.inBatch()) {
                parts++;
            } else {
                sizes.add(parts);
                parts = 0;
            }
        }
        return sizes;
    }
}
