package dev.steadymail.examples;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.auth.Credentials;
import dev.steadymail.auth.TokenSource;
import dev.steadymail.auth.Tokens;
import dev.steadymail.gmail.GmailAccount;
import dev.steadymail.hybrid.HybridAccount;
import dev.steadymail.hybrid.HybridOptions;
import dev.steadymail.hybrid.HybridReading;
import dev.steadymail.imap.ImapAccount;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.RawVisitor;
import dev.steadymail.sync.EmailLoader.Loaded;
import dev.steadymail.sync.FileSyncStore;
import dev.steadymail.sync.ParkedEmail;
import dev.steadymail.sync.SyncEngine.SyncOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Copies a Gmail mailbox to files: ids, labels and changes by the API, the messages themselves over IMAP, which costs no units. */
public final class BackfillByImap {
    private BackfillByImap() {}

    public static void main(String[] args) {
        String user = System.getenv("STEADYMAIL_USER");
        TokenSource tokens = Tokens.fixed(System.getenv("STEADYMAIL_TOKEN"));
        ImapAccount imap = ImapAccount.at("imap.gmail.com", Credentials.bearer(user, tokens));
        HybridReading reading = run(GmailAccount.with(tokens).user(user), imap, Path.of("mail"));
        System.out.printf("%d messages over IMAP, %d by the API%n", reading.bySecond(), reading.byFirst());
    }

    static HybridReading run(GmailAccount api, ImapAccount imap, Path folder) {
        HybridAccount account = HybridAccount.of(api, imap, HybridOptions.DEFAULT);
        try (MailRuntime runtime = MailRuntime.create();
                MailClient mail = runtime.open(account);
                FileSyncStore store = FileSyncStore.open(folder.resolve("state"))) {
            mail.sync(store, (ids, call) -> copy(mail, ids, call, folder), SyncOptions.DEFAULT)
                    .run(progress -> System.err.printf("%d looked at%n", progress.looked()));
            return mail.unwrap(HybridReading.class).orElseThrow();
        }
    }

    private static Loaded copy(MailClient mail, List<EmailId> ids, Call call, Path folder) {
        List<Email> emails = new ArrayList<>();
        List<ParkedEmail> parked = new ArrayList<>();
        mail.with(call).emails().raw(ids, new RawVisitor() {
            @Override
            public void message(Email email, InputStream content) throws IOException {
                Path file = folder.resolve(email.id().value() + ".eml");
                Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
                emails.add(email);
            }

            @Override
            public void unreadable(EmailId id, MailException reason) {
                parked.add(new ParkedEmail(id, reason.kind().name()));
            }
        });
        return new Loaded(emails, parked);
    }
}
