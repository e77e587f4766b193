package dev.steadymail.cache;

import dev.steadymail.event.Telemetry;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.EmailImport;
import dev.steadymail.mail.EmailThread;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.RawContent;
import dev.steadymail.mail.Role;
import dev.steadymail.mail.SendResult;
import dev.steadymail.mail.ThreadId;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.Change;
import dev.steadymail.provider.ChangePage;
import dev.steadymail.provider.ChangeRequest;
import dev.steadymail.provider.EmailIdPage;
import dev.steadymail.provider.EmailPage;
import dev.steadymail.provider.ForwardingMailProvider;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.PageToken;
import dev.steadymail.provider.Submission;
import dev.steadymail.query.EmailQuery;
import dev.steadymail.watch.Watch;
import dev.steadymail.watch.WatchListener;
import dev.steadymail.watch.WatchOptions;
import java.io.InputStream;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A provider with a cache in front. Many raw messages at once and ranges of contents pass by: who reads those does not read them again.
 * Thread-safe.
 */
final class CachedProvider extends ForwardingMailProvider {
    private final MailCache cache;
    private final boolean named;
    private final int warmed;
    private final AccountCache account;
    private final EmailReads emails;
    private final ListReads lists;
    private final ContentReads contents;
    private final SyncRuns syncs;
    private final Set<CachingWatch> watches = ConcurrentHashMap.newKeySet();

    /**
     * Stands in front of a provider.
     *
     * @param named whether the id names this account and no other
     * @param tenant whose account it is; empty where that is not said
     * @param warmed how many emails are read after each sync
     * @param source asked before the provider
     * @param telemetry told of reads
     */
    CachedProvider(
            MailProvider provider,
            AccountId id,
            boolean named,
            String tenant,
            MailCache cache,
            ReadAhead ahead,
            int warmed,
            EmailSource source,
            Telemetry telemetry) {
        super(provider);
        this.cache = cache;
        this.named = named;
        this.warmed = warmed;
        this.account = named ? cache.of(id) : cache.alone();
        account.shared().belongsTo(tenant);
        Reading reading =
                new Reading(cache, id, account, source != EmailSource.NOTHING, ToldReads.of(telemetry, cache.time()));
        this.emails = new EmailReads(provider, account, reading, source);
        this.lists = new ListReads(provider, account, reading, emails, ahead);
        this.contents =
                new ContentReads(provider, account, reading, cache.settings().largestContent());
        this.syncs = new SyncRuns(account);
    }

    @Override
    public List<Mailbox> mailboxes(Call call) {
        return lists.mailboxes(call);
    }

    @Override
    public EmailPage query(EmailQuery query, @Nullable PageToken token, Call call) {
        return lists.query(query, token, call);
    }

    @Override
    public EmailIdPage queryIds(EmailQuery query, @Nullable PageToken token, Call call) {
        return lists.queryIds(query, token, call);
    }

    @Override
    public List<Email> get(List<EmailId> ids, FetchLevel level, Call call) {
        return emails.get(ids, level, call);
    }

    @Override
    public InputStream raw(EmailId id, Call call) {
        return contents.open(id, "", call);
    }

    @Override
    public InputStream attachment(EmailId id, String partId, Call call) {
        return contents.open(id, partId, call);
    }

    @Override
    public EmailThread thread(ThreadId id, Call call) {
        return lists.thread(id, call);
    }

    @Override
    public ChangePage changes(ChangeRequest request, Call call) {
        long run = syncs.asked(request);
        ChangePage page = provider().changes(request, call);
        syncs.answered(run, request, page);
        List<EmailId> gone = page.changes().stream()
                .filter(Change.Vanished.class::isInstance)
                .map(change -> ((Change.Vanished) change).id())
                .toList();
        account.shared().gone(gone);
        account.gone(gone);
        if (page.last() && request.scope().isEmpty()) {
            warmUp(call);
        }
        return page;
    }

    private void warmUp(Call call) {
        if (warmed == 0) {
            return;
        }
        try {
            for (Mailbox mailbox : lists.mailboxes(call)) {
                if (mailbox.role() == Role.INBOX) {
                    EmailQuery newest = EmailQuery.in(mailbox.id())
                            .newestFirst()
                            .pageSize(warmed)
                            .fetch(FetchLevel.METADATA);
                    EmailPage unused = lists.query(newest, null, call);
                }
            }
        } catch (MailException failure) {
            // What is not warm is read when it is asked for, and whoever asks hears of the failure.
        }
    }

    @Override
    public Watch watch(WatchOptions options, WatchListener listener) {
        CachingWatch watch =
                CachingWatch.of(account, options, listener, heard -> provider().watch(options, heard), watches::remove);
        watches.add(watch);
        return watch;
    }

    @Override
    public void close() {
        try {
            super.close();
        } finally {
            List.copyOf(watches).forEach(CachingWatch::close);
            if (!named) {
                cache.forget(account);
            }
        }
    }

    @Override
    public void changeKeywords(List<EmailId> ids, Set<Keyword> add, Set<Keyword> remove, Call call) {
        OwnMarks change = account.marking(ids);
        boolean done = false;
        try {
            provider().changeKeywords(ids, add, remove, call);
            done = Collections.disjoint(add, remove);
        } finally {
            account.shared().touch(ids);
            if (done) {
                account.marked(change, add, remove);
            } else {
                account.maybeMarked(change);
            }
        }
    }

    @Override
    public Map<EmailId, EmailId> move(List<EmailId> ids, MailboxId from, MailboxId to, Call call) {
        return changing(ids, () -> provider().move(ids, from, to, call));
    }

    @Override
    public Map<EmailId, EmailId> trash(List<EmailId> ids, MailboxId inbox, MailboxId trash, Call call) {
        return changing(ids, () -> provider().trash(ids, inbox, trash, call));
    }

    @Override
    public void destroy(List<EmailId> ids, Call call) {
        account.touch(ids);
        try {
            provider().destroy(ids, call);
        } finally {
            account.shared().gone(ids);
            account.gone(ids);
        }
    }

    /** Reads that began before the change ended are not kept, and nobody waits for them afterwards, whether or not it succeeded. */
    private <T> T changing(Collection<EmailId> ids, Supplier<T> change) {
        account.touch(ids);
        try {
            return change.get();
        } finally {
            // First there: what is read from it afterwards must not come back into memory.
            account.shared().touch(ids);
            account.touch(ids);
        }
    }

    private <T> T changingAll(Supplier<T> change) {
        account.touchAll();
        try {
            return change.get();
        } finally {
            account.shared().touchAll();
            account.touchAll();
        }
    }

    @Override
    public Mailbox createMailbox(List<String> path, Call call) {
        return changing(List.of(), () -> provider().createMailbox(path, call));
    }

    @Override
    public Mailbox renameMailbox(MailboxId id, List<String> path, Call call) {
        return changingAll(() -> provider().renameMailbox(id, path, call));
    }

    @Override
    public void destroyMailbox(MailboxId id, Call call) {
        Boolean unused = changingAll(() -> {
            provider().destroyMailbox(id, call);
            return true;
        });
    }

    @Override
    public EmailId importEmail(RawContent content, EmailImport into, Call call) {
        return changing(List.of(), () -> provider().importEmail(content, into, call));
    }

    @Override
    public SendResult send(Submission submission, Call call) {
        return changing(List.of(), () -> provider().send(submission, call));
    }

    @Override
    public EmailId createDraft(RawContent content, Call call) {
        return changing(List.of(), () -> provider().createDraft(content, call));
    }

    @Override
    public EmailId replaceDraft(EmailId draft, RawContent content, Call call) {
        return changing(List.of(draft), () -> provider().replaceDraft(draft, content, call));
    }

    @Override
    public SendResult sendDraft(EmailId draft, Call call) {
        return changing(List.of(draft), () -> provider().sendDraft(draft, call));
    }

    @Override
    public void destroyDraft(EmailId draft, Call call) {
        account.touch(List.of(draft));
        try {
            provider().destroyDraft(draft, call);
        } finally {
            account.shared().gone(List.of(draft));
            account.gone(List.of(draft));
        }
    }
}
