package dev.steadymail.benchmarks.cache;

import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Envelope;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.Role;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * One person's inbox: emails by number, the highest the newest. What they say is made from the number each time it is asked for; what is kept
 * is how many there are, the marks that are not as at first, and what changed in which order. Not thread-safe.
 */
final class GeneratedMailbox {
    /** Emails at the start. */
    static final int AT_FIRST = 20_000;

    static final int PAGE = 50;
    static final MailboxId INBOX = new MailboxId("INBOX");

    private static final int BODY = 24_000;
    private static final Instant FIRST = Instant.parse("2025-01-01T00:00:00Z");
    private static final byte[][] WORDS = words();

    private final int account;
    private final Map<Integer, Set<Keyword>> marks = new HashMap<>();
    private final List<Integer> touched = new ArrayList<>();
    private int have = AT_FIRST;

    GeneratedMailbox(int account) {
        this.account = account;
    }

    static List<Mailbox> mailboxes() {
        return List.of(new Mailbox(INBOX, List.of("INBOX"), Role.INBOX, true));
    }

    int have() {
        return have;
    }

    /** One more email is there. */
    void arrive() {
        touched.add(have++);
    }

    void mark(int number, Set<Keyword> keywords) {
        marks.put(number, Set.copyOf(keywords));
        touched.add(number);
    }

    Set<Keyword> keywords(int number) {
        return marks.getOrDefault(number, atFirst(number));
    }

    /** Returns how an email is marked before anybody does anything. */
    static Set<Keyword> atFirst(int number) {
        return number < AT_FIRST && number % 10 != 0 ? Set.of(Keyword.SEEN) : Set.of();
    }

    /** Returns how many changes there were. */
    int changes() {
        return touched.size();
    }

    /** Returns what changed since there were so many changes. */
    Set<Integer> touchedSince(int changes) {
        return new LinkedHashSet<>(touched.subList(changes, touched.size()));
    }

    /** Returns the emails of a page, newest first. */
    List<EmailId> page(int page) {
        List<EmailId> ids = new ArrayList<>(PAGE);
        int top = have - 1 - page * PAGE;
        for (int number = top; number > Math.max(-1, top - PAGE); number--) {
            ids.add(id(number));
        }
        return ids;
    }

    static EmailId id(int number) {
        return new EmailId("%016x".formatted(0x1900000000000000L + number));
    }

    static int number(EmailId id) {
        return (int) (Long.parseLong(id.value(), 16) - 0x1900000000000000L);
    }

    Email email(int number, FetchLevel level) {
        return new Email(
                id(number),
                null,
                null,
                Set.of(INBOX),
                keywords(number),
                FIRST.plusSeconds(number * 600L),
                BODY,
                level == FetchLevel.STATE ? null : envelope(number),
                null);
    }

    /** About 600 octets as text. */
    private Envelope envelope(int number) {
        SplittableRandom random = random(number);
        EmailAddress from = new EmailAddress(text(random, 16), "sender" + random.nextInt(400) + "@lists.example.com");
        EmailAddress to = new EmailAddress("Person " + account, "person" + account + "@example.com");
        String messageId = "<%016x.%d@mail.example.com>".formatted(random.nextLong(), number);
        return new Envelope(
                text(random, 70),
                List.of(from),
                List.of(),
                List.of(),
                List.of(to),
                List.of(),
                List.of(),
                messageId,
                "<%016x.%d@mail.example.com>".formatted(random.nextLong(), number),
                "<%016x.%d@mail.example.com> ".repeat(4).formatted(ancestors(random, number)),
                FIRST.plusSeconds(number * 600L));
    }

    private static Object[] ancestors(SplittableRandom random, int number) {
        Object[] ancestors = new Object[8];
        for (int n = 0; n < ancestors.length; n += 2) {
            ancestors[n] = random.nextLong();
            ancestors[n + 1] = number;
        }
        return ancestors;
    }

    /** About 24 kB. */
    byte[] body(int number) {
        SplittableRandom random = random(number);
        byte[] body = new byte[BODY - 4_000 + random.nextInt(8_000)];
        fill(random, body);
        return body;
    }

    private static String text(SplittableRandom random, int length) {
        byte[] text = new byte[length];
        fill(random, text);
        return new String(text, StandardCharsets.US_ASCII);
    }

    private static void fill(SplittableRandom random, byte[] text) {
        int at = 0;
        while (at < text.length) {
            byte[] word = WORDS[random.nextInt(WORDS.length)];
            int length = Math.min(word.length, text.length - at);
            System.arraycopy(word, 0, text, at, length);
            at += length;
        }
    }

    private SplittableRandom random(int number) {
        return new SplittableRandom(account * 1_000_003L + number);
    }

    /** Words as frequent as each other, so that text of them can be compressed about as mail can. */
    private static byte[][] words() {
        SplittableRandom random = new SplittableRandom(24);
        byte[][] words = new byte[1 << 10][];
        for (int n = 0; n < words.length; n++) {
            words[n] = new byte[3 + random.nextInt(8)];
            for (int i = 0; i < words[n].length - 1; i++) {
                words[n][i] = (byte) ('a' + random.nextInt(26));
            }
            words[n][words[n].length - 1] = ' ';
        }
        return words;
    }
}
