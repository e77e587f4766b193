package dev.steadymail.cli.doctor;

import dev.steadymail.MailClient;
import dev.steadymail.imap.ImapServer;
import dev.steadymail.mail.Capabilities;
import dev.steadymail.mail.Capability;
import dev.steadymail.mail.Lane;
import dev.steadymail.provider.Call;
import dev.steadymail.time.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** An IMAP account. */
final class ImapChecks implements AccountChecks {
    private static final List<Extension> EXTENSIONS = List.of(
            new Extension("CONDSTORE", "changed flags are found by reading all of them"),
            new Extension("QRESYNC", "what vanished is found by comparing ids"),
            new Extension("IDLE", "new mail is noticed when somebody looks"),
            new Extension("MOVE", "moving is copying and removing"),
            new Extension("UIDPLUS", "emails cannot be removed for good, and ids after a move are found by searching"),
            new Extension("SPECIAL-USE", "roles of mailboxes are guessed from their names"));

    private final MailClient client;
    private final Supplier<Deadline> deadline;
    private Set<String> stated = Set.of();

    ImapChecks(MailClient client, Supplier<Deadline> deadline) {
        this.client = client;
        this.deadline = deadline;
    }

    @Override
    public String login() {
        ImapServer server = client.unwrap(ImapServer.class).orElseThrow();
        stated = server.capabilities(new Call(deadline.get(), Lane.INTERACTIVE));
        return "the server accepts user and secret";
    }

    @Override
    public String rights() {
        Capabilities capabilities = client.capabilities();
        int mailboxes = client.mailboxes().list().size();
        String keywords = capabilities.has(Capability.CUSTOM_KEYWORDS) ? "" : "; INBOX keeps no keywords of one's own";
        return mailboxes + " mailboxes, INBOX opens" + keywords + "; " + extensions();
    }

    private String extensions() {
        List<String> has = new ArrayList<>();
        List<String> lacks = new ArrayList<>();
        for (Extension extension : EXTENSIONS) {
            if (stated.contains(extension.name())) {
                has.add(extension.name());
            } else {
                lacks.add(extension.name() + " (" + extension.without() + ")");
            }
        }
        String there = "has " + (has.isEmpty() ? "none of the extensions that matter" : String.join(" ", has));
        return lacks.isEmpty() ? there : there + "; lacks " + String.join(", ", lacks);
    }

    /** An extension that matters, and what it means to go without. */
    private record Extension(String name, String without) {}
}
