package dev.steadymail.accounts;

import dev.steadymail.auth.Credentials;
import dev.steadymail.auth.Tokens;
import dev.steadymail.gmail.GmailAccount;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.guard.QuotaLimit;
import dev.steadymail.guard.QuotaPlan;
import dev.steadymail.guard.QuotaPlans;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.imap.ImapAccount;
import dev.steadymail.imap.ImapAccount.Security;
import dev.steadymail.testkit.gmail.FakeGmail;
import dev.steadymail.testkit.gmail.GmailMailbox;
import dev.steadymail.testkit.gmail.GmailMessage;
import dev.steadymail.testkit.imap.GmailAttributes;
import dev.steadymail.testkit.imap.ImapCapability;
import dev.steadymail.testkit.imap.ImapTestServer;
import dev.steadymail.testkit.imap.SpecialUse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** One mailbox behind an API and an IMAP server, as Gmail's is. What changes by the API alone, the IMAP server does not hear of. */
final class SameMailbox implements AutoCloseable {
    static final String ALL_MAIL = "[Gmail]/All Mail";

    private static final String USER = "ada@example.com";
    private static final Instant FIRST = Instant.parse("2026-01-01T12:00:00Z");
    /** Counted like Gmail's quota of 2026, and never waited for. */
    private static final QuotaPlan COUNTED = new QuotaPlan(
            "counted",
            QuotaPlans.GMAIL_2026.since(),
            List.of(QuotaLimit.perAccount(1_000_000_000, Duration.ofDays(1))),
            QuotaPlans.GMAIL_2026.costs(),
            QuotaPlans.GMAIL_2026.otherCost());

    private final FakeGmail gmail = FakeGmail.builder().user(USER, "token").start();
    private final ImapTestServer imap;
    private int delivered;

    SameMailbox() {
        this(ImapTestServer.builder().with(ImapCapability.X_GM_EXT_1));
    }

    SameMailbox(ImapTestServer.Builder server) {
        imap = server.user(USER, "secret").start();
        imap.account(USER).createMailbox(ALL_MAIL, SpecialUse.ALL);
    }

    FakeGmail gmail() {
        return gmail;
    }

    GmailMailbox mailbox() {
        return gmail.mailbox(USER);
    }

    ImapTestServer imap() {
        return imap;
    }

    /** Delivers messages of a size by both doors; returns their ids. */
    List<String> deliver(int count, int size, String... labels) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = deliverHidden(size, labels);
            show(id, place(List.of(labels)), mailbox().message(id).raw());
            ids.add(id);
        }
        return ids;
    }

    /** Delivers a message that the IMAP server does not have. */
    String deliverHidden(int size, String... labels) {
        int number = delivered++;
        String head = "From: Ada <ada@example.com>\r\nMessage-ID: <" + number + "@example.com>\r\nSubject: " + number;
        byte[] raw = (head + "\r\n\r\n" + "x".repeat(size)).getBytes(StandardCharsets.US_ASCII);
        return mailbox().add(raw, FIRST.plusSeconds(number), labels);
    }

    /** Has the IMAP server show a message, with these octets. */
    void show(String id, String place, byte[] raw) {
        GmailMessage message = mailbox().message(id);
        imap.account(USER)
                .append(
                        place,
                        raw,
                        message.labelIds().contains("UNREAD") ? List.of() : List.of("\\Seen"),
                        message.internalDate().atOffset(ZoneOffset.ofHours(1)),
                        GmailAttributes.of(message.id(), message.threadId(), List.of()));
    }

    private static String place(List<String> labels) {
        if (labels.contains("SPAM")) {
            return "Junk";
        }
        return labels.contains("TRASH") ? "Trash" : ALL_MAIL;
    }

    GmailAccount api() {
        return GmailAccount.with(Tokens.fixed("token"))
                .user(USER)
                .rootUrl(URI.create(gmail.rootUrl()))
                .guarded(GuardSettings.builder()
                        .starts(10_000, Duration.ofSeconds(1))
                        .quota(COUNTED)
                        .build());
    }

    ImapAccount door() {
        return ImapAccount.at("127.0.0.1", Credentials.password(USER, "secret"))
                .guarded(GuardSettings.IMAP.toBuilder()
                        .retryPolicy(new RetryPolicy(1, Duration.ZERO, Duration.ZERO))
                        .build())
                .port(imap.port())
                .security(Security.NONE_LOOPBACK_ONLY);
    }

    @Override
    public void close() {
        gmail.close();
        imap.close();
    }
}
