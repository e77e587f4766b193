package dev.steadymail.examples;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.MailView;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.Role;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.query.EmailQuery;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Shows the newest email at once while all others are read in the background: the lanes see to who goes first. */
public final class ReadBesideBackfill {
    private ReadBesideBackfill() {}

    public static void main(String[] args) {
        Answer answer = run(ExampleAccount.from(System.getenv()));
        answer.newest().ifPresent(email -> System.out.println(email.subject()));
        System.out.println(answer.read() + " emails read");
    }

    static Answer run(MailAccount account) {
        try (MailRuntime runtime = MailRuntime.create();
                MailClient mail = runtime.open(account)) {
            CompletableFuture<Long> everything = CompletableFuture.supplyAsync(() -> readAll(mail.in(Lane.BACKFILL)));
            Optional<Email> newest = newest(mail);
            return new Answer(newest, everything.join());
        }
    }

    /** Nobody waits for these: they get their turn when others leave room. */
    private static long readAll(MailView background) {
        EmailQuery all = EmailQuery.everywhere().fetch(FetchLevel.METADATA);
        return background.emails().query(all).stream().count();
    }

    /** Calls of the client itself are in the lane INTERACTIVE. */
    private static Optional<Email> newest(MailClient mail) {
        EmailQuery query = EmailQuery.in(Role.INBOX).newestFirst().limit(1);
        return mail.emails().query(query).stream().findFirst();
    }

    /**
     * What was found.
     *
     * @param newest the newest email of the inbox
     * @param read how many emails were read in the background
     */
    record Answer(Optional<Email> newest, long read) {}
}
