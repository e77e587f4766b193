package dev.steadymail.cache.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.BodyPart;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.EmailThread;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.PageToken;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CodecRoundTripTest {
    private static final int ROUNDS = 3_000;

    private final long seed = new Random().nextLong();
    private final RandomMail mail = new RandomMail(seed);

    @Test
    void anyEmail_comesBackWithoutItsState() {
        for (int i = 0; i < ROUNDS; i++) {
            Email email = mail.email();
            FetchLevel level = FetchLevel.values()[i % 3];
            Email placed = email.withState(mail.mailboxIds(), mail.keywords());
            assertEquals(
                    new EmailCodec.Coded(email, level),
                    EmailCodec.decode(EmailCodec.encode(placed, level)),
                    "seed " + seed);
        }
    }

    @Test
    void anyState_comesBack() {
        for (int i = 0; i < ROUNDS; i++) {
            Set<MailboxId> mailboxIds = mail.mailboxIds();
            Set<Keyword> keywords = mail.keywords();
            EmailCodec.State state = EmailCodec.decodeState(EmailCodec.encodeState(mailboxIds, keywords));
            assertEquals(new EmailCodec.State(mailboxIds, keywords), state, "seed " + seed);
        }
    }

    @Test
    void anyList_comesBack() {
        for (int i = 0; i < ROUNDS / 10; i++) {
            List<EmailId> ids = mail.ids();
            PageToken next = i % 2 == 0 ? null : new PageToken(mail.text());
            ListCodec.IdPage page = ListCodec.decodeList(ListCodec.encodeList(ids, next));
            assertEquals(new ListCodec.IdPage(ids, next), page, "seed " + seed);
            EmailThread thread = mail.thread();
            assertEquals(thread, ListCodec.decodeThread(ListCodec.encodeThread(thread)), "seed " + seed);
            List<Mailbox> mailboxes = mail.mailboxes();
            assertEquals(mailboxes, ListCodec.decodeMailboxes(ListCodec.encodeMailboxes(mailboxes)), "seed " + seed);
        }
    }

    @Test
    void systemKeywords_takeAnOctetEach() {
        byte[] octets = EmailCodec.encodeState(Set.of(new MailboxId("1")), Set.of(Keyword.SEEN, Keyword.FLAGGED));
        assertEquals(2 + 1 + 2 + 1 + 2, octets.length);
    }

    @Test
    void partsNestedAsDeepAsTheyMay_comeBack() {
        Email email = email(nested(BodyForm.MAX_DEPTH));
        EmailCodec.Coded coded = EmailCodec.decode(EmailCodec.encode(email, FetchLevel.STRUCTURE));
        assertEquals(email, coded.email());
        Email deeper = email(nested(BodyForm.MAX_DEPTH + 1));
        assertThrows(IllegalArgumentException.class, () -> EmailCodec.encode(deeper, FetchLevel.STRUCTURE));
    }

    @Test
    void partsDeeperThanAnyIsWritten_areDamage() {
        byte[] octets = EmailCodec.encode(email(nested(2)), FetchLevel.STRUCTURE);
        // Each level is three octets: what there is, the type, one child.
        byte[] deep = new byte[octets.length + 3 * BodyForm.MAX_DEPTH];
        int body = octets.length - 5;
        System.arraycopy(octets, 0, deep, 0, body);
        for (int i = 0; i < BodyForm.MAX_DEPTH; i++) {
            System.arraycopy(octets, body, deep, body + 3 * i, 3);
        }
        System.arraycopy(octets, body, deep, body + 3 * BodyForm.MAX_DEPTH, 5);
        Throwable damaged = assertThrows(DamagedValueException.class, () -> EmailCodec.decode(deep));
        assertTrue(String.valueOf(damaged.getMessage()).contains("nested"), damaged::toString);
    }

    @Test
    void sendersThatAreTheAuthors_areWrittenOnce() {
        Email email = EmailCodec.decode(EmailCodec.encode(Samples.dovecot(), FetchLevel.METADATA))
                .email();
        assertEquals(Samples.dovecot(), email);
        assertSame(Samples.envelope(email).from(), Samples.envelope(email).sender());
    }

    private static Email email(BodyPart body) {
        return new Email(new EmailId("1"), null, null, Set.of(), Set.of(), Instant.EPOCH, 1, null, body, null, null);
    }

    private static BodyPart nested(int depth) {
        BodyPart part = new BodyPart("", "text/plain", null, null, null, null, -1, List.of());
        for (int i = 1; i < depth; i++) {
            part = new BodyPart("", "multipart/mixed", null, null, null, null, -1, List.of(part));
        }
        return part;
    }
}
