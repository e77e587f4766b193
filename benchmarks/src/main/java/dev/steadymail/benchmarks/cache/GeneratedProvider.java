package dev.steadymail.benchmarks.cache;

import dev.steadymail.mail.Capabilities;
import dev.steadymail.mail.Capability;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.EmailThread;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.ThreadId;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.Change;
import dev.steadymail.provider.ChangePage;
import dev.steadymail.provider.ChangePage.Mode;
import dev.steadymail.provider.ChangeRequest;
import dev.steadymail.provider.EmailIdPage;
import dev.steadymail.provider.EmailPage;
import dev.steadymail.provider.KnownEmail;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.PageToken;
import dev.steadymail.provider.RawVisitor;
import dev.steadymail.provider.SyncCursor;
import dev.steadymail.query.EmailQuery;
import dev.steadymail.watch.Watch;
import dev.steadymail.watch.WatchEvent;
import dev.steadymail.watch.WatchListener;
import dev.steadymail.watch.WatchOptions;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A generated inbox as a provider that counts what Gmail would charge. A page's token is its number. Not thread-safe. */
final class GeneratedProvider implements MailProvider {
    private final GeneratedMailbox mailbox;
    private final Charges charges;
    private final List<WatchListener> listeners = new ArrayList<>();

    GeneratedProvider(GeneratedMailbox mailbox, Charges charges) {
        this.mailbox = mailbox;
        this.charges = charges;
    }

    GeneratedMailbox mailbox() {
        return mailbox;
    }

    Charges charges() {
        return charges;
    }

    @Override
    public Capabilities capabilities(Call call) {
        return new Capabilities(Set.of(Capability.CHANGES_BY_CURSOR));
    }

    @Override
    public List<Mailbox> mailboxes(Call call) {
        charges.labels();
        return GeneratedMailbox.mailboxes();
    }

    @Override
    public EmailPage query(EmailQuery query, @Nullable PageToken token, Call call) {
        EmailIdPage ids = queryIds(query, token, call);
        return new EmailPage(get(ids.ids(), query.level(), call), ids.next());
    }

    @Override
    public EmailIdPage queryIds(EmailQuery query, @Nullable PageToken token, Call call) {
        charges.list();
        int page = token == null ? 0 : Integer.parseInt(token.value());
        List<EmailId> ids = mailbox.page(page);
        return new EmailIdPage(ids, new PageToken(Integer.toString(page + 1)));
    }

    @Override
    public List<Email> get(List<EmailId> ids, FetchLevel level, Call call) {
        charges.emails(ids.size());
        return ids.stream()
                .map(id -> mailbox.email(GeneratedMailbox.number(id), level))
                .toList();
    }

    @Override
    public InputStream raw(EmailId id, Call call) {
        charges.body();
        return new ByteArrayInputStream(mailbox.body(GeneratedMailbox.number(id)));
    }

    @Override
    public void changeKeywords(List<EmailId> ids, Set<Keyword> add, Set<Keyword> remove, Call call) {
        for (EmailId id : ids) {
            int number = GeneratedMailbox.number(id);
            Set<Keyword> keywords = new HashSet<>(mailbox.keywords(number));
            keywords.removeAll(remove);
            keywords.addAll(add);
            mailbox.mark(number, keywords);
        }
    }

    /** One history.list, as no history here is longer than a page of it. */
    @Override
    public ChangePage changes(ChangeRequest request, Call call) {
        charges.history();
        SyncCursor cursor = request.cursor();
        List<Change> changes = new ArrayList<>();
        for (int number : mailbox.touchedSince(cursor == null ? 0 : Integer.parseInt(cursor.value()))) {
            EmailId id = GeneratedMailbox.id(number);
            KnownEmail known = request.known().find(id).orElse(null);
            if (known == null) {
                changes.add(new Change.Appeared(id));
            } else if (!known.keywords().equals(mailbox.keywords(number))) {
                changes.add(new Change.Updated(id, known.mailboxIds(), mailbox.keywords(number)));
            }
        }
        SyncCursor next = new SyncCursor(Integer.toString(mailbox.changes()));
        return new ChangePage(changes, next, true, Mode.INCREMENTAL, OptionalLong.empty());
    }

    @Override
    public Watch watch(WatchOptions options, WatchListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Tells those who watch, on the calling thread. */
    void tell(WatchEvent event) {
        List.copyOf(listeners).forEach(listener -> listener.event(event));
    }

    @Override
    public void raw(List<EmailId> ids, RawVisitor visitor, Call call) {
        throw unused();
    }

    @Override
    public InputStream attachment(EmailId id, String partId, Call call) {
        throw unused();
    }

    @Override
    public Map<EmailId, EmailId> move(List<EmailId> ids, MailboxId from, MailboxId to, Call call) {
        throw unused();
    }

    @Override
    public void destroy(List<EmailId> ids, Call call) {
        throw unused();
    }

    @Override
    public EmailThread thread(ThreadId id, Call call) {
        throw unused();
    }

    private static MailException unused() {
        return MailException.of(Kind.UNSUPPORTED, "no day of reading asks for this");
    }

    @Override
    public <T> Optional<T> unwrap(Class<T> type) {
        return Optional.empty();
    }

    @Override
    public void close() {
        listeners.clear();
    }
}
