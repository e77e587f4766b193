package dev.steadymail.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.SyncCursor;
import dev.steadymail.send.OutboxEntry;
import dev.steadymail.send.OutboxState;
import dev.steadymail.sync.ParkedEmail;
import dev.steadymail.sync.SyncBatch;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Texts that databases take for something else, or do not take at all: each comes back as it was, and no two are one. */
final class HostileTextTest {
    private static final List<String> TEXTS = List.of(
            "'; drop table steadymail_outbox; --",
            "\"\u2019`%_?$1:name{d}",
            "nul\0in it",
            "\0",
            "\\0000",
            "\\",
            "line\nfeed\r\n",
            "half \ud83d",
            "half \udd11",
            "half ?",
            "half \ufffd",
            "key \ud83d\udd11",
            "\udd11\ud83d",
            "e\u0301",
            "\u00e9",
            "A",
            "a",
            "a ",
            "\u202eright to left",
            long2048());

    /** Longer than an index takes, and not to be compressed. */
    private static String long2048() {
        return new Random(1)
                .ints(2_048, 0x4e00, 0x9fa5)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void keys(Product product) {
        try (HikariDataSource database = product.create()) {
            JdbcOutboxStore outbox = JdbcStores.open(database).outbox(new AccountId("ada"));
            for (String key : TEXTS) {
                assertEquals(Optional.empty(), outbox.add(Entries.queued(key), Entries.CONTENT));
            }
            assertEquals(TEXTS.size(), outbox.waiting());
            for (String key : TEXTS) {
                assertEquals(Optional.of(Entries.queued(key)), outbox.find(key));
                OutboxEntry sending = Entries.in(OutboxState.SENDING, key, 2);
                assertTrue(outbox.replace(sending));
                assertEquals(Optional.of(sending), outbox.find(key));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void accounts(Product product) {
        try (HikariDataSource database = product.create()) {
            JdbcStores stores = JdbcStores.open(database);
            for (String text : TEXTS) {
                assertEquals(Optional.empty(), stores.outbox(account(text)).add(Entries.queued(text), Entries.CONTENT));
            }
            for (String text : TEXTS) {
                assertEquals(
                        List.of(Entries.queued(text)),
                        stores.outbox(account(text)).list(9));
            }
        }
    }

    private static AccountId account(String text) {
        return new AccountId("x" + text.substring(0, Math.min(text.length(), 2_047)));
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void ids(Product product) {
        JdbcSyncStore store = JdbcStores.open(product.database()).sync(new AccountId("ada"));
        SyncBatch.Builder batch = SyncBatch.to(new SyncCursor(TEXTS.get(2)));
        Set<Email> emails = new HashSet<>();
        for (String text : TEXTS) {
            MailboxId mailbox = new MailboxId("m" + text.substring(0, Math.min(text.length(), 2_047)));
            batch.save(new Mailbox(mailbox, TEXTS, null, true));
            batch.park(new ParkedEmail(new EmailId("p" + text.substring(0, Math.min(text.length(), 9))), text));
            Email email = Email.state(
                    new EmailId("e" + text.substring(0, Math.min(text.length(), 2_047))),
                    null,
                    Set.of(mailbox),
                    Set.of(Keyword.SEEN, new Keyword("half\ud83d")),
                    Entries.NOON,
                    1);
            emails.add(email);
            batch.create(email);
        }
        SyncBatch applied = batch.build();
        store.apply(applied);
        assertEquals(Optional.of(applied.cursor()), store.cursor());
        assertEquals(emails, store.emails().map(stored -> stored.email()).collect(Collectors.toUnmodifiableSet()));
        assertEquals(
                Set.copyOf(applied.mailboxesSaved()), Set.copyOf(store.known().mailboxes()));
        assertEquals(Set.copyOf(applied.parked()), Set.copyOf(store.parked()));
        for (Email email : emails) {
            assertEquals(Optional.of(email), store.find(email.id()).map(stored -> stored.email()));
        }
    }

    @Test
    void anyTexts_comeBack_aloneAndInLists() {
        long base = Long.getLong("steadymail.seed", 20_260_301L);
        for (long seed = base; seed < base + 2_000; seed++) {
            Random random = new Random(seed);
            List<String> texts = random.ints(random.nextInt(4), 0, 12)
                    .mapToObj(length -> text(random, length))
                    .toList();
            String place = "-Dsteadymail.seed=" + seed;
            assertEquals(texts, SafeText.readAll(SafeText.writeAll(texts)), place);
            texts.forEach(text -> assertEquals(text, SafeText.read(SafeText.write(text)), place));
            String nested = SafeText.writeAll(List.of(SafeText.writeAll(texts), "x"));
            assertEquals(texts, SafeText.readAll(SafeText.readAll(nested).get(0)), place);
        }
    }

    private static String text(Random random, int length) {
        String odd = "\0\n\\0a\ud83d\udd11\u00e9";
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(odd.charAt(random.nextInt(odd.length())));
        }
        return text.toString();
    }
}
