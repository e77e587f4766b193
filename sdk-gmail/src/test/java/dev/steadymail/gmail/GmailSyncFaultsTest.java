package dev.steadymail.gmail;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.steadymail.MailClient;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.provider.ChangePage.Mode;
import dev.steadymail.sync.EmailLoader;
import dev.steadymail.sync.EmailLoader.Loaded;
import dev.steadymail.sync.SyncEngine.SyncOptions;
import dev.steadymail.sync.SyncReport;
import dev.steadymail.testkit.memory.InMemorySyncStore;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** History that has expired, repeats itself, is out of order, or tells of what is not there yet. */
@Timeout(120)
class GmailSyncFaultsTest {
    private static final String HISTORY = WireMockedAccount.BASE + "history";

    @Test
    void expiredHistory_isMadeGoodByListsOnly() {
        try (SyncedMailbox synced = new SyncedMailbox()) {
            List<String> ids = synced.deliver(30, "INBOX");
            synced.sync();
            synced.mailbox.modify(ids.get(0), Set.of("STARRED"), Set.of());
            synced.mailbox.delete(ids.get(1));
            synced.deliver(1, "INBOX");
            synced.expireHistory();
            synced.server.clearLog();
            SyncReport report = synced.sync();
            assertEquals(Mode.RECOVERED, report.mode());
            assertEquals(List.of(1L, 1L, 1L), List.of(report.created(), report.updated(), report.destroyed()));
            synced.assertConverged("after the history had expired");
            int labels = synced.mailbox.labels().size();
            assertEquals(1, logged(synced, "/messages/\\w+"));
            assertEquals(
                    labels(synced), logged(synced, "/messages"), "a list for each label and one of all, of " + labels);
        }
    }

    /** All mail, and what has UNREAD, STARRED or another label that is a mailbox. */
    private static long labels(SyncedMailbox synced) {
        return 1
                + 2
                + Labels.mailboxes(synced.mailbox.labels().stream()
                                .map(label -> new com.google.api.services.gmail.model.Label()
                                        .setId(label.id())
                                        .setName(label.name())
                                        .setType(label.system() ? "system" : "user"))
                                .toList())
                        .stream()
                        .filter(one -> !one.id().equals(Labels.ALL_MAIL))
                        .count();
    }

    private static long logged(SyncedMailbox synced, String path) {
        return synced.server.log().stream()
                .filter(request -> request.path().matches(".*/users/me" + path))
                .count();
    }

    @Test
    void historyThatRepeatsAndIsOutOfOrder_givesEachEmailOnce_andOneThatComesLaterToo() {
        try (WireMockedAccount account = new WireMockedAccount(1)) {
            InMemorySyncStore store = new InMemorySyncStore();
            MailClient mail = begun(account, store);
            history(
                    account,
                    "5",
                    null,
                    "{\"history\":[" + added(11, "m1") + "," + added(12, "m2")
                            + "],\"nextPageToken\":\"t\",\"historyId\":\"20\"}");
            history(
                    account,
                    "5",
                    "t",
                    "{\"history\":[" + added(12, "m2") + "," + added(10, "m1") + "," + added(13, "m9")
                            + "],\"historyId\":\"20\"}");
            SyncReport first = sync(mail, store);
            assertEquals(2, first.created());
            assertEquals(Set.of("m1", "m2"), ids(store));
            account.server.verify(2, getRequestedFor(urlPathEqualTo(HISTORY)));
            history(account, "20", null, "{\"history\":[" + added(21, "m9") + "],\"historyId\":\"22\"}");
            message(account, "m9");
            assertEquals(1, sync(mail, store).created());
            assertEquals(Set.of("m1", "m2", "m9"), ids(store));
        }
    }

    @Test
    void pageThatWasNotStored_isAskedForAgainFromTheSameId() {
        try (WireMockedAccount account = new WireMockedAccount(1)) {
            InMemorySyncStore store = new InMemorySyncStore();
            MailClient mail = begun(account, store);
            history(account, "5", null, "{\"history\":[" + added(11, "m1") + "],\"historyId\":\"20\"}");
            EmailLoader crash = (ids, call) -> {
                throw new IllegalStateException("crash");
            };
            assertThrows(IllegalStateException.class, () -> sync(mail, store, crash));
            assertEquals(1, sync(mail, store).created());
            account.server.verify(
                    2, getRequestedFor(urlPathEqualTo(HISTORY)).withQueryParam("startHistoryId", equalTo("5")));
            account.server.verify(2, getRequestedFor(urlPathEqualTo(HISTORY)));
        }
    }

    /** An empty mailbox that was synced at history id 5, and has m1 and m2 since. */
    private static MailClient begun(WireMockedAccount account, InMemorySyncStore store) {
        account.server.stubFor(get(urlPathMatching(WireMockedAccount.BASE + "messages/.*"))
                .willReturn(aResponse().withStatus(404)));
        stub(account, "profile", "{\"emailAddress\":\"ada@example.com\",\"historyId\":\"5\"}");
        stub(account, "labels", "{\"labels\":[{\"id\":\"INBOX\",\"name\":\"INBOX\",\"type\":\"system\"}]}");
        stub(account, "messages", "{\"resultSizeEstimate\":0}");
        history(account, "5", null, "{\"historyId\":\"5\"}");
        message(account, "m1");
        message(account, "m2");
        MailClient mail = account.client();
        sync(mail, store);
        sync(mail, store);
        account.server.resetRequests();
        return mail;
    }

    private static void stub(WireMockedAccount account, String path, String body) {
        account.server.stubFor(
                get(urlPathEqualTo(WireMockedAccount.BASE + path)).willReturn(okJson(body)));
    }

    private static void message(WireMockedAccount account, String id) {
        stub(
                account,
                "messages/" + id,
                "{\"threadId\":\"t\",\"labelIds\":[\"INBOX\"],\"internalDate\":\"1700000000000\"}");
    }

    private static void history(WireMockedAccount account, String start, String token, String body) {
        account.server.stubFor(get(urlPathEqualTo(HISTORY))
                .withQueryParam("startHistoryId", equalTo(start))
                .withQueryParam("pageToken", token == null ? absent() : equalTo(token))
                .willReturn(okJson(body)));
    }

    private static String added(int record, String id) {
        return "{\"id\":\"" + record + "\",\"messages\":[{\"id\":\"" + id
                + "\"}],\"messagesAdded\":[{\"message\":{\"id\":\"" + id + "\",\"labelIds\":[\"INBOX\"]}}]}";
    }

    private static SyncReport sync(MailClient mail, InMemorySyncStore store) {
        return sync(mail, store, (ids, call) -> new Loaded(mail.emails().get(ids, FetchLevel.STATE), List.of()));
    }

    private static SyncReport sync(MailClient mail, InMemorySyncStore store, EmailLoader loader) {
        return mail.sync(store, loader, new SyncOptions(Set.of(), 10, Duration.ofMinutes(1)))
                .run(report -> {});
    }

    private static Set<String> ids(InMemorySyncStore store) {
        return store.emails().stream()
                .map(Email::id)
                .map(id -> id.value())
                .collect(java.util.stream.Collectors.toSet());
    }
}
