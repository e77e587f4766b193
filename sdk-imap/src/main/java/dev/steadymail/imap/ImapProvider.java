package dev.steadymail.imap;

import dev.steadymail.imap.budget.HostBudget;
import dev.steadymail.mail.Capabilities;
import dev.steadymail.mail.Capability;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.EmailImport;
import dev.steadymail.mail.EmailThread;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.OutgoingEmail;
import dev.steadymail.mail.RawContent;
import dev.steadymail.mail.SendResult;
import dev.steadymail.mail.ThreadId;
import dev.steadymail.mime.write.MessageWriter;
import dev.steadymail.provider.BulkReader;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.ChangePage;
import dev.steadymail.provider.ChangeRequest;
import dev.steadymail.provider.EmailIdPage;
import dev.steadymail.provider.EmailPage;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.PageToken;
import dev.steadymail.provider.PartRange;
import dev.steadymail.provider.ProviderContext;
import dev.steadymail.provider.RawVisitor;
import dev.steadymail.provider.Submission;
import dev.steadymail.query.EmailQuery;
import dev.steadymail.watch.Watch;
import dev.steadymail.watch.WatchListener;
import dev.steadymail.watch.WatchOptions;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** An IMAP account behind the SPI: hands each operation to the class that knows it. Thread-safe. */
final class ImapProvider implements MailProvider {
    private final ConnectionBudget budget;
    private final ImapCalls calls;
    private final EmailFetch emails;
    private final EmailSearch search;
    private final RawFetch raw;
    private final NumberedRaw numbered;
    private final ChangeFeed changes;
    private final ImapAccount account;
    private final ProviderContext context;
    private final HostBudget host;
    private final MessageWriter writer;
    private final @Nullable SubmissionDesk submission;
    private final Set<ImapWatch> watches = ConcurrentHashMap.newKeySet(1);
    private volatile @Nullable Capabilities capabilities;

    ImapProvider(ImapAccount account, ProviderContext context) {
        this.account = account;
        this.context = context;
        this.host = account.hostBudget(context);
        ResponseClassifier classifier = new ResponseClassifier(context.time().clock());
        ImapSettings settings = account.settings();
        this.budget = new ConnectionBudget(
                new ImapConnector(account, context, classifier),
                host,
                context.time().scheduler(),
                account.maxConnections());
        this.calls = new ImapCalls(context.guard(), budget, classifier, settings.commandTimeout());
        SizeMemory sizes = new SizeMemory();
        this.emails = new EmailFetch(calls, sizes);
        this.search = new EmailSearch(calls, emails);
        this.raw = new RawFetch(calls, emails, sizes, settings);
        this.numbered = new NumberedRaw(calls, raw);
        this.changes = new ChangeFeed(calls, sizes);
        this.writer = MessageWriter.create(context.time().clock()).keepingBcc();
        this.submission = SubmissionDesk.of(account, context, calls, raw);
    }

    @Override
    public Capabilities capabilities(Call call) {
        Capabilities known = capabilities;
        if (known == null) {
            known = calls.read("SELECT", MailboxNames.INBOX, call, this::capabilities);
            capabilities = known;
        }
        return known;
    }

    /** Whether keywords can be made up is told per mailbox, and only by SELECT; INBOX speaks for all. */
    private Capabilities capabilities(ImapConnection connection) {
        Set<Capability> values = EnumSet.of(Capability.MAILBOX_EDITING, Capability.IMPORT);
        if (submission != null) {
            values.add(Capability.SEND);
        }
        if (connection.select(MailboxNames.INBOX).keepsNew()) {
            values.add(Capability.CUSTOM_KEYWORDS);
        }
        if (connection.can("MOVE")) {
            values.add(Capability.ATOMIC_MOVE);
        }
        if (connection.can("UIDPLUS")) {
            values.add(Capability.DESTROY);
            values.add(Capability.DRAFTS);
        }
        if (connection.can("CONDSTORE")) {
            values.add(Capability.CHANGES_BY_CURSOR);
        }
        return new Capabilities(values);
    }

    @Override
    public List<Mailbox> mailboxes(Call call) {
        return calls.read("LIST", null, call, MailboxList::fetch);
    }

    @Override
    public EmailPage query(EmailQuery query, @Nullable PageToken token, Call call) {
        return search.query(query, token, call);
    }

    @Override
    public EmailIdPage queryIds(EmailQuery query, @Nullable PageToken token, Call call) {
        return search.queryIds(query, token, call);
    }

    @Override
    public List<Email> get(List<EmailId> ids, FetchLevel level, Call call) {
        return emails.get(ids, level, call);
    }

    @Override
    public InputStream raw(EmailId id, Call call) {
        return raw.open(id, call);
    }

    @Override
    public void raw(List<EmailId> ids, RawVisitor visitor, Call call) {
        raw.visit(ids, visitor, call);
    }

    @Override
    public InputStream attachment(EmailId id, String partId, Call call) {
        return new AttachmentFetch(calls).open(id, partId, call);
    }

    @Override
    public PartRange range(EmailId id, String partId, long from, int length, Call call) {
        return new RangeFetch(calls).read(id, partId, from, length, call);
    }

    @Override
    public boolean servesRanges() {
        return true;
    }

    @Override
    public void changeKeywords(List<EmailId> ids, Set<Keyword> add, Set<Keyword> remove, Call call) {
        new KeywordChange(calls).apply(ids, add, remove, call);
    }

    @Override
    public Map<EmailId, EmailId> move(List<EmailId> ids, MailboxId from, MailboxId to, Call call) {
        return new EmailMove(calls).move(ids, from, to, call);
    }

    @Override
    public void destroy(List<EmailId> ids, Call call) {
        new EmailRemoval(calls).destroy(ids, call);
    }

    @Override
    public Mailbox createMailbox(List<String> path, Call call) {
        return new MailboxEdit(calls).create(path, call);
    }

    @Override
    public Mailbox renameMailbox(MailboxId id, List<String> path, Call call) {
        return new MailboxEdit(calls).rename(id.value(), path, call);
    }

    @Override
    public void destroyMailbox(MailboxId id, Call call) {
        new MailboxEdit(calls).destroy(id.value(), call);
    }

    @Override
    public EmailId importEmail(RawContent content, EmailImport into, Call call) {
        return new EmailAppend(calls).add(content, into, call);
    }

    @Override
    public RawContent compose(OutgoingEmail email) {
        return writer.compose(email);
    }

    @Override
    public SendResult send(Submission message, Call call) {
        return requireSubmission().send(message, call);
    }

    @Override
    public SendResult sendDraft(EmailId draft, Call call) {
        return requireSubmission().sendDraft(draft, call);
    }

    private SubmissionDesk requireSubmission() {
        SubmissionDesk known = submission;
        if (known == null) {
            throw MailException.of(
                    Kind.UNSUPPORTED,
                    "an IMAP account sends by a submission server; state one with ImapAccount.submitting");
        }
        return known;
    }

    @Override
    public EmailId createDraft(RawContent content, Call call) {
        return new DraftBox(calls).create(content, call);
    }

    @Override
    public EmailId replaceDraft(EmailId draft, RawContent content, Call call) {
        return new DraftBox(calls).replace(draft, content, call);
    }

    @Override
    public void destroyDraft(EmailId draft, Call call) {
        new DraftBox(calls).destroy(draft, call);
    }

    @Override
    public EmailThread thread(ThreadId id, Call call) {
        throw Capability.THREADS.missing();
    }

    @Override
    public ChangePage changes(ChangeRequest request, Call call) {
        return changes.next(request, call);
    }

    @Override
    public Watch watch(WatchOptions options, WatchListener listener) {
        ImapWatch watch = new ImapWatch(calls, host, account.provider(), options, listener, context, watches::remove);
        watches.add(watch);
        watch.start();
        return watch;
    }

    @Override
    public <T> Optional<T> unwrap(Class<T> type) {
        if (type == BulkReader.class) {
            return Optional.of(type.cast(numbered));
        }
        return type == ImapServer.class ? Optional.of(type.cast(new ImapServer(calls))) : Optional.empty();
    }

    @Override
    public void close() {
        List.copyOf(watches).forEach(ImapWatch::close);
        if (submission != null) {
            submission.close();
        }
        budget.close();
    }
}
