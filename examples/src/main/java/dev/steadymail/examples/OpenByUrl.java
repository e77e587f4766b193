package dev.steadymail.examples;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.accounts.AccountUrl;
import dev.steadymail.accounts.Accounts;
import dev.steadymail.accounts.Login;
import dev.steadymail.mail.Mailbox;
import java.util.List;

/** Lists the mailboxes of any account that one line of text names, for example {@code imaps://ada@mail.example.com}. */
public final class OpenByUrl {
    private OpenByUrl() {}

    public static void main(String[] args) {
        AccountUrl url = AccountUrl.parse(args[0]);
        mailboxes(url, Login.password(System.getenv("STEADYMAIL_PASSWORD"))).forEach(System.out::println);
    }

    static List<String> mailboxes(AccountUrl url, Login login) {
        try (MailRuntime runtime = MailRuntime.create()) {
            Accounts accounts = new Accounts(runtime.time(), runtime.resolver());
            try (MailClient mail = runtime.open(accounts.open(url, login))) {
                return mail.mailboxes().list().stream().map(Mailbox::fullName).toList();
            }
        }
    }
}
