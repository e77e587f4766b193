package dev.steadymail.jdbc;

import dev.steadymail.mail.MailboxId;
import java.util.AbstractCollection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Emails of an account, or of one mailbox, that stay in the database: an iterator holds one page of {@value #PAGE} and no connection,
 * and follows what is applied meanwhile. In order of first sight.
 */
final class PagedEmails<T> extends AbstractCollection<T> {
    static final int PAGE = 1_000;

    private static final String PAGE_OF =
            "select " + EmailRow.COLUMNS + " from steadymail_email e" + EmailRow.WITH_MAILBOXES
                    + " where e.account_id = ? and e.number in (%s limit " + PAGE + ") order by e.number";
    private static final String OF_ACCOUNT = PAGE_OF.formatted(
            "select number from steadymail_email where account_id = ? and number > ? order by number");
    private static final String OF_MAILBOX =
            PAGE_OF.formatted("select email_number from steadymail_place where account_id = ? and mailbox_id ="
                    + " (select id from steadymail_mailbox where account_id = ? and id_hash = ?)"
                    + " and email_number > ? order by email_number");
    private static final String COUNT = "select count(*) from steadymail_email where account_id = ?";
    private static final String COUNT_OF_MAILBOX = "select count(*) from steadymail_place where account_id = ?"
            + " and mailbox_id = (select id from steadymail_mailbox where account_id = ? and id_hash = ?)";

    private final Database database;
    private final long account;
    private final @Nullable MailboxId mailbox;
    private final Function<EmailRow, T> view;

    PagedEmails(Database database, long account, @Nullable MailboxId mailbox, Function<EmailRow, T> view) {
        this.database = database;
        this.account = account;
        this.mailbox = mailbox;
        this.view = view;
    }

    private List<EmailRow> after(long number) {
        MailboxId one = mailbox;
        return EmailRow.gather(database.read(session -> one == null
                ? session.list(OF_ACCOUNT, EmailRow::read, account, account, number)
                : session.list(
                        OF_MAILBOX, EmailRow::read, account, account, account, SafeText.key(one.value()), number)));
    }

    @Override
    public int size() {
        MailboxId one = mailbox;
        return Math.toIntExact(database.read(session -> one == null
                ? session.number(COUNT, account)
                : session.number(COUNT_OF_MAILBOX, account, account, SafeText.key(one.value()))));
    }

    @Override
    public boolean isEmpty() {
        return !iterator().hasNext();
    }

    @Override
    public Iterator<T> iterator() {
        return new Pages();
    }

    private final class Pages implements Iterator<T> {
        private List<EmailRow> page = after(0);
        private int position;

        @Override
        public boolean hasNext() {
            if (position == page.size() && page.size() >= PAGE) {
                page = after(page.get(page.size() - 1).number());
                position = 0;
            }
            return position < page.size();
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return view.apply(page.get(position++));
        }
    }
}
