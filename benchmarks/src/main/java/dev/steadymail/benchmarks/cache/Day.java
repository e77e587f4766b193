package dev.steadymail.benchmarks.cache;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.cache.CachedAccount;
import dev.steadymail.cache.MailCache;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.sync.EmailLoader;
import dev.steadymail.sync.EmailLoader.Loaded;
import dev.steadymail.sync.SyncEngine;
import dev.steadymail.sync.SyncEngine.SyncOptions;
import dev.steadymail.watch.WatchOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One replay: 50 accounts that are read through one cache, or without one. Not thread-safe. */
final class Day implements AutoCloseable {
    private static final Duration LONG = Duration.ofHours(1);

    private final MailRuntime runtime = MailRuntime.create();
    private final Map<Integer, Person> people = new HashMap<>();
    private final Charges charges = new Charges();
    private final Score score = new Score();
    private final TraceClock clock;
    private final @Nullable MailCache cache;
    private final Cursor cursor;

    /** How changes reach the cache. */
    enum Cursor {
        /** By a watch, and a sync at once that asks what changed and leaves new mail to whoever wants to see it. */
        LIVE,
        /** By a watch, and a sync at once that reads new mail as well. */
        LIVE_READING,
        /** Not at all. */
        DOWN
    }

    /** @param cache in front of all accounts, on the clock; null for none */
    Day(TraceClock clock, @Nullable MailCache cache, Cursor cursor) {
        this.clock = clock;
        this.cache = cache;
        this.cursor = cursor;
    }

    Score replay(List<Step> steps) throws IOException {
        for (Step step : steps) {
            clock.at(step.millis());
            Person person = people.get(step.account());
            if (person == null) {
                person = open(step.account());
                people.put(step.account(), person);
            }
            person.take(step);
        }
        score.charge(charges.units());
        return score;
    }

    /** Returns how many answers were not what was true. */
    long old() {
        return people.values().stream().mapToLong(Person::old).sum();
    }

    private Person open(int number) {
        GeneratedMailbox truth = new GeneratedMailbox(number);
        GeneratedProvider behind = new GeneratedProvider(truth, charges);
        MailAccount generated = new GeneratedAccount(new AccountId("person " + number), behind);
        OpenedAccount account = new OpenedAccount(cache == null ? generated : CachedAccount.of(generated, cache));
        MailClient client = runtime.open(account);
        SyncEngine sync = cursor == Cursor.DOWN ? null : follow(client, number, truth);
        Call call = new Call(runtime.time().deadline(LONG));
        Person person = new Person(behind, account.provider(), call, score, sync);
        person.tell();
        return person;
    }

    private SyncEngine follow(MailClient client, int number, GeneratedMailbox truth) {
        EmailLoader loader = cursor == Cursor.LIVE
                ? (ids, call) -> Person.leave(ids, truth)
                : (ids, call) -> new Loaded(client.with(call).emails().get(ids, FetchLevel.METADATA), List.of());
        var unused = client.watch(WatchOptions.INBOX, event -> {});
        return client.sync(new SyncedState(number), loader, SyncOptions.DEFAULT);
    }

    @Override
    public void close() {
        runtime.close();
    }
}
