package dev.steadymail.gmail;

import dev.steadymail.gmail.json.GmailMessage;
import dev.steadymail.gmail.json.IdPage;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.EmailIdPage;
import dev.steadymail.provider.EmailPage;
import dev.steadymail.provider.PageToken;
import dev.steadymail.query.EmailQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists and reads emails: ids by the page, then each email at the level asked for. Thread-safe. */
final class EmailPages {
    private final GmailMethods methods;
    private final MessageReads reads;

    EmailPages(GmailMethods methods, MessageReads reads) {
        this.methods = methods;
        this.reads = reads;
    }

    EmailPage query(EmailQuery query, @Nullable PageToken token, Call call) {
        EmailIdPage page = listed(query, token, call);
        List<Email> emails = get(page.ids(), query.level(), call).stream()
                .filter(QueryCompiler.check(query.filter()))
                .toList();
        return new EmailPage(emails, page.next());
    }

    /** Where Gmail lists more than was asked for, the emails have to be looked at. */
    EmailIdPage queryIds(EmailQuery query, @Nullable PageToken token, Call call) {
        return QueryCompiler.isExact(query.filter())
                ? listed(query, token, call)
                : EmailIdPage.of(query(query.fetch(FetchLevel.STATE), token, call));
    }

    private EmailIdPage listed(EmailQuery query, @Nullable PageToken token, Call call) {
        Listing listing = QueryCompiler.compile(query);
        IdPage page = list(query, listing, token == null ? null : unwrap(token, listing), call);
        List<EmailId> ids = ids(page);
        if (ids.isEmpty() && token == null) {
            requireMailbox(query.filter().mailbox(), call);
        }
        return new EmailIdPage(ids, page.nextPageToken() == null ? null : wrap(page.nextPageToken(), listing));
    }

    List<Email> get(List<EmailId> ids, FetchLevel level, Call call) {
        List<Optional<GmailMessage>> messages = reads.read(ids, MessageView.of(level), call);
        List<Email> emails = new ArrayList<>(ids.size());
        for (int i = 0; i < messages.size(); i++) {
            EmailId id = ids.get(i);
            messages.get(i).ifPresent(message -> emails.add(EmailMapper.email(id, message, level)));
        }
        return emails;
    }

    static List<EmailId> ids(IdPage page) {
        return page.ids().stream().map(EmailId::new).toList();
    }

    /** Gmail answers some unknown labels with an empty list, which looks like an empty mailbox. */
    void requireMailbox(@Nullable MailboxId mailbox, Call call) {
        if (mailbox == null || mailbox.equals(Labels.ALL_MAIL)) {
            return;
        }
        if (!Labels.isMailbox(mailbox.value()) || !exists(mailbox, call)) {
            throw MailException.of(Kind.NOT_FOUND, "the account has no such mailbox; list its mailboxes again");
        }
    }

    private boolean exists(MailboxId mailbox, Call call) {
        return methods.labels(call).stream().anyMatch(label -> mailbox.value().equals(label.getId()));
    }

    private IdPage list(EmailQuery query, Listing listing, @Nullable String token, Call call) {
        try {
            return methods.list(listing, token, query.pageSize(), call);
        } catch (MailException failure) {
            if (failure.kind() == Kind.INVALID) {
                requireMailbox(query.filter().mailbox(), call);
            }
            throw failure;
        }
    }

    /** A page token carries a mark of its query, as Gmail would take it for another query and answer nonsense. */
    private static PageToken wrap(String token, Listing listing) {
        return new PageToken(mark(listing) + token);
    }

    private static String unwrap(PageToken token, Listing listing) {
        String mark = mark(listing);
        if (!token.value().startsWith(mark)) {
            throw MailException.of(Kind.INVALID, "the page token belongs to another query; start that query again");
        }
        return token.value().substring(mark.length());
    }

    private static String mark(Listing listing) {
        int hash = 31 * (31 * listing.labelIds().hashCode() + listing.q().hashCode())
                + Boolean.hashCode(listing.includeSpamTrash());
        return Integer.toHexString(hash) + ":";
    }
}
