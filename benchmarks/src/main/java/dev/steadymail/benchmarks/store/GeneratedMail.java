package dev.steadymail.benchmarks.store;

import dev.steadymail.mail.BlobId;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Fingerprint;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.Role;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Emails by number, as an IMAP account's mirror keeps them: ids of UIDVALIDITY, UID and mailbox, the SHA-256 of the octets, the digest of
 * a Message-ID, some marks. Six in ten are in INBOX, the others in eleven folders; the same number is the same email each time.
 */
final class GeneratedMail {
    static final MailboxId TRASH = new MailboxId("Trash");

    private static final MailboxId INBOX = new MailboxId("INBOX");
    private static final List<MailboxId> FOLDERS = IntStream.range(2015, 2026)
            .mapToObj(year -> new MailboxId("Archive/" + year))
            .toList();
    private static final Instant NEWEST = Instant.parse("2026-11-30T09:00:00Z");
    private static final int TYPICAL_SIZE = 30_000;

    private GeneratedMail() {}

    static List<Mailbox> mailboxes() {
        return Stream.concat(Stream.of(INBOX, TRASH), FOLDERS.stream())
                .map(GeneratedMail::mailbox)
                .toList();
    }

    private static Mailbox mailbox(MailboxId id) {
        return new Mailbox(id, List.of(id.value().split("/", -1)), id.equals(INBOX) ? Role.INBOX : null, true);
    }

    static Email email(int number) {
        Random random = new Random(number);
        random.nextInt(); // the first of neighbouring seeds are alike
        return new Email(
                id(number),
                null,
                new BlobId(sha256("octets " + number)),
                Set.of(home(number)),
                keywords(random),
                NEWEST.minusSeconds(number * 300L),
                1_000 + random.nextInt(2 * TYPICAL_SIZE),
                null,
                null,
                Fingerprint.ofMessageId("<" + number + "@mail.example>"),
                null);
    }

    static EmailId id(int number) {
        return id(number, home(number));
    }

    static EmailId id(int number, MailboxId mailbox) {
        return new EmailId("1700000000." + (number + 1) + "." + mailbox.value());
    }

    /** Returns where an email is at first. */
    static MailboxId home(int number) {
        return number % 10 < 6 ? INBOX : FOLDERS.get(number / 10 % FOLDERS.size());
    }

    private static Set<Keyword> keywords(Random random) {
        Set<Keyword> keywords = new TreeSet<>();
        if (random.nextInt(10) < 8) {
            keywords.add(Keyword.SEEN);
        }
        if (random.nextInt(10) < 1) {
            keywords.add(Keyword.ANSWERED);
        }
        if (random.nextInt(20) < 1) {
            keywords.add(Keyword.FLAGGED);
        }
        return keywords;
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
