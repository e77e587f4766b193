package dev.steadymail.examples;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.OutgoingEmail;
import dev.steadymail.mail.OutgoingPart;
import dev.steadymail.mail.RawContent;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.send.FileOutboxStore;
import dev.steadymail.send.Outbox;
import dev.steadymail.send.OutboxEntry;
import dev.steadymail.send.OutboxOptions;
import dev.steadymail.send.SendCaps;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Sends an email with an attachment once, however often this program is run for the same order, and whenever it is killed. */
public final class SendOnce {
    private SendOnce() {}

    public static void main(String[] args) {
        MailAccount account = ExampleAccount.from(System.getenv());
        System.out.println(run(account, Path.of(args[0]), args[1], args[2], args[3]));
    }

    static String run(MailAccount account, Path folder, String from, String to, String order) {
        OutgoingEmail email = OutgoingEmail.from(new EmailAddress("The shop", from))
                .to(new EmailAddress(null, to))
                .subject("Your order " + order)
                .text("Thank you! The invoice is attached.")
                .html("<p>Thank you! The invoice is attached.</p>")
                .with(new OutgoingPart("invoice.txt", "text/plain", invoice(order), null));
        try (MailRuntime runtime = MailRuntime.create();
                MailClient mail = runtime.open(account);
                FileOutboxStore store = FileOutboxStore.open(folder);
                Outbox outbox = mail.outbox(store, OutboxOptions.DEFAULT.withCaps(SendCaps.GMAIL))) {
            OutboxEntry entry = outbox.send(email, "confirmation of " + order);
            return switch (entry.state()) {
                case SENT, SENT_BEFORE -> "sent";
                case UNKNOWN -> "perhaps sent; ask its recipient before outbox.sendAgain(key)";
                case REFUSED -> "not sent: " + entry;
                default -> "waits, and leaves while an outbox over this folder is open";
            };
        } catch (MailException failure) {
            return "did not come into the outbox: " + failure.getMessage();
        }
    }

    private static RawContent invoice(String order) {
        return RawContent.of(("Invoice for order " + order + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
