package dev.steadymail.server.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.zaxxer.hikari.HikariDataSource;
import dev.steadymail.mail.Ancestry;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Envelope;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.ThreadId;
import dev.steadymail.provider.SyncCursor;
import dev.steadymail.server.TestDatabase;
import dev.steadymail.sync.SyncBatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

final class ConversationWriterTest {
    private static final HikariDataSource DATABASE = TestDatabase.create();

    private final JdbcTemplate jdbc = new JdbcTemplate(DATABASE);
    private final UUID account = UUID.randomUUID();
    private final PostgresSyncStore store = PostgresSyncStoreTest.store(account, DATABASE);

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @BeforeEach
    void addAccount() {
        jdbc.update(
                "insert into account (id, identity, url, login, state, created_at) values (?, ?, '', '', 'new', now())",
                account,
                account.toString());
    }

    @Test
    void place_answers_areWithWhatTheyAnswer_inWhicheverOrderTheyCome() {
        apply(email("answer", "root"));
        apply(email("root"), email("other"));
        apply(email("second", "root", "answer"));
        assertEquals(Set.of(Set.of("root", "answer", "second"), Set.of("other")), conversations());
    }

    @Test
    void place_answersToOneThatIsMissing_areTogether() {
        apply(email("a", "missing"), email("b", "missing"));
        assertEquals(Set.of(Set.of("a", "b")), conversations());
    }

    @Test
    void place_whatHoldsTwoTogether_joinsThem() {
        apply(email("a"), email("a2", "a"));
        apply(email("b"), email("b2", "b"));
        assertEquals(2, conversations().size());
        apply(email("c", "a2", "b2"));
        assertEquals(Set.of(Set.of("a", "a2", "b", "b2", "c")), conversations());
    }

    @Test
    void place_byTheProvidersThreads_asItHasThem() {
        apply(given("a", "t1"), given("b", "t2"), given("c", "t1"));
        apply(given("d", "t2"));
        assertEquals(Set.of(Set.of("a", "c"), Set.of("b", "d")), conversations());
    }

    @Test
    void place_emailsThatTellNothing_areAlone() {
        apply(bare("a"), bare("b"));
        assertEquals(Set.of(Set.of("a"), Set.of("b")), conversations());
    }

    /** A union of all names at once is what step by step, in any order and in any batches, must come to. */
    @Test
    void place_inAnyOrderAndBatches_comesToTheSame() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Email> emails = new ArrayList<>();
        Map<String, String> group = new HashMap<>();
        for (int i = 0; i < 60; i++) {
            String own = "m" + i;
            String[] references =
                    random.ints(random.nextInt(3), 0, 90).mapToObj(n -> "m" + n).toArray(String[]::new);
            emails.add(email(own, references));
            join(group, own, references);
        }
        Collections.shuffle(emails, random);
        for (int from = 0; from < emails.size(); ) {
            int to = Math.min(emails.size(), from + 1 + random.nextInt(15));
            apply(emails.subList(from, to).toArray(Email[]::new));
            from = to;
        }
        Map<String, Set<String>> wanted = new HashMap<>();
        emails.forEach(email -> wanted.computeIfAbsent(root(group, email.id().value()), r -> new TreeSet<>())
                .add(email.id().value()));
        assertEquals(new HashSet<>(wanted.values()), conversations(), "seed " + seed);
    }

    private static void join(Map<String, String> group, String own, String... references) {
        for (String reference : references) {
            String mine = root(group, own);
            String other = root(group, reference);
            if (!mine.equals(other)) {
                group.put(other, mine);
            }
        }
    }

    private static String root(Map<String, String> group, String name) {
        String root = name;
        for (String next = group.get(root); next != null; next = group.get(root)) {
            root = next;
        }
        return root;
    }

    private Set<Set<String>> conversations() {
        return Set.copyOf(jdbc
                .query(
                        "select conversation_id, provider_id from email where account_id = ?",
                        (row, n) -> Map.entry(row.getString(1), row.getString(2)),
                        account)
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toSet())))
                .values());
    }

    private void apply(Email... emails) {
        SyncBatch.Builder batch = SyncBatch.to(new SyncCursor("1"));
        List.of(emails).forEach(batch::create);
        store.apply(batch.build());
    }

    private static Email email(String name, String... references) {
        String named = Stream.of(references).map(ConversationWriterTest::id).collect(Collectors.joining(" "));
        Envelope envelope = new Envelope(
                name, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), id(name), null, named, null);
        return email(name, null, envelope).withAncestry(Ancestry.of(envelope));
    }

    private static Email given(String name, String thread) {
        return email(name, new ThreadId(thread), null);
    }

    private static Email bare(String name) {
        return email(name, null, null);
    }

    private static Email email(String name, @Nullable ThreadId thread, @Nullable Envelope envelope) {
        return new Email(
                new EmailId(name),
                thread,
                null,
                Set.of(new MailboxId("inbox")),
                Set.of(),
                Instant.EPOCH,
                1,
                envelope,
                null);
    }

    private static String id(String name) {
        return "<" + name + "@example.com>";
    }
}
