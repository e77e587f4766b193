package dev.steadymail.examples;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.Role;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.query.EmailQuery;
import java.util.List;

/** Marks the emails of one sender as seen and archives them, on IMAP and Gmail alike. */
public final class MarkAndArchive {
    private MarkAndArchive() {}

    public static void main(String[] args) {
        int archived = run(ExampleAccount.from(System.getenv()), args[0]);
        System.out.println(archived + " archived");
    }

    static int run(MailAccount account, String sender) {
        try (MailRuntime runtime = MailRuntime.create();
                MailClient mail = runtime.open(account)) {
            EmailQuery fromSender = EmailQuery.in(Role.INBOX).from(sender).limit(100);
            List<EmailId> ids =
                    mail.emails().query(fromSender).stream().map(Email::id).toList();
            mail.emails().addKeyword(ids, Keyword.SEEN);
            mail.emails().archive(ids);
            return ids.size();
        }
    }
}
