package dev.steadymail.hybrid;

import dev.steadymail.mail.Capabilities;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.EmailThread;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.ThreadId;
import dev.steadymail.provider.BulkReader;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.ChangePage;
import dev.steadymail.provider.ChangeRequest;
import dev.steadymail.provider.EmailPage;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.PageToken;
import dev.steadymail.provider.RawVisitor;
import dev.steadymail.provider.StateLists;
import dev.steadymail.query.EmailQuery;
import dev.steadymail.time.TimeSource;
import dev.steadymail.watch.Watch;
import dev.steadymail.watch.WatchListener;
import dev.steadymail.watch.WatchOptions;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The first provider, with the bodies of back-fills by the second. Thread-safe. */
final class HybridProvider extends FirstDoor {
    private final MailProvider first;
    private final SecondDoor second;
    private final @Nullable Walk walk;
    private final @Nullable BulkBodies bodies;

    HybridProvider(MailProvider first, SecondDoor second, HybridOptions options, TimeSource time) {
        super(first);
        this.first = first;
        this.second = second;
        StateLists lists = first.unwrap(StateLists.class).orElse(null);
        BulkReader reader = second.reader();
        this.walk = lists == null || reader == null ? null : new Walk(lists, time, second::forget);
        this.bodies = walk == null || reader == null ? null : new BulkBodies(first, second, reader, walk, options);
    }

    @Override
    public Capabilities capabilities(Call call) {
        return first.capabilities(call);
    }

    @Override
    public List<Mailbox> mailboxes(Call call) {
        return first.mailboxes(call);
    }

    @Override
    public EmailPage query(EmailQuery query, @Nullable PageToken token, Call call) {
        return first.query(query, token, call);
    }

    @Override
    public List<Email> get(List<EmailId> ids, FetchLevel level, Call call) {
        return first.get(ids, level, call);
    }

    @Override
    public InputStream raw(EmailId id, Call call) {
        return first.raw(id, call);
    }

    @Override
    public void raw(List<EmailId> ids, RawVisitor visitor, Call call) {
        if (bodies == null) {
            first.raw(ids, visitor, call);
        } else {
            bodies.read(ids, visitor, call);
        }
    }

    @Override
    public InputStream attachment(EmailId id, String partId, Call call) {
        return first.attachment(id, partId, call);
    }

    @Override
    public void changeKeywords(List<EmailId> ids, Set<Keyword> add, Set<Keyword> remove, Call call) {
        first.changeKeywords(ids, add, remove, call);
    }

    @Override
    public Map<EmailId, EmailId> move(List<EmailId> ids, MailboxId from, MailboxId to, Call call) {
        return first.move(ids, from, to, call);
    }

    @Override
    public void destroy(List<EmailId> ids, Call call) {
        first.destroy(ids, call);
    }

    @Override
    public EmailThread thread(ThreadId id, Call call) {
        return first.thread(id, call);
    }

    @Override
    public ChangePage changes(ChangeRequest request, Call call) {
        if (walk == null) {
            return first.changes(request, call);
        }
        walk.asked(request);
        ChangePage page = first.changes(request, call);
        walk.answered(page);
        return page;
    }

    @Override
    public Watch watch(WatchOptions options, WatchListener listener) {
        return first.watch(options, listener);
    }

    @Override
    public <T> Optional<T> unwrap(Class<T> type) {
        if (type == HybridReading.class) {
            return Optional.of(type.cast(bodies == null ? second.facts(0, 0) : bodies.facts()));
        }
        return first.unwrap(type).or(() -> second.unwrap(type));
    }

    @Override
    public void close() {
        try {
            second.close();
        } finally {
            first.close();
        }
    }
}
