package dev.steadymail.provider;

import dev.steadymail.mail.Capabilities;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.EmailImport;
import dev.steadymail.mail.EmailThread;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Identity;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.OutgoingEmail;
import dev.steadymail.mail.RawContent;
import dev.steadymail.mail.SendResult;
import dev.steadymail.mail.ThreadId;
import dev.steadymail.mail.VacationResponse;
import dev.steadymail.query.EmailQuery;
import dev.steadymail.watch.Watch;
import dev.steadymail.watch.WatchListener;
import dev.steadymail.watch.WatchOptions;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Passes every call on to another provider: the base of those that change a few of them. All methods are passed on, those with a default
 * too, as the other may know better. As thread-safe as the other.
 */
public abstract class ForwardingMailProvider implements MailProvider {
    private final MailProvider provider;

    protected ForwardingMailProvider(MailProvider provider) {
        this.provider = provider;
    }

    /** Returns the provider that calls are passed on to. */
    protected final MailProvider provider() {
        return provider;
    }

    @Override
    public Capabilities capabilities(Call call) {
        return provider.capabilities(call);
    }

    @Override
    public List<Mailbox> mailboxes(Call call) {
        return provider.mailboxes(call);
    }

    @Override
    public EmailPage query(EmailQuery query, @Nullable PageToken token, Call call) {
        return provider.query(query, token, call);
    }

    @Override
    public EmailIdPage queryIds(EmailQuery query, @Nullable PageToken token, Call call) {
        return provider.queryIds(query, token, call);
    }

    @Override
    public List<Email> get(List<EmailId> ids, FetchLevel level, Call call) {
        return provider.get(ids, level, call);
    }

    @Override
    public InputStream raw(EmailId id, Call call) {
        return provider.raw(id, call);
    }

    @Override
    public void raw(List<EmailId> ids, RawVisitor visitor, Call call) {
        provider.raw(ids, visitor, call);
    }

    @Override
    public InputStream attachment(EmailId id, String partId, Call call) {
        return provider.attachment(id, partId, call);
    }

    @Override
    public PartRange range(EmailId id, String partId, long from, int length, Call call) {
        return provider.range(id, partId, from, length, call);
    }

    @Override
    public boolean servesRanges() {
        return provider.servesRanges();
    }

    @Override
    public long wholeUpTo() {
        return provider.wholeUpTo();
    }

    @Override
    public void changeKeywords(List<EmailId> ids, Set<Keyword> add, Set<Keyword> remove, Call call) {
        provider.changeKeywords(ids, add, remove, call);
    }

    @Override
    public Map<EmailId, EmailId> move(List<EmailId> ids, MailboxId from, MailboxId to, Call call) {
        return provider.move(ids, from, to, call);
    }

    @Override
    public void destroy(List<EmailId> ids, Call call) {
        provider.destroy(ids, call);
    }

    @Override
    public EmailThread thread(ThreadId id, Call call) {
        return provider.thread(id, call);
    }

    @Override
    public ChangePage changes(ChangeRequest request, Call call) {
        return provider.changes(request, call);
    }

    @Override
    public Watch watch(WatchOptions options, WatchListener listener) {
        return provider.watch(options, listener);
    }

    @Override
    public <T> Optional<T> unwrap(Class<T> type) {
        return provider.unwrap(type);
    }

    @Override
    public void close() {
        provider.close();
    }

    @Override
    public Mailbox createMailbox(List<String> path, Call call) {
        return provider.createMailbox(path, call);
    }

    @Override
    public Mailbox renameMailbox(MailboxId id, List<String> path, Call call) {
        return provider.renameMailbox(id, path, call);
    }

    @Override
    public void destroyMailbox(MailboxId id, Call call) {
        provider.destroyMailbox(id, call);
    }

    @Override
    public EmailId importEmail(RawContent content, EmailImport into, Call call) {
        return provider.importEmail(content, into, call);
    }

    @Override
    public RawContent compose(OutgoingEmail email) {
        return provider.compose(email);
    }

    @Override
    public SendResult send(Submission submission, Call call) {
        return provider.send(submission, call);
    }

    @Override
    public EmailId createDraft(RawContent content, Call call) {
        return provider.createDraft(content, call);
    }

    @Override
    public EmailId replaceDraft(EmailId draft, RawContent content, Call call) {
        return provider.replaceDraft(draft, content, call);
    }

    @Override
    public SendResult sendDraft(EmailId draft, Call call) {
        return provider.sendDraft(draft, call);
    }

    @Override
    public void destroyDraft(EmailId draft, Call call) {
        provider.destroyDraft(draft, call);
    }

    @Override
    public Map<EmailId, EmailId> trash(List<EmailId> ids, MailboxId inbox, MailboxId trash, Call call) {
        return provider.trash(ids, inbox, trash, call);
    }

    @Override
    public List<Identity> identities(Call call) {
        return provider.identities(call);
    }

    @Override
    public VacationResponse vacation(Call call) {
        return provider.vacation(call);
    }

    @Override
    public void setVacation(VacationResponse vacation, Call call) {
        provider.setVacation(vacation, call);
    }
}
