package dev.steadymail.examples;

import dev.steadymail.Drafts;
import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.mail.Capability;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.EmailImport;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.RawContent;
import dev.steadymail.mail.SendResult;
import dev.steadymail.provider.MailAccount;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Files a message in a mailbox of its own, keeps another version as a draft, and sends that where the provider can. */
public final class WriteAndFile {
    private WriteAndFile() {}

    public static void main(String[] args) {
        System.out.println(run(ExampleAccount.from(System.getenv()), Path.of(args[0]), Path.of(args[1])));
    }

    static String run(MailAccount account, Path first, Path second) {
        try (MailRuntime runtime = MailRuntime.create();
                MailClient mail = runtime.open(account)) {
            Mailbox letters = mail.mailboxes()
                    .find("Letters")
                    .orElseGet(() -> mail.mailboxes().create(List.of("Letters")));
            EmailImport filed = EmailImport.into(letters.id()).with(Set.of(Keyword.SEEN));
            EmailId copy = mail.emails().importEmail(RawContent.of(first), filed);

            Drafts drafts = mail.drafts();
            EmailId draft = drafts.create(RawContent.of(first));
            draft = drafts.replace(draft, RawContent.of(second));
            if (!mail.capabilities().has(Capability.SEND)) {
                return "filed as " + copy + ", kept as a draft";
            }
            SendResult result = drafts.send(draft);
            return result.fold(
                    sent -> "filed as " + copy + ", sent",
                    unknown -> "perhaps sent; look before sending again: "
                            + unknown.cause().kind());
        }
    }
}
