package dev.steadymail.examples;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.auth.Credentials;
import dev.steadymail.imap.ImapAccount;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.Role;
import dev.steadymail.query.EmailQuery;

/** Lists the newest unseen emails of the inbox. */
public final class ListUnseen {
    private ListUnseen() {}

    public static void main(String[] args) {
        String secret = System.getenv("STEADYMAIL_PASSWORD");
        try (MailRuntime runtime = MailRuntime.create();
                MailClient mail = runtime.open(
                        ImapAccount.at("imap.example.com", Credentials.password("ada@example.com", secret)))) {
            for (Email email : mail.emails()
                    .query(EmailQuery.in(Role.INBOX).unseen().newestFirst().limit(20))) {
                System.out.printf("%s  %s%n", email.from(), email.subject());
            }
        }
    }
}
