package dev.steadymail.gmail;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import dev.steadymail.gmail.json.HistoryRecord;
import dev.steadymail.gmail.json.MessageLabels;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Change;
import dev.steadymail.provider.ChangePage.Mode;
import dev.steadymail.provider.SyncCursor;
import dev.steadymail.sync.EmailLoader.Loaded;
import dev.steadymail.sync.ParkedEmail;
import dev.steadymail.sync.SyncBatch;
import dev.steadymail.sync.SyncEngine.SyncOptions;
import dev.steadymail.sync.SyncReport;
import dev.steadymail.testkit.gmail.GmailFault;
import dev.steadymail.testkit.memory.InMemorySyncStore;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What other clients do between two requests of a sync is seen by it, or by the next one. */
class ChangeRaceTest {
    private static final String LIST = "/messages$";

    private final SyncedMailbox synced = new SyncedMailbox();

    @AfterEach
    void close() {
        synced.close();
    }

    @Test
    void labelMadeAndUsed_beforeAnyRequestOfARecovery_isSeen() {
        String id = synced.deliver(5, "INBOX").get(2);
        synced.sync();
        for (int number = 0; number < 24; number++) {
            String name = "made before request " + number;
            synced.expireHistory();
            synced.deliver(1, "INBOX");
            synced.expireHistory();
            synced.beforeRequest(
                    number,
                    () -> synced.mailbox.modify(
                            id, Set.of(synced.mailbox.createLabel(name), "STARRED"), Set.of("INBOX")));
            assertEquals(Mode.RECOVERED, synced.sync().mode());
            synced.sync();
            synced.assertConverged(name);
        }
    }

    @Test
    void labelMadeAndUsed_beforeAnyRequestOfAFirstSync_isSeen() {
        for (int number = 0; number < 20; number++) {
            try (SyncedMailbox fresh = new SyncedMailbox()) {
                List<String> ids = fresh.deliver(12, "INBOX");
                fresh.beforeRequest(
                        number,
                        () -> fresh.mailbox.modify(
                                ids.get(4), Set.of(fresh.mailbox.createLabel("late")), Set.of("INBOX")));
                fresh.sync();
                fresh.sync();
                fresh.sync();
                fresh.beforeRequest(() -> {});
                fresh.sync();
                fresh.assertConverged("before request " + number);
            }
        }
    }

    @Test
    void recovery_pageTokenRefused_beginsThatListAgain() {
        synced.deliver(510, "INBOX", "UNREAD");
        synced.sync();
        int inboxSecondPage = 2 + (int) listsBefore("INBOX") + 1;
        for (int refused : new int[] {1, inboxSecondPage}) {
            synced.deliver(1, "SENT");
            synced.expireHistory();
            synced.server.clearLog();
            synced.server.inject(GmailFault.status(400, "invalidArgument", "Invalid pageToken")
                    .onPath(LIST)
                    .skip(refused)
                    .times(1));
            assertEquals(Mode.RECOVERED, synced.sync().mode());
            synced.assertConverged("list " + refused + " was refused");
        }
    }

    @Test
    void pageToken_refusedEveryTime_endsInsteadOfLooping() {
        synced.deliver(30, "INBOX");
        synced.beforeRequest(() -> {
            if (synced.store.cursor().isPresent()) {
                synced.server.clearFaults();
                synced.server.inject(GmailFault.status(400, "invalidArgument", "Invalid pageToken")
                        .onPath(LIST)
                        .times(1));
            }
        });
        MailException failure = assertThrows(MailException.class, synced::sync);
        assertEquals(Kind.INVALID, failure.kind());
        synced.beforeRequest(() -> {});
        synced.server.clearFaults();
        synced.sync();
        synced.assertConverged("after the server came to its senses");
    }

    @Test
    void scope_mailboxRemovedBetweenPages_losesNothingOfTheOthers() {
        String first = synced.mailbox.createLabel("First");
        String second = synced.mailbox.createLabel("Second");
        synced.deliver(25, second);
        synced.deliver(15, first);
        synced.scope(first, second);
        boolean[] removed = {false};
        synced.sync(synced::load, report -> {
            if (!removed[0]) {
                removed[0] = true;
                synced.mailbox.deleteLabel(first);
            }
        });
        synced.sync();
        synced.assertConverged("25 emails of the other label");
        assertEquals(25, synced.store.known().all().size());
    }

    @Test
    void history_ofManyEmails_isLoadedInPages() {
        synced.sync();
        synced.deliver(65, "INBOX");
        List<Integer> loads = new ArrayList<>();
        synced.sync(
                (ids, call) -> {
                    loads.add(ids.size());
                    return synced.load(ids, call);
                },
                report -> {});
        assertTrue(loads.stream().allMatch(size -> size <= 10), () -> "loads of " + loads);
        synced.assertConverged("65 new emails");
    }

    @Test
    void parkedEmail_leavingTheScope_isNoLongerParked() {
        for (boolean expire : new boolean[] {false, true}) {
            String work = synced.mailbox.createLabel("Work " + expire);
            synced.scope(work);
            String id = synced.deliver(1, work, "INBOX").get(0);
            synced.sync(
                    (ids, call) -> new Loaded(
                            List.of(),
                            ids.stream()
                                    .map(one -> new ParkedEmail(one, "unreadable"))
                                    .toList()),
                    report -> {});
            assertEquals(1, synced.store.parked().size());
            synced.mailbox.modify(id, Set.of(), Set.of(work));
            if (expire) {
                synced.expireHistory();
                synced.deliver(1, "INBOX");
                synced.expireHistory();
            }
            synced.sync();
            assertEquals(List.of(), synced.store.parked());
            synced.assertConverged("expired: " + expire);
        }
    }

    /** Whether later pages tell of what happened meanwhile is not known, so it is asked for. */
    @Test
    void history_ofSeveralPages_goesOnFromWhereTheFirstPageStood() {
        try (WireMockedAccount account = new WireMockedAccount(1)) {
            account.server.stubFor(any(anyUrl()).willReturn(okJson("{}")));
            threePages(account);
            account.server.stubFor(get(urlPathMatching(".*/history"))
                    .withQueryParam("startHistoryId", equalTo("200"))
                    .willReturn(okJson("{\"historyId\":\"300\"}")));
            String cursor = cursorAfterRunFrom100(account);
            assertTrue(cursor.endsWith(",gmail1;HISTORY;300;0;-1;0;;"), cursor);
            account.server.verify(3, historyFrom("100"));
            account.server.verify(1, historyFrom("200"));
        }
    }

    @Test
    void historyThatNeverStops_endsARunAllTheSame() {
        try (WireMockedAccount account = new WireMockedAccount(1)) {
            account.server.stubFor(any(anyUrl()).willReturn(okJson("{}")));
            threePages(account);
            String cursor = cursorAfterRunFrom100(account);
            assertTrue(cursor.endsWith(",gmail1;HISTORY;200;0;-1;0;;"), cursor);
            account.server.verify(3, historyFrom("100"));
            account.server.verify(30, historyFrom("200"));
        }
    }

    private static void threePages(WireMockedAccount account) {
        history(account, null, "{'nextPageToken':'t2','historyId':'200'}");
        history(
                account,
                "t2",
                "{'history':[{'id':'150','messages':[{'id':'a'}],'messagesDeleted':[{'message':"
                        + "{'id':'a'}}]}],'nextPageToken':'t3','historyId':'250'}");
        history(account, "t3", "{'historyId':'300'}");
    }

    private static String cursorAfterRunFrom100(WireMockedAccount account) {
        InMemorySyncStore store = new InMemorySyncStore();
        store.apply(
                SyncBatch.to(GmailCursor.history(BigInteger.valueOf(100), "0").toSyncCursor())
                        .build());
        SyncReport unused = account.client()
                .sync(store, (ids, call) -> new Loaded(List.of(), List.of()), SyncOptions.DEFAULT)
                .run(report -> {});
        return store.cursor().orElseThrow().value();
    }

    private static RequestPatternBuilder historyFrom(String id) {
        return getRequestedFor(urlPathMatching(".*/history")).withQueryParam("startHistoryId", equalTo(id));
    }

    private static void history(WireMockedAccount account, String token, String answer) {
        var request = get(urlPathMatching(".*/history"));
        account.server.stubFor((token == null ? request : request.withQueryParam("pageToken", equalTo(token)))
                .willReturn(okJson(answer.replace('\'', '"'))));
    }

    @Test
    void labelMadeAndRemovedBetweenSyncs_isTakenOff() {
        EmailId id = new EmailId("m1");
        MailboxId inbox = new MailboxId("INBOX");
        InMemorySyncStore store = new InMemorySyncStore();
        store.apply(SyncBatch.to(new SyncCursor("c"))
                .create(Email.state(id, null, Set.of(inbox, new MailboxId("Label_9")), Set.of(), Instant.EPOCH, 1))
                .build());
        EmailDeltas deltas = new EmailDeltas();
        deltas.add(List.of(new HistoryRecord(
                List.of(),
                List.of(),
                List.of(),
                List.of(new MessageLabels("m1", List.of("Label_9", "UNREAD"))),
                List.of())));
        deltas.dropAllBut(Set.of(inbox));
        assertEquals(
                List.of(new Change.Updated(id, Set.of(inbox), Set.of())),
                deltas.resolve(store.known(), new Scope(Set.of())).changes());
    }

    private long listsBefore(String label) {
        return Stream.concat(
                        Stream.of(Labels.UNREAD, Labels.STARRED),
                        synced.mailbox.labels().stream().map(one -> one.id()))
                .distinct()
                .filter(id -> id.compareTo(label) < 0)
                .count();
    }
}
