package dev.steadymail.cache;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.cache.CacheStatistics.OfKind;
import dev.steadymail.cache.shared.SharedLevel;
import dev.steadymail.guard.RetryPolicy;
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
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * One account, seen through caches and past them. Random reads, changes of our own and of others, syncs that end and that fail, watches that
 * tell and that are lost, by one process or several that share a level. What a process reads must have been true at some moment within the
 * bound, and after the last change of its own.
 */
final class FreshnessWorld implements AutoCloseable {
    private static final RetryPolicy ONCE = new RetryPolicy(1, Duration.ZERO, Duration.ZERO);
    private static final int STEPS = 150;
    private static final int EMAILS = 4;
    /** We change the first, others both. */
    private static final List<Keyword> MARKS = List.of(Keyword.SEEN, Keyword.FLAGGED);

    private final String seed;
    private final Random random;
    private final WorldTime clock;
    private final Duration bound;
    private final InMemoryAccount account = InMemoryAccount.labels();
    private final MailRuntime runtime = MailRuntime.builder().retryPolicy(ONCE).build();
    private final Map<String, List<State>> history = new HashMap<>();
    private final Map<String, EmailId> ids = new HashMap<>();
    private final List<InMemorySyncStore> stores = List.of(new InMemorySyncStore(), new InMemorySyncStore());
    private final List<Side> processes = new ArrayList<>();
    private final Set<MailboxId> all;
    private final Set<MailboxId> elsewhere;
    private final boolean knows;
    private Map<EmailId, Email> elsewhereKnown = Map.of();
    private long knownAt;
    private long checked;

    /** What happens beneath the caches before a step. */
    interface Troubles {
        void disturb(Random random);
    }

    /** What was true of an email from then on. */
    private record State(long since, Set<Keyword> keywords) {}

    /** One process: a cache, a client, and what it did. */
    private static final class Side {
        final MailCache cache;
        final MailClient mail;
        final Map<String, Long> ownChanges = new HashMap<>();
        boolean watched;
        Set<MailboxId> covers = Set.of();

        Side(MailCache cache, MailClient mail) {
            this.cache = cache;
            this.mail = mail;
        }

        AccountCache account() {
            return cache.of(new AccountId("ada"));
        }
    }

    /**
     * @param levels one for each process
     * @param settings with the bounds
     */
    FreshnessWorld(long seed, WorldTime clock, List<? extends SharedLevel> levels, CacheSettings settings) {
        this(seed, clock, levels, settings, false);
    }

    /** One where the application knows emails from elsewhere, as of some time ago. */
    static FreshnessWorld knowing(
            long seed, WorldTime clock, List<? extends SharedLevel> levels, CacheSettings settings) {
        return new FreshnessWorld(seed, clock, levels, settings, true);
    }

    private FreshnessWorld(
            long seed, WorldTime clock, List<? extends SharedLevel> levels, CacheSettings settings, boolean knows) {
        this.seed = "-Dsteadymail.seed=" + seed;
        this.random = new Random(seed * 7919);
        this.clock = clock;
        boolean shares = levels.stream().anyMatch(level -> level != NoSharedLevel.NONE);
        this.knows = knows;
        this.bound = knows ? settings.sourceFreshFor() : shares ? settings.sharedFreshFor() : settings.freshFor();
        for (SharedLevel level : levels) {
            MailCache cache = MailCache.timed(settings, level, clock, stale -> {});
            CachedAccount cached = CachedAccount.of(NamedAccount.of("ada", account), cache);
            processes.add(new Side(cache, runtime.open(knows ? cached.knownFrom(this::known) : cached)));
        }
        for (int n = 0; n < EMAILS; n++) {
            String messageId = "<" + n + "@example.com>";
            byte[] message = ("Message-ID: " + messageId + "\r\nSubject: " + n + "\r\n\r\nhello\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            account.deliver(
                    "INBOX",
                    message,
                    Set.of(),
                    Instant.parse("2026-01-01T12:00:00Z").plusSeconds(n));
            history.put(messageId, new ArrayList<>(List.of(new State(clock.nanos(), Set.of()))));
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

    void play(Troubles troubles) {
        for (int step = 0; step < STEPS; step++) {
            clock.pass(random.nextInt(5) == 0 ? random.nextLong(8_000_000_000L) : random.nextLong(300_000_000L));
            troubles.disturb(random);
            learn();
            act(processes.get(random.nextInt(processes.size())));
            clock.pass(1);
        }
    }

    /** Returns how many answers were compared with what was true. */
    long checked() {
        return checked;
    }

    /** Returns a sum over all processes and kinds. */
    long sum(ToLongFunction<OfKind> what) {
        return processes.stream()
                .flatMap(process -> process.cache.statistics().kinds().values().stream())
                .mapToLong(what)
                .sum();
    }

    private void act(Side process) {
        switch (random.nextInt(15)) {
            case 0, 1 -> others();
            case 2 -> own(process);
            case 3, 4 -> sync(process, false);
            case 5 -> sync(process, true);
            case 6 -> watch(process);
            case 7 -> list(process);
            case 8 -> unseen(process);
            default -> read(process);
        }
    }

    /** What the application knows from elsewhere, which is learned now and then. */
    private Map<EmailId, EmailSource.Known> known(List<EmailId> wanted, FetchLevel level) {
        Map<EmailId, EmailSource.Known> known = new HashMap<>();
        for (EmailId id : wanted) {
            Email email = elsewhereKnown.get(id);
            if (email != null) {
                known.put(id, new EmailSource.Known(email, Duration.ofNanos(clock.nanos() - knownAt)));
            }
        }
        return known;
    }

    private void learn() {
        if (knows && random.nextInt(4) == 0) {
            try (MailClient plain = runtime.open(account)) {
                knownAt = clock.nanos();
                elsewhereKnown = plain.emails().query(EmailQuery.everywhere()).stream()
                        .collect(Collectors.toMap(Email::id, email -> email));
                clock.pass(1);
            }
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

    private long tick() {
        clock.pass(1);
        return clock.nanos();
    }

    /** Another client marks, twice at times, so that it is as before. A watch tells of it, now or later; until then it is within its bound. */
    private void others() {
        String messageId = any();
        for (int times = 1 + random.nextInt(2); times > 0; times--) {
            Set<Keyword> keywords = marks();
            account.setKeywords(messageId, keywords);
            history(messageId).add(new State(tick(), keywords));
        }
        tell();
    }

    private void own(Side process) {
        String messageId = any();
        EmailId id = id(messageId);
        boolean seen = random.nextBoolean();
        if (random.nextInt(4) == 0) {
            account.faults()
                    .failAfterEffect("changeKeywords", 1, MailException.of(Kind.NETWORK, "the answer did not come"));
        }
        try {
            if (seen) {
                process.mail.emails().addKeyword(List.of(id), Keyword.SEEN);
            } else {
                process.mail.emails().removeKeyword(List.of(id), Keyword.SEEN);
            }
        } catch (MailException unclear) {
            // It took effect, and nobody was told.
        }
        account.faults().clear();
        long changedAt = tick();
        Set<Keyword> marks = new HashSet<>(last(messageId));
        marks.remove(Keyword.SEEN);
        if (seen) {
            marks.add(Keyword.SEEN);
        }
        history(messageId).add(new State(changedAt, Set.copyOf(marks)));
        process.ownChanges.put(messageId, changedAt);
        tell();
    }

    /** A sync by one of two stores, which may fail at a page, in the provider or in the store. */
    private void sync(Side process, boolean fails) {
        InMemorySyncStore store = stores.get(random.nextInt(stores.size()));
        SyncOptions options = new SyncOptions(Set.of(), 1 + random.nextInt(3), Duration.ofSeconds(30));
        int[] pages = new int[1];
        int failAt = fails ? random.nextInt(3) : -1;
        try {
            SyncReport unused = process.mail
                    .sync(
                            store,
                            (some, call) -> {
                                if (pages[0]++ == failAt) {
                                    throw MailException.of(Kind.NETWORK, "the load failed");
                                }
                                meanwhile(process);
                                List<Email> emails =
                                        process.mail.with(call).emails().get(some, FetchLevel.METADATA);
                                return new Loaded(emails, List.of());
                            },
                            options)
                    .run(progress -> meanwhile(process));
        } catch (MailException planned) {
            assertTrue(fails, () -> seed + ": " + planned);
        }
    }

    /** Something happens while a sync is under way. */
    private void meanwhile(Side process) {
        clock.pass(1);
        switch (random.nextInt(8)) {
            case 0 -> own(process);
            case 1 -> others();
            case 2 -> read(process);
            case 3 -> unseen(process);
            default -> clock.pass(1);
        }
    }

    /** A watch of all mailboxes tells; one of another mailbox does not. */
    private void tell() {
        for (Side process : processes) {
            if (process.watched && process.covers.equals(all)) {
                process.account().news(all);
            }
        }
    }

    private void watch(Side process) {
        process.watched = random.nextBoolean();
        process.covers = random.nextBoolean() ? all : elsewhere;
        if (process.watched) {
            process.account().news(process.covers);
        } else {
            process.account().unwatched();
        }
    }

    private void read(Side process) {
        String messageId = any();
        FetchLevel level = FetchLevel.values()[random.nextInt(2)];
        long before = clock.nanos();
        for (Email email : process.mail.emails().get(List.of(id(messageId)), level)) {
            check(process, messageId, email.keywords(), before);
        }
    }

    private void list(Side process) {
        Map<EmailId, String> names = new HashMap<>();
        ids.forEach((messageId, id) -> names.put(id, messageId));
        long before = clock.nanos();
        process.mail.emails().query(EmailQuery.everywhere().limit(10)).stream()
                .forEach(email -> check(process, String.valueOf(names.get(email.id())), email.keywords(), before));
    }

    /** Which emails are in the list is as old as the list, whatever is known of them. */
    private void unseen(Side process) {
        long before = clock.nanos();
        Set<EmailId> found = process
                .mail
                .emails()
                .query(EmailQuery.in(Role.INBOX).unseen())
                .stream()
                .map(Email::id)
                .collect(Collectors.toSet());
        ids.forEach((messageId, id) -> check(process, messageId, Keyword.SEEN, !found.contains(id), before));
    }

    private void check(Side process, String messageId, Set<Keyword> keywords, long asked) {
        MARKS.forEach(keyword -> check(process, messageId, keyword, keywords.contains(keyword), asked));
    }

    /**
     * True at a moment that is neither before the bound nor before the last change of our own to this keyword.
     *
     * @param asked when the answer was asked for: it is no older than the bound then
     */
    private void check(Side process, String messageId, Keyword keyword, boolean there, long asked) {
        checked++;
        boolean live = process.account().freshness().watched().equals(all);
        long within = live ? 0 : bound.toNanos();
        long own = keyword.equals(Keyword.SEEN) ? process.ownChanges.getOrDefault(messageId, 0L) : 0;
        long earliest = Math.max(asked - within, own);
        List<State> states = history(messageId);
        boolean was = false;
        for (int i = 0; i < states.size(); i++) {
            long until = i + 1 < states.size() ? states.get(i + 1).since() : Long.MAX_VALUE;
            was |= until > earliest && there == states.get(i).keywords().contains(keyword);
        }
        assertTrue(
                was,
                () -> seed + ": " + messageId + (there ? " with " : " without ") + keyword + " at " + asked
                        + " by process " + processes.indexOf(process) + ", "
                        + states.subList(Math.max(0, states.size() - 5), states.size()) + ", own " + process.ownChanges
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
