package dev.steadymail.cli.mirror;

import dev.steadymail.MailClient;
import dev.steadymail.cli.outcome.CommandException;
import dev.steadymail.cli.terminal.Progress;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.Role;
import dev.steadymail.sync.SyncEngine;
import dev.steadymail.sync.SyncEngine.SyncOptions;
import dev.steadymail.sync.SyncReport;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The part of a run that talks to the provider. Not thread-safe. */
final class MirrorSync {
    /** So many messages at most are read again after a crash. */
    private static final int PAGE_SIZE = 100;

    private final MirrorRequest request;
    private final MailClient client;
    private final MirrorFolder folder;
    private final MirrorCounts counts;
    private final Watch watch;
    private final Progress progress;

    MirrorSync(
            MirrorRequest request,
            MailClient client,
            MirrorFolder folder,
            MirrorCounts counts,
            Watch watch,
            Progress progress) {
        this.request = request;
        this.client = client;
        this.folder = folder;
        this.counts = counts;
        this.watch = watch;
        this.progress = progress;
    }

    /** Asks for the mailboxes first: that is the quickest way to learn whether the provider answers and lets us in. */
    void run(Persistence persistence) {
        List<Mailbox> mailboxes = persistence.untilDone(() -> client.mailboxes().list());
        Set<MailboxId> scope = scope(request, mailboxes);
        folder.claim();
        SyncEngine engine = client.sync(folder.store(), loader(), options(scope));
        SyncReport report = persistence.untilDone(() -> sync(engine));
        progress.update(report.looked(), report.expected());
    }

    private MirrorLoader loader() {
        return new MirrorLoader(client, folder.store(), folder.messages());
    }

    private SyncReport sync(SyncEngine engine) {
        try {
            return engine.run(this::page);
        } finally {
            counts.syncEnded();
        }
    }

    private void page(SyncReport report) {
        watch.progressed();
        counts.page(report);
        progress.update(report.looked(), report.expected());
    }

    private static SyncOptions options(Set<MailboxId> scope) {
        return new SyncOptions(scope, PAGE_SIZE, SyncOptions.DEFAULT.pageTimeout());
    }

    /**
     * Returns the mailboxes that a run is about; empty for all.
     *
     * @throws CommandException wrong usage, where one is not there
     */
    static Set<MailboxId> scope(MirrorRequest request, List<Mailbox> mailboxes) {
        Set<MailboxId> scope = new HashSet<>();
        for (String name : request.mailboxes()) {
            scope.add(find(name, mailboxes).id());
        }
        return scope;
    }

    private static Mailbox find(String name, List<Mailbox> mailboxes) {
        return mailboxes.stream()
                .filter(mailbox -> mailbox.fullName().equals(name)
                        || (mailbox.role() == Role.INBOX && "INBOX".equalsIgnoreCase(name)))
                .findFirst()
                .orElseThrow(() -> CommandException.usage(
                        "--mailbox names a mailbox that is not there; list them with: steadymail mailboxes ACCOUNT"));
    }
}
