package dev.steadymail.cli.mirror;

import dev.steadymail.MailClient;
import dev.steadymail.MailView;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.RawVisitor;
import dev.steadymail.query.EmailQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** An account as a verification asks it: pages of bounded size, repeated where they fail and may succeed later. Not thread-safe. */
final class RemoteMail {
    /** Emails whose state is asked for at once. */
    static final int PAGE = EmailQuery.MAX_PAGE_SIZE;
    /** Messages that are read at once. */
    private static final int CONTENTS = 100;

    private static final int WALKS = 3;

    private final MailClient client;
    private final Persistence persistence;
    private final Set<MailboxId> scope;

    /** Asks about the mailboxes in {@code scope} only, unless that is empty. */
    RemoteMail(MailClient client, Persistence persistence, Set<MailboxId> scope) {
        this.client = client;
        this.persistence = persistence;
        this.scope = Set.copyOf(scope);
    }

    /** Walks through all emails in scope; one that is in several mailboxes, or moves meanwhile, may come more than once. */
    void list(Consumer<Email> each) {
        if (scope.isEmpty()) {
            walk(EmailQuery.everywhere(), each);
        }
        scope.forEach(mailbox -> walk(EmailQuery.in(mailbox), each));
    }

    /** Returns emails as they are now; those that are gone, or out of scope, are left out. */
    List<Email> get(List<EmailId> ids) {
        List<Email> there = persistence.untilDone(() -> view().emails().get(ids, FetchLevel.STATE));
        return there.stream().filter(email -> covers(email.mailboxIds())).toList();
    }

    /** Reads messages, in parts; {@code visitor} hears of a message again where a part had to be repeated. */
    void read(Collection<EmailId> ids, RawVisitor visitor) {
        List<EmailId> all = new ArrayList<>(ids);
        for (int from = 0; from < all.size(); from += CONTENTS) {
            List<EmailId> part = all.subList(from, Math.min(all.size(), from + CONTENTS));
            persistence.untilDone(() -> {
                view().emails().raw(part, visitor);
                return part;
            });
        }
    }

    private boolean covers(Set<MailboxId> of) {
        return scope.isEmpty() || of.stream().anyMatch(scope::contains);
    }

    /** Nobody waits for a verification in particular. */
    private MailView view() {
        return client.in(Lane.BACKFILL);
    }

    /**
     * One walk through everything, or one for each mailbox asked for. A walk ends where a mailbox was renumbered or removed meanwhile, and
     * begins anew; a mailbox asked for that was removed has no emails.
     */
    private void walk(EmailQuery query, Consumer<Email> each) {
        for (int walk = 1; ; walk++) {
            try {
                emails(query, each);
                return;
            } catch (MailException failure) {
                boolean isRemoved = failure.kind() == Kind.NOT_FOUND;
                if (isRemoved && !scope.isEmpty()) {
                    return;
                }
                if ((!isRemoved && failure.kind() != Kind.INVALID) || walk == WALKS) {
                    throw failure;
                }
            }
        }
    }

    private void emails(EmailQuery query, Consumer<Email> each) {
        Iterator<Email> emails = view().emails()
                .query(query.fetch(FetchLevel.STATE).pageSize(PAGE))
                .iterator();
        while (persistence.untilDone(emails::hasNext)) {
            each.accept(emails.next());
        }
    }
}
