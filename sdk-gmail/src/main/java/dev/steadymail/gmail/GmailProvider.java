package dev.steadymail.gmail;

import com.google.api.services.gmail.Gmail;
import com.google.api.services.gmail.model.Message;
import dev.steadymail.gmail.push.GmailPush;
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
import dev.steadymail.provider.ChangePage;
import dev.steadymail.provider.ChangeRequest;
import dev.steadymail.provider.EmailIdPage;
import dev.steadymail.provider.EmailPage;
import dev.steadymail.provider.PageToken;
import dev.steadymail.provider.ProviderContext;
import dev.steadymail.provider.RawVisitor;
import dev.steadymail.provider.StateLists;
import dev.steadymail.query.EmailQuery;
import dev.steadymail.time.TimeSource;
import dev.steadymail.watch.Watch;
import dev.steadymail.watch.WatchListener;
import dev.steadymail.watch.WatchOptions;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One Gmail account. Thread-safe. */
final class GmailProvider extends GmailWriter {
    private static final Capabilities CAPABILITIES = new Capabilities(Set.of(
            Capability.MULTIPLE_MAILBOXES,
            Capability.THREADS,
            Capability.ATOMIC_MOVE,
            Capability.DESTROY,
            Capability.RAW_QUERY,
            Capability.CHANGES_BY_CURSOR,
            Capability.MAILBOX_EDITING,
            Capability.IMPORT,
            Capability.SEND,
            Capability.DRAFTS,
            Capability.IDENTITIES,
            Capability.VACATION));

    private final RawMessages raws;
    private final ChangeFeed changes;
    private final TimeSource time;
    private final String user;
    private final ProviderContext context;
    private final @Nullable GmailPush push;
    private final Set<GmailWatch> watches = ConcurrentHashMap.newKeySet();

    /** Does no I/O. */
    GmailProvider(GmailAccount account, ProviderContext context) {
        super(account, context);
        this.time = context.time();
        this.user = account.user();
        this.context = context;
        this.push = account.push();
        this.raws = new RawMessages(methods, fanOut);
        this.changes = new ChangeFeed(methods, pages, fanOut);
    }

    @Override
    public Capabilities capabilities(Call call) {
        return CAPABILITIES;
    }

    @Override
    public List<Mailbox> mailboxes(Call call) {
        return Labels.mailboxes(methods.labels(call));
    }

    @Override
    public EmailPage query(EmailQuery query, @Nullable PageToken token, Call call) {
        return pages.query(query, token, call);
    }

    @Override
    public EmailIdPage queryIds(EmailQuery query, @Nullable PageToken token, Call call) {
        return pages.queryIds(query, token, call);
    }

    @Override
    public List<Email> get(List<EmailId> ids, FetchLevel level, Call call) {
        return pages.get(ids, level, call);
    }

    @Override
    public InputStream raw(EmailId id, Call call) {
        return raws.open(id, call);
    }

    @Override
    public void raw(List<EmailId> ids, RawVisitor visitor, Call call) {
        raws.read(ids, visitor, call);
    }

    @Override
    public InputStream attachment(EmailId id, String partId, Call call) {
        return new Attachments(methods).open(id, partId, call);
    }

    /**
     * The API has no ranges, and charges by the call: 20 units for a structure, 20 for a whole message, 20 for a part whose content comes
     * with the message's and 40 for another, of 6,000 a minute. So parts cost two to three times as much as the message, and pay only
     * where they save seconds of transfer.
     */
    @Override
    public long wholeUpTo() {
        return 1 << 20;
    }

    @Override
    public void changeKeywords(List<EmailId> ids, Set<Keyword> add, Set<Keyword> remove, Call call) {
        LabelChange change = LabelChange.ofKeywords(add, remove);
        if (!change.isEmpty()) {
            var unused = editor.apply(ids, change, call);
        }
    }

    @Override
    public Map<EmailId, EmailId> move(List<EmailId> ids, MailboxId from, MailboxId to, Call call) {
        if (!Labels.isMailbox(to.value()) || !Labels.isMailbox(from.value())) {
            throw MailException.of(
                    Kind.NOT_FOUND, "UNREAD and STARRED are keywords, not mailboxes; use changeKeywords");
        }
        LabelChange change = LabelChange.ofMove(from, to);
        return moved(ids, change, from, to, call).stream()
                .distinct()
                .collect(Collectors.toMap(Function.identity(), Function.identity()));
    }

    private List<EmailId> moved(List<EmailId> ids, LabelChange change, MailboxId from, MailboxId to, Call call) {
        if (change.isEmpty()) {
            pages.requireMailbox(to, call);
            return ids;
        }
        try {
            return editor.apply(ids, change, call);
        } catch (MailException failure) {
            if (failure.kind() == Kind.INVALID) {
                pages.requireMailbox(to, call);
                pages.requireMailbox(from, call);
            }
            throw failure;
        }
    }

    @Override
    public void destroy(List<EmailId> ids, Call call) {
        var unused = fanOut.map(ids, (EmailId id) -> destroyed(id, call));
    }

    private EmailId destroyed(EmailId id, Call call) {
        try {
            methods.delete(id.value(), call);
        } catch (MailException failure) {
            if (failure.kind() != Kind.NOT_FOUND) {
                throw failure;
            }
        }
        return id;
    }

    @Override
    public EmailThread thread(ThreadId id, Call call) {
        List<Message> messages = methods.thread(id.value(), call).getMessages();
        return new EmailThread(
                id,
                messages == null
                        ? List.of()
                        : messages.stream()
                                .sorted(Comparator.comparing(
                                        message -> message.getInternalDate() == null ? 0L : message.getInternalDate()))
                                .map(message -> new EmailId(message.getId()))
                                .toList());
    }

    @Override
    public ChangePage changes(ChangeRequest request, Call call) {
        return changes.page(request, call);
    }

    @Override
    public Watch watch(WatchOptions options, WatchListener listener) {
        GmailWatch watch = new GmailWatch(methods, context, push, user, options, listener, watches::remove);
        watches.add(watch);
        watch.start();
        return watch;
    }

    @Override
    public <T> Optional<T> unwrap(Class<T> type) {
        if (type == StateLists.class) {
            StateLists lists = () -> new ListedStates(methods, fanOut);
            return Optional.of(type.cast(lists));
        }
        if (type == GmailFilters.class) {
            return Optional.of(type.cast(new GmailFilters(api, user, time)));
        }
        return type == Gmail.class ? Optional.of(type.cast(api.gmail())) : Optional.empty();
    }

    @Override
    public void close() {
        List.copyOf(watches).forEach(GmailWatch::close);
        api.close();
        reads.close();
        fanOut.close();
    }
}
