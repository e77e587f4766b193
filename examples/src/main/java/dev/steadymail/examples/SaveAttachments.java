package dev.steadymail.examples;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.mail.BodyPart;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Role;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.query.EmailQuery;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Saves the attachments of the newest emails, each under a name of our own: a sender's file name is never a safe path. */
public final class SaveAttachments {
    private SaveAttachments() {}

    public static void main(String[] args) throws IOException {
        run(ExampleAccount.from(System.getenv()), Path.of(args.length > 0 ? args[0] : "attachments"));
    }

    static int run(MailAccount account, Path folder) throws IOException {
        Files.createDirectories(folder);
        int saved = 0;
        try (MailRuntime runtime = MailRuntime.create();
                MailClient mail = runtime.open(account)) {
            EmailQuery newest = EmailQuery.in(Role.INBOX).limit(20).fetch(FetchLevel.STRUCTURE);
            for (Email email : mail.emails().query(newest)) {
                for (BodyPart part : email.attachments()) {
                    try (InputStream content = mail.emails().attachment(email.id(), part)) {
                        saved++;
                        Files.copy(content, folder.resolve("attachment-" + saved));
                    }
                }
            }
        }
        return saved;
    }
}
