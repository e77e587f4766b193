package dev.steadymail.testkit.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.Change;
import dev.steadymail.provider.ChangePage;
import dev.steadymail.provider.ChangePage.Mode;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.SyncCursor;
import dev.steadymail.sync.EmailLoader.Loaded;
import dev.steadymail.sync.ParkedEmail;
import dev.steadymail.sync.SyncBatch;
import dev.steadymail.sync.SyncEngine;
import dev.steadymail.sync.SyncEngine.SyncOptions;
import dev.steadymail.testkit.memory.InMemorySyncStore;
import dev.steadymail.testkit.time.ManualTime;
import dev.steadymail.time.TimeSource;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What changed is listed and read before what has been there for long. */
class SyncLanesTest {
    private static final SyncCursor EARLIER = new SyncCursor("earlier");

    private final TimeSource time = new ManualTime().timeSource(1);
    private final InMemorySyncStore store = new InMemorySyncStore();
    private final Deque<ChangePage> pages = new ArrayDeque<>();
    private final List<String> calls = new ArrayList<>();

    @Test
    void firstSync_isBackfill() {
        run(Mode.FULL, Mode.FULL);
        assertEquals(List.of("list BACKFILL", "load BACKFILL", "list BACKFILL", "load BACKFILL"), calls);
    }

    @Test
    void changesSinceACursor_areDelta() {
        store.apply(SyncBatch.to(EARLIER).build());
        run(Mode.INCREMENTAL, Mode.INCREMENTAL);
        assertEquals(List.of("list DELTA", "load DELTA", "list DELTA", "load DELTA"), calls);
    }

    @Test
    void firstSyncThatGoesOn_isBackfillFromItsFirstPageOn() {
        store.apply(SyncBatch.to(EARLIER).build());
        run(Mode.FULL, Mode.FULL);
        assertEquals(List.of("list DELTA", "load BACKFILL", "list BACKFILL", "load BACKFILL"), calls);
    }

    @Test
    void afterARepair_changesAreDeltaAgain() {
        store.apply(SyncBatch.to(EARLIER).build());
        run(Mode.RECOVERED, Mode.INCREMENTAL, Mode.INCREMENTAL);
        assertEquals(
                List.of("list DELTA", "load BACKFILL", "list BACKFILL", "load DELTA", "list DELTA", "load DELTA"),
                calls);
    }

    @Test
    void parkedEmails_areTriedAgainAsBackfill() {
        ParkedEmail parked = new ParkedEmail(new EmailId("parked"), "TOO_LARGE: too large");
        store.apply(SyncBatch.to(EARLIER).park(parked).build());
        run(Mode.INCREMENTAL);
        assertEquals(List.of("list DELTA", "load DELTA", "load BACKFILL"), calls);
    }

    private void run(Mode... modes) {
        for (int i = 0; i < modes.length; i++) {
            pages.add(new ChangePage(
                    List.of(new Change.Appeared(new EmailId("email" + i))),
                    new SyncCursor("page" + i),
                    i == modes.length - 1,
                    modes[i],
                    OptionalLong.empty()));
        }
        new SyncEngine(provider(), time, store, this::load, SyncOptions.DEFAULT).run(report -> {});
    }

    private MailProvider provider() {
        return (MailProvider) Proxy.newProxyInstance(
                MailProvider.class.getClassLoader(), new Class<?>[] {MailProvider.class}, (proxy, method, args) -> {
                    note("list", (Call) args[1]);
                    return pages.remove();
                });
    }

    private Loaded load(List<EmailId> ids, Call call) {
        note("load", call);
        Set<MailboxId> inbox = Set.of(new MailboxId("INBOX"));
        return new Loaded(
                ids.stream()
                        .map(id -> Email.state(id, null, inbox, Set.of(), ManualTime.START, 1))
                        .toList(),
                List.of());
    }

    /** Every call has the time of a page. */
    private void note(String what, Call call) {
        assertEquals(SyncOptions.DEFAULT.pageTimeout(), call.deadline().remaining());
        Lane lane = call.lane();
        calls.add(what + " " + lane);
    }
}
