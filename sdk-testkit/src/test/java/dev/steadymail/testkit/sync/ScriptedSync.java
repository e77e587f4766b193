package dev.steadymail.testkit.sync;

import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Change;
import dev.steadymail.provider.ChangePage;
import dev.steadymail.provider.ChangePage.Gap;
import dev.steadymail.provider.ChangePage.Mode;
import dev.steadymail.provider.ChangeRequest;
import dev.steadymail.provider.KnownEmail;
import dev.steadymail.provider.KnownEmails;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.SyncCursor;
import dev.steadymail.sync.EmailLoader.Loaded;
import dev.steadymail.sync.ParkedEmail;
import dev.steadymail.sync.SyncBatch;
import dev.steadymail.sync.SyncEngine;
import dev.steadymail.sync.SyncEngine.SyncOptions;
import dev.steadymail.sync.SyncReport;
import dev.steadymail.sync.SyncStore;
import dev.steadymail.testkit.memory.InMemorySyncStore;
import dev.steadymail.testkit.time.ManualTime;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** A sync whose pages are written down, into a store that may refuse what it is told to. */
final class ScriptedSync {
    final ManualTime time = new ManualTime();
    final RefusingStore store = new RefusingStore();
    final List<SyncBatch> applied = new ArrayList<>();
    final List<Optional<SyncCursor>> asked = new ArrayList<>();
    private final Deque<ChangePage> pages = new ArrayDeque<>();
    private final Set<Object> refused = new HashSet<>();
    private Function<List<EmailId>, Loaded> loader = ids -> new Loaded(
            ids.stream()
                    .map(id -> Email.state(id, null, Set.of(new MailboxId("inbox")), Set.of(), time.now(), 1))
                    .toList(),
            List.of());

    void load(Function<List<EmailId>, Loaded> loads) {
        loader = loads;
    }

    /** Has a page told, the last of its run. */
    void page(String cursor, List<Change> changes) {
        page(cursor, changes, Mode.INCREMENTAL, Set.of());
    }

    void page(String cursor, List<Change> changes, Mode mode, Set<Gap> gaps) {
        pages.add(new ChangePage(changes, new SyncCursor(cursor), true, mode, OptionalLong.empty(), gaps));
    }

    void refuse(Object id) {
        refused.add(id);
    }

    void accept(Object id) {
        refused.remove(id);
    }

    SyncEngine engine() {
        return new SyncEngine(
                provider(), time.timeSource(1), store, (ids, call) -> loader.apply(ids), SyncOptions.DEFAULT);
    }

    SyncReport run() {
        return engine().run(report -> {});
    }

    Set<Keyword> keywords(EmailId id) {
        return store.known().find(id).map(KnownEmail::keywords).orElseThrow();
    }

    /** Nothing but changes is asked of it. */
    private MailProvider provider() {
        return (MailProvider) Proxy.newProxyInstance(
                ScriptedSync.class.getClassLoader(),
                new Class<?>[] {MailProvider.class},
                (proxy, method, arguments) -> {
                    if (!method.getName().equals("changes")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    asked.add(Optional.ofNullable(((ChangeRequest) arguments[0]).cursor()));
                    return pages.remove();
                });
    }

    /** Refuses a batch whole where it holds what is refused, as a store must. */
    final class RefusingStore implements SyncStore {
        private final InMemorySyncStore kept = new InMemorySyncStore();

        @Override
        public Optional<SyncCursor> cursor() {
            return kept.cursor();
        }

        @Override
        public KnownEmails known() {
            return kept.known();
        }

        @Override
        public void apply(SyncBatch batch) {
            if (ids(batch).anyMatch(refused::contains)) {
                throw MailException.of(Kind.INVALID, "the store will not have it");
            }
            kept.apply(batch);
            applied.add(batch);
        }

        @Override
        public List<ParkedEmail> parked() {
            return kept.parked();
        }

        private Stream<?> ids(SyncBatch batch) {
            return Stream.of(
                            batch.mailboxesSaved().stream().map(mailbox -> mailbox.id()),
                            batch.created().stream().map(Email::id),
                            batch.updated().stream().map(Change.Updated::id),
                            batch.relocated().stream().map(Change.Relocated::to))
                    .flatMap(each -> each);
        }
    }
}
