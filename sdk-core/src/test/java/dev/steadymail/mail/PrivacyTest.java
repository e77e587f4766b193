package dev.steadymail.mail;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.steadymail.auth.AccessToken;
import dev.steadymail.auth.Credentials;
import dev.steadymail.auth.Secret;
import dev.steadymail.auth.TokenGrant;
import dev.steadymail.auth.Tokens;
import dev.steadymail.provider.Change;
import dev.steadymail.provider.EmailPage;
import dev.steadymail.provider.SyncCursor;
import dev.steadymail.query.EmailQuery;
import dev.steadymail.query.EmailQuery.TextField;
import dev.steadymail.sync.SyncBatch;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is logged by mistake must not give anything away: every word that is private here contains "hush". */
class PrivacyTest {
    private static final Secret SECRET = Secret.of("hush-token");
    private static final AccessToken ACCESS = new AccessToken(SECRET, Instant.MAX);
    private static final EmailAddress ADDRESS = new EmailAddress("Hush Hush", "hush@example.com");
    private static final Envelope ENVELOPE = new Envelope(
            "hush subject",
            List.of(ADDRESS),
            List.of(),
            List.of(),
            List.of(ADDRESS),
            List.of(),
            List.of(),
            "<hush@example.com>",
            null,
            null);
    private static final BodyPart PART =
            new BodyPart("1", "text/plain", "utf-8", "attachment", "hush.txt", "hush@cid", 5, List.of());
    private static final Email EMAIL = new Email(
            new EmailId("1"),
            null,
            null,
            Set.of(new MailboxId("2")),
            Set.of(new Keyword("hush-project")),
            Instant.EPOCH,
            5,
            ENVELOPE,
            PART);
    private static final Mailbox MAILBOX = new Mailbox(new MailboxId("2"), List.of("Hush", "Affairs"), null, true);

    static Stream<Object> values() {
        return Stream.of(
                SECRET,
                ACCESS,
                new TokenGrant(ACCESS, SECRET),
                Credentials.password("hush@example.com", "hush-password"),
                Credentials.bearer("hush@example.com", Tokens.fixed("hush-token")),
                Tokens.fixed("hush-token"),
                new AccountId("imap:hush@example.com"),
                ADDRESS,
                ENVELOPE,
                PART,
                EMAIL,
                MAILBOX,
                new EmailPage(List.of(EMAIL), null),
                new Change.MailboxSaved(MAILBOX),
                SyncBatch.to(new SyncCursor("hush")).create(EMAIL).save(MAILBOX).build(),
                EmailQuery.everywhere().from("hush"),
                EmailQuery.everywhere().from("hush").filter(),
                new EmailQuery.TextMatch(TextField.FROM, "hush"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void toString_showsNothingPrivate(Object value) {
        assertFalse(value.toString().toLowerCase(Locale.ROOT).contains("hush"), () -> value.getClass() + " leaks");
    }
}
