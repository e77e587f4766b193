package dev.steadymail.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.auth.Tokens;
import dev.steadymail.guard.Explanation;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.guard.QuotaPlans;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.provider.Call;
import dev.steadymail.sync.EmailLoader.Loaded;
import dev.steadymail.sync.SyncEngine.SyncOptions;
import dev.steadymail.testkit.gmail.FakeGmail;
import dev.steadymail.testkit.gmail.FakeGmailBuilder;
import dev.steadymail.testkit.gmail.GmailQuota;
import dev.steadymail.testkit.gmail.GmailUsage;
import dev.steadymail.testkit.memory.InMemorySyncStore;
import dev.steadymail.testkit.time.ManualTime;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** First syncs of large mailboxes, with the real client at a server that counts units, in virtual time. */
class BackfillTest {
    private static final String USER = "ada@example.com";
    private static final int MESSAGES = Integer.getInteger("steadymail.messages", 10_000);
    private static final int PAGE = 500;
    private static final int UNITS_A_MINUTE = 6_000;
    private static final int UNITS_OF_A_GET = 20;
    /** The minutes at both ends weigh more in a small mailbox; see docs/gmail.md for what a large one comes to. */
    private static final double LEAST_SHARE = 0.9;

    /** Looks, a tenth of a millisecond and more apart. */
    private static final int QUIET = 500;

    private final ManualTime time = new ManualTime();

    @Test
    @Timeout(300)
    void backfill_usesTheWholeBudgetAndIsNeverRefused() throws Exception {
        FakeGmailBuilder builder = FakeGmail.builder()
                .user(USER, "token")
                .clock(time::now)
                .quota(GmailQuota.of(QuotaPlans.GMAIL_2026).window(GmailQuota.Window.SLIDING));
        try (FakeGmail server = builder.start();
                MailRuntime runtime =
                        MailRuntime.builder().time(time.timeSource(1)).build();
                MailClient mail = runtime.open(account(server, GuardSettings.GMAIL))) {
            deliver(server, MESSAGES);
            InMemorySyncStore store = new InMemorySyncStore();
            Instant started = time.now();
            inVirtualTime(mail, () -> sync(mail, store, Integer.MAX_VALUE));
            double minutes = Duration.between(started, time.now()).toMillis() / 60_000.0;
            GmailUsage used = server.usage(USER);
            // What the first minute allows is there at once; what is left over waits for a whole one.
            double least = Math.ceil(used.units() / (double) UNITS_A_MINUTE) - 1;
            double share = used.units() / (UNITS_A_MINUTE * (minutes + 1));
            String figures = "%,d messages, %,d units in %.2f minutes, at least %.2f; %.2f %% of the budget; %d refused"
                    .formatted(MESSAGES, used.units(), minutes, least, 100 * share, used.quotaRefusals());
            System.out.println("back-fill: " + figures);
            assertEquals(MESSAGES, store.emails().size());
            assertEquals(0, used.quotaRefusals(), figures);
            assertTrue(share >= LEAST_SHARE, figures);
            assertTrue(minutes <= 1.1 * least, figures);
            assertTrue(used.units() <= MESSAGES * (UNITS_OF_A_GET + 0.05), figures);
        }
    }

    @Test
    void crashAfterAnyPage_repeatsOnePageAtMost() {
        int messages = 300;
        int page = 50;
        for (int crash = 0; crash < messages / page; crash++) {
            try (FakeGmail server = FakeGmail.builder().user(USER, "token").start();
                    MailRuntime runtime = MailRuntime.create()) {
                deliver(server, messages);
                InMemorySyncStore store = new InMemorySyncStore();
                int until = crash;
                try (MailClient mail = runtime.open(account(server, Unpaced.GUARD))) {
                    assertThrows(IllegalStateException.class, () -> sync(mail, store, until, page));
                }
                try (MailClient mail = runtime.open(account(server, Unpaced.GUARD))) {
                    sync(mail, store, Integer.MAX_VALUE, page);
                }
                assertEquals(messages, store.emails().size());
                long gets = server.log().stream()
                        .filter(request -> request.path().matches(".*/messages/\\w+"))
                        .count();
                assertTrue(gets <= messages + page, "crash at page " + crash + ": " + gets + " gets");
            }
        }
    }

    private static GmailAccount account(FakeGmail server, GuardSettings guard) {
        return GmailAccount.with(Tokens.fixed("token"))
                .rootUrl(URI.create(server.rootUrl()))
                .guarded(guard);
    }

    private static void deliver(FakeGmail server, int count) {
        for (int i = 0; i < count; i++) {
            String raw = "Subject: number " + i + "\r\n\r\ntext\r\n";
            server.mailbox(USER).add(raw.getBytes(StandardCharsets.US_ASCII), "INBOX");
        }
    }

    private static void sync(MailClient mail, InMemorySyncStore store, int pages) {
        sync(mail, store, pages, PAGE);
    }

    /** Crashes before the page with this number is stored, though after it was read. */
    private static void sync(MailClient mail, InMemorySyncStore store, int pages, int size) {
        int[] left = {pages};
        mail.sync(
                        store,
                        (ids, call) -> load(mail, ids, call, left),
                        new SyncOptions(Set.of(), size, Duration.ofHours(1)))
                .run(report -> {});
    }

    private static Loaded load(MailClient mail, List<EmailId> ids, Call call, int[] left) {
        Loaded loaded = new Loaded(mail.with(call).emails().get(ids, FetchLevel.METADATA), List.of());
        if (left[0]-- == 0) {
            throw new IllegalStateException("crash");
        }
        return loaded;
    }

    /**
     * Moves time on whenever everything that is to happen waits for it: both batches, or the one that is left when nothing else has
     * come for a while. Moving too soon can only make the back-fill look slower.
     */
    private void inVirtualTime(MailClient mail, Runnable work) throws InterruptedException, ExecutionException {
        var worker = Executors.newSingleThreadExecutor();
        try {
            Future<?> running = worker.submit(work);
            int quiet = 0;
            while (!running.isDone()) {
                Explanation now = mail.explain();
                boolean waits = now.inFlight() == 0 && now.waiting() > 0;
                quiet = waits ? quiet + 1 : 0;
                if (waits && (now.waiting() > 1 || quiet > QUIET)) {
                    time.advanceToNextTimer();
                    quiet = 0;
                }
                LockSupport.parkNanos(100_000);
            }
            running.get();
        } finally {
            worker.shutdownNow();
        }
    }
}
