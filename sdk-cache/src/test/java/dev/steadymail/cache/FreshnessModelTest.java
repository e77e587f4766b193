package dev.steadymail.cache;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.Role;
import dev.steadymail.query.EmailQuery;
import dev.steadymail.sync.EmailLoader.Loaded;
import dev.steadymail.sync.SyncEngine.SyncOptions;
import dev.steadymail.sync.SyncReport;
import dev.steadymail.testkit.memory.InMemoryAccount;
import dev.steadymail.testkit.memory.InMemorySyncStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random reads, changes of our own and of others, syncs that end and that fail, watches that tell and that are lost. What was read must
 * have been true at some moment within the bound, and after the last change of our own. {@code -Dsteadymail.seed} plays one seed.
 */
class FreshnessModelTest {
    private static final int SEEDS = Integer.getInteger("steadymail.runs", 60);
    private static final int STEPS = 150;
    private static final int EMAILS = 4;
    /** We change the first, others both. */
    private static final List<Keyword> MARKS = List.of(Keyword.SEEN, Keyword.FLAGGED);

    private static final Duration BOUND = Duration.ofSeconds(5);

    @Test
    @Timeout(600)
    void nothingIsOlderThanTheBound_andOwnChangesAreSeen() {
        Long one = Long.getLong("steadymail.seed");
        long checked = 0;
        long hits = 0;
        for (long seed = one == null ? 0 : one; seed < (one == null ? SEEDS : one + 1); seed++) {
            try (World world = new World(seed)) {
                world.play();
                checked += world.checked;
                hits += world.cache.statistics().kinds().values().stream()
                        .mapToLong(CacheStatistics.OfKind::hits)
                        .sum();
            }
        }
        System.out.println("cache model: " + checked + " answers checked, " + hits + " of them from the cache");
        assertTrue(one != null || hits * 4 > checked, "too few hits to show anything: " + hits + " of " + checked);
    }

    /** One account, seen through a cache and past it. */
    private static final class World implements AutoCloseable {
        private final long seed;
        private final Random random;
        private final InMemoryAccount account = InMemoryAccount.labels();
        private final MailRuntime runtime = MailRuntime.create();
        private final Map<String, List<State>> history = new HashMap<>();
        private final Map<String, EmailId> ids = new HashMap<>();
        private final List<InMemorySyncStore> stores = List.of(new InMemorySyncStore(), new InMemorySyncStore());
        private final MailCache cache;
        private final MailClient mail;
        private long now = 1_000_000_000_000L;
        private final Map<String, Long> ownChanges = new HashMap<>();
        private final Set<MailboxId> all;
        private final Set<MailboxId> elsewhere;
        private boolean watched;
        private Set<MailboxId> covers = Set.of();
        private long checked;

        /** What was true of an email from then on. */
        private record State(long since, Set<Keyword> keywords) {}

        World(long seed) {
            this.seed = seed;
            this.random = new Random(seed * 7919);
            this.cache = MailCache.inMemory(CacheSettings.DEFAULT.withFreshFor(BOUND), () -> now, stale -> {});
            this.mail = runtime.open(CachedAccount.of(NamedAccount.of("ada", account), cache));
            for (int n = 0; n < EMAILS; n++) {
                String messageId = "<" + n + "@example.com>";
                byte[] message = ("Message-ID: " + messageId + "\r\nSubject: " + n + "\r\n\r\nhello\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
                account.deliver(
                        "INBOX",
                        message,
                        Set.of(),
                        Instant.parse("2026-01-01T12:00:00Z").plusSeconds(n));
                history.put(messageId, new ArrayList<>(List.of(new State(now, Set.of()))));
            }
            try (MailClient plain = runtime.open(account)) {
                plain.emails().query(EmailQuery.everywhere()).stream()
                        .forEach(email -> ids.put("<" + email.subject() + "@example.com>", email.id()));
                this.elsewhere = plain.mailboxes().list().stream()
                        .filter(mailbox -> !mailbox.fullName().equals("INBOX") && mailbox.role() != Role.ALL)
                        .map(Mailbox::id)
                        .limit(1)
                        .collect(Collectors.toSet());
                this.all = plain.mailboxes().list().stream().map(Mailbox::id).collect(Collectors.toSet());
            }
        }

        void play() {
            for (int step = 0; step < STEPS; step++) {
                now += random.nextInt(5) == 0 ? random.nextLong(8_000_000_000L) : random.nextLong(300_000_000L);
                act();
                now++;
            }
        }

        private void act() {
            switch (random.nextInt(15)) {
                case 0, 1 -> others();
                case 2 -> own();
                case 3, 4 -> sync(false);
                case 5 -> sync(true);
                case 6 -> watch();
                case 7 -> list();
                case 8 -> unseen();
                default -> read();
            }
        }

        private String any() {
            return "<" + random.nextInt(EMAILS) + "@example.com>";
        }

        private Set<Keyword> marks() {
            Set<Keyword> marks = new HashSet<>();
            MARKS.stream().filter(keyword -> random.nextBoolean()).forEach(marks::add);
            return Set.copyOf(marks);
        }

        /** Another client marks, twice at times, so that it is as before. A watch tells of it, now or later; until then it is within its bound. */
        private void others() {
            String messageId = any();
            for (int times = 1 + random.nextInt(2); times > 0; times--) {
                Set<Keyword> keywords = marks();
                account.setKeywords(messageId, keywords);
                history(messageId).add(new State(++now, keywords));
            }
            tell();
        }

        private void own() {
            String messageId = any();
            EmailId id = id(messageId);
            boolean seen = random.nextBoolean();
            boolean fails = random.nextInt(4) == 0;
            if (fails) {
                account.faults()
                        .failAfterEffect(
                                "changeKeywords", 1, MailException.of(Kind.NETWORK, "the answer did not come"));
            }
            try {
                if (seen) {
                    mail.emails().addKeyword(List.of(id), Keyword.SEEN);
                } else {
                    mail.emails().removeKeyword(List.of(id), Keyword.SEEN);
                }
            } catch (MailException unclear) {
                fails = true;
            }
            account.faults().clear();
            Set<Keyword> marks = new HashSet<>(last(messageId));
            marks.remove(Keyword.SEEN);
            if (seen) {
                marks.add(Keyword.SEEN);
            }
            history(messageId).add(new State(++now, Set.copyOf(marks)));
            ownChanges.put(messageId, now);
            tell();
        }

        /** A sync by one of two stores, which may fail at a page, in the provider or in the store. */
        private void sync(boolean fails) {
            InMemorySyncStore store = stores.get(random.nextInt(stores.size()));
            SyncOptions options = new SyncOptions(Set.of(), 1 + random.nextInt(3), Duration.ofSeconds(30));
            int[] pages = new int[1];
            int failAt = fails ? random.nextInt(3) : -1;
            try {
                SyncReport unused = mail.sync(
                                store,
                                (some, call) -> {
                                    if (pages[0]++ == failAt) {
                                        throw MailException.of(Kind.NETWORK, "the load failed");
                                    }
                                    meanwhile();
                                    return new Loaded(
                                            mail.with(call).emails().get(some, FetchLevel.METADATA), List.of());
                                },
                                options)
                        .run(progress -> meanwhile());
            } catch (MailException planned) {
                assertTrue(fails, () -> "seed " + seed + ": " + planned);
            }
        }

        /** Something happens while a sync is under way. */
        private void meanwhile() {
            now++;
            switch (random.nextInt(8)) {
                case 0 -> own();
                case 1 -> others();
                case 2 -> read();
                case 3 -> unseen();
                default -> now++;
            }
        }

        /** A watch of all mailboxes tells; one of another mailbox does not. */
        private void tell() {
            if (watched && covers.equals(all)) {
                account().news(all);
            }
        }

        private void watch() {
            watched = random.nextBoolean();
            covers = random.nextBoolean() ? all : elsewhere;
            if (watched) {
                account().news(covers);
            } else {
                account().unwatched();
            }
        }

        private AccountCache account() {
            return cache.of(new AccountId("ada"));
        }

        private void read() {
            String messageId = any();
            FetchLevel level = FetchLevel.values()[random.nextInt(2)];
            for (Email email : mail.emails().get(List.of(id(messageId)), level)) {
                check(messageId, email.keywords());
            }
        }

        private void list() {
            Map<EmailId, String> names = new HashMap<>();
            ids.forEach((messageId, id) -> names.put(id, messageId));
            mail.emails().query(EmailQuery.everywhere().limit(10)).stream()
                    .forEach(email -> check(String.valueOf(names.get(email.id())), email.keywords()));
        }

        /** Which emails are in the list is as old as the list, whatever is known of them. */
        private void unseen() {
            Set<EmailId> found = mail.emails().query(EmailQuery.in(Role.INBOX).unseen()).stream()
                    .map(Email::id)
                    .collect(Collectors.toSet());
            ids.forEach((messageId, id) -> check(messageId, Keyword.SEEN, !found.contains(id)));
        }

        private void check(String messageId, Set<Keyword> keywords) {
            MARKS.forEach(keyword -> check(messageId, keyword, keywords.contains(keyword)));
        }

        /** True at a moment that is neither before the bound nor before the last change of our own to this keyword. */
        private void check(String messageId, Keyword keyword, boolean there) {
            checked++;
            boolean live = account().freshness().watched().equals(all);
            long bound = live ? 0 : BOUND.toNanos();
            long own = keyword.equals(Keyword.SEEN) ? ownChanges.getOrDefault(messageId, 0L) : 0;
            long earliest = Math.max(now - bound, own);
            List<State> states = history(messageId);
            boolean was = false;
            for (int i = 0; i < states.size(); i++) {
                long until = i + 1 < states.size() ? states.get(i + 1).since() : Long.MAX_VALUE;
                was |= until > earliest && there == states.get(i).keywords().contains(keyword);
            }
            assertTrue(
                    was,
                    () -> "seed " + seed + ": " + messageId + (there ? " with " : " without ") + keyword + " at " + now
                            + ", "
                            + states.subList(Math.max(0, states.size() - 5), states.size()) + ", own " + ownChanges
                            + (live ? ", watched" : ""));
        }

        private Set<Keyword> last(String messageId) {
            List<State> states = history(messageId);
            return states.get(states.size() - 1).keywords();
        }

        private List<State> history(String messageId) {
            return history.getOrDefault(messageId, new ArrayList<>());
        }

        private EmailId id(String messageId) {
            EmailId id = ids.get(messageId);
            if (id == null) {
                throw new IllegalStateException(messageId);
            }
            return id;
        }

        @Override
        public void close() {
            runtime.close();
        }
    }
}
