package dev.steadymail.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.gmail.VirtualTime.Ended;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.RawContent;
import dev.steadymail.mail.SendResult;
import dev.steadymail.provider.Submission;
import dev.steadymail.testkit.conformance.SampleMail;
import dev.steadymail.testkit.gmail.GmailFault;
import dev.steadymail.testkit.gmail.GmailFaults;
import dev.steadymail.testkit.proxy.Place;
import dev.steadymail.testkit.proxy.ProxyFault;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Sends that go wrong at any octet or in any answer, by seeds: what is told as sent is there once, what is told as not sent is not,
 * and for the rest it is told that nobody knows. {@code -Dsteadymail.seed} plays one seed, {@code -Dsteadymail.sends} more.
 */
@Timeout(300)
class GmailSendSeedsTest {
    private static final int SENDS = Integer.getInteger("steadymail.sends", 400);
    private static final long FIRST = 20_261_129L;
    /** As many octets as a send has, and some more. */
    private static final int OCTETS = 900;
    /** As many as its answer has, and some more. */
    private static final int OCTETS_BACK = 300;

    @Test
    void send_thatFailsAnywhere_isThereOnceOrNotKnown() {
        Long only = Long.getLong("steadymail.seed");
        long first = only == null ? FIRST : only;
        Map<String, Integer> told = new TreeMap<>();
        try (FaultedAccount account = new FaultedAccount(Unpaced.GUARD)) {
            for (long seed = first; seed < first + (only == null ? SENDS : 1); seed++) {
                String outcome = send(account, seed);
                told.merge(outcome, 1, Integer::sum);
            }
        }
        System.out.println("sends from seed " + first + ": " + told);
        assertTrue(only != null || told.keySet().containsAll(Set.of("sent", "unknown", "refused")), told::toString);
    }

    private static String send(FaultedAccount account, long seed) {
        String place = "-Dsteadymail.seed=" + seed;
        account.proxy.clearFaults();
        account.server.clearFaults();
        account.server.clearLog();
        int before = account.mailbox().messages().size();
        disturb(account, new Random(seed * 0x9E3779B97F4A7C15L));
        RawContent message = RawContent.of(SampleMail.named("n" + seed).bytes());
        Ended<SendResult> ended;
        try (FaultedAccount.Again fresh = account.openAgain()) {
            ended = account.clock.run(
                    fresh.mail(), () -> false, () -> fresh.provider().send(Submission.of(message), account.call()));
        }
        int copies = account.mailbox().messages().size() - before;
        long executed = account.server.log().stream()
                .filter(request -> request.path().endsWith("/messages/send"))
                .count();
        assertTrue(copies <= 1, place + ": " + copies + " copies");
        if (ended.failure() != null) {
            assertTrue(ended.failure() instanceof MailException, place + ": " + ended.failure());
            assertEquals(0, copies, place);
            return "refused";
        }
        if (ended.value() instanceof SendResult.Sent) {
            assertEquals(1, copies, place);
            return "sent";
        }
        assertTrue(executed <= 1, place + ": asked " + executed + " times");
        return "unknown";
    }

    private static void disturb(FaultedAccount account, Random random) {
        int next = account.proxy.counts().connections() + 1;
        switch (random.nextInt(10)) {
            case 0, 1 ->
                account.proxy.add(new ProxyFault.Reset(Place.toServer().on(next).after(random.nextInt(OCTETS))));
            case 2, 3 ->
                account.proxy.add(new ProxyFault.Reset(Place.toClient().on(next).after(random.nextInt(OCTETS_BACK))));
            case 4 -> account.inject(random.nextBoolean() ? GmailFault.resetAfter() : GmailFault.resetBefore());
            case 5 -> account.inject(GmailFault.truncate(random.nextInt(60)));
            case 6 -> account.inject(GmailFault.cutBody(random.nextInt(60)));
            case 7 -> account.inject(status(random));
            case 8 -> account.inject(status(random).afterEffect());
            default ->
                account.inject(random.nextBoolean() ? GmailFaults.failedPrecondition() : GmailFaults.domainPolicy());
        }
    }

    /** What leaves open whether anything was done. */
    private static GmailFault status(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> GmailFaults.unavailable();
            case 1 -> GmailFaults.backendError();
            default -> GmailFaults.badGateway();
        };
    }
}
