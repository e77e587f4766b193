package dev.steadymail.examples;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.Role;
import dev.steadymail.mime.MimeReader;
import dev.steadymail.mime.ParsedEmail;
import dev.steadymail.mime.ParsedPart;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.query.EmailQuery;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the newest emails whole, in one request each, and saves their attachments under names that are safe on any system. */
public final class ReadWholeMessages {
    private ReadWholeMessages() {}

    public static void main(String[] args) throws IOException {
        run(ExampleAccount.from(System.getenv()), Path.of(args.length > 0 ? args[0] : "attachments"));
    }

    static int run(MailAccount account, Path folder) throws IOException {
        int saved = 0;
        try (MailRuntime runtime = MailRuntime.create();
                MailClient mail = runtime.open(account)) {
            for (Email email : mail.emails().query(EmailQuery.in(Role.INBOX).limit(20))) {
                try (InputStream raw = mail.emails().raw(email.id())) {
                    ParsedEmail parsed = MimeReader.usual().read(raw);
                    System.out.println(
                            parsed.envelope().subject() + ": " + parsed.text().length() + " characters");
                    saved += save(parsed, Files.createDirectories(folder.resolve(Integer.toString(saved))));
                }
            }
        }
        return saved;
    }

    private static int save(ParsedEmail email, Path folder) throws IOException {
        int number = 0;
        for (ParsedPart part : email.attachments()) {
            number++;
            try (InputStream content = part.open()) {
                // The number keeps two attachments of one name apart.
                Files.copy(content, folder.resolve(number + "-" + part.safeFileName()));
            }
        }
        return number;
    }
}
