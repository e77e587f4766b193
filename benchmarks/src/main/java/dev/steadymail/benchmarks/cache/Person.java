package dev.steadymail.benchmarks.cache;

import dev.steadymail.benchmarks.cache.Score.LookUp;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.PageToken;
import dev.steadymail.query.EmailQuery;
import dev.steadymail.sync.EmailLoader.Loaded;
import dev.steadymail.sync.SyncEngine;
import dev.steadymail.watch.WatchEvent;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Does with one account what a trace says, and counts what was looked up. Not thread-safe. */
final class Person {
    /** Emails of a thread. */
    static final int THREAD = 4;

    private static final EmailQuery INBOX =
            EmailQuery.in(GeneratedMailbox.INBOX).newestFirst().pageSize(GeneratedMailbox.PAGE);

    private final GeneratedMailbox truth;
    private final GeneratedProvider behind;
    private final MailProvider mail;
    private final Charges charges;
    private final Call call;
    private final Score score;
    private final @Nullable SyncEngine sync;

    private long old;

    /**
     * @param behind the account itself
     * @param mail the account as it is read
     * @param score where look-ups are counted
     * @param sync brings changes; null where nothing does
     */
    Person(GeneratedProvider behind, MailProvider mail, Call call, Score score, @Nullable SyncEngine sync) {
        this.truth = behind.mailbox();
        this.behind = behind;
        this.mail = mail;
        this.charges = behind.charges();
        this.call = call;
        this.score = score;
        this.sync = sync;
    }

    /** Returns how many answers were not what is true. */
    long old() {
        return old;
    }

    void take(Step step) throws IOException {
        switch (step.op()) {
            case MAILBOXES -> mailboxes();
            case LIST -> list(step.number());
            case OPEN -> body(step.number());
            case THREAD -> {
                for (int n = 0; n < THREAD; n++) {
                    body(step.number() + n);
                }
            }
            case WRITE -> write(step.number());
            case ARRIVE -> {
                truth.arrive();
                tell();
            }
            case REMOTE -> {
                truth.mark(step.number(), toggled(step.number()));
                tell();
            }
        }
    }

    private void mailboxes() {
        long before = charges.listsOfLabels();
        if (mail.mailboxes(call).isEmpty()) {
            old++;
        }
        score.add(LookUp.MAILBOXES, charges.listsOfLabels() == before);
    }

    private void list(int page) {
        long lists = charges.lists();
        long emails = charges.readEmails();
        PageToken token = page == 0 ? null : new PageToken(Integer.toString(page));
        List<Email> found = mail.query(INBOX, token, call).emails();
        long read = charges.readEmails() - emails;
        score.add(LookUp.LIST, charges.lists() == lists);
        score.add(LookUp.METADATA, GeneratedMailbox.PAGE - read, read);
        check(page, found);
    }

    private void check(int page, List<Email> found) {
        if (!found.stream().map(Email::id).toList().equals(truth.page(page))) {
            old++;
        }
        old += found.stream()
                .filter(email -> !email.keywords().equals(truth.keywords(GeneratedMailbox.number(email.id()))))
                .count();
    }

    private void body(int number) throws IOException {
        if (number >= truth.have()) {
            return;
        }
        long before = charges.bodies();
        try (InputStream raw = mail.raw(GeneratedMailbox.id(number), call)) {
            if (raw.readAllBytes().length == 0) {
                throw MailException.of(Kind.PROTOCOL, "an email came without its octets");
            }
        }
        score.add(LookUp.BODY, charges.bodies() == before);
    }

    /** Marks as read what is not, and stars or unstars what is. */
    private void write(int number) {
        Set<Keyword> before = truth.keywords(number);
        Keyword keyword = before.contains(Keyword.SEEN) ? Keyword.FLAGGED : Keyword.SEEN;
        Set<Keyword> one = Set.of(keyword);
        List<EmailId> id = List.of(GeneratedMailbox.id(number));
        if (before.contains(keyword)) {
            mail.changeKeywords(id, Set.of(), one, call);
        } else {
            mail.changeKeywords(id, one, Set.of(), call);
        }
    }

    private Set<Keyword> toggled(int number) {
        return truth.keywords(number).contains(Keyword.SEEN) ? Set.of() : Set.of(Keyword.SEEN);
    }

    /** The watch tells, and whoever listens syncs at once. */
    void tell() {
        if (sync != null) {
            behind.tell(new WatchEvent.Changed(Set.of(GeneratedMailbox.INBOX)));
            var unused = sync.run(progress -> {});
        }
    }

    /** Keeps of new mail that it is there: reading it waits until somebody wants to see it. */
    static Loaded leave(List<EmailId> ids, GeneratedMailbox truth) {
        return new Loaded(
                ids.stream()
                        .map(id -> truth.email(GeneratedMailbox.number(id), FetchLevel.STATE))
                        .toList(),
                List.of());
    }
}
