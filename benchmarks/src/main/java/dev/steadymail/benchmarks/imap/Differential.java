package dev.steadymail.benchmarks.imap;

import dev.steadymail.MailClient;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.query.EmailQuery;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads every mailbox of an account through this SDK's public API and through Angus Mail and compares what they say, field by field.
 * Arguments: port and user, and {@code show} where the values of unexplained differences may be printed: they are private. The password
 * is in {@code STEADYMAIL_PASSWORD}. Prints lines of fields that tabs divide, see {@link Differences#print}.
 */
public final class Differential {
    private final Differences differences;

    private Differential(Differences differences) {
        this.differences = differences;
    }

    public static void main(String[] arguments) throws Exception {
        String password = System.getenv("STEADYMAIL_PASSWORD");
        if (password == null) {
            throw new IllegalArgumentException("STEADYMAIL_PASSWORD is not set");
        }
        Endpoint endpoint = new Endpoint(Integer.parseInt(arguments[0]), arguments[1], password, null);
        Differences differences = new Differences(List.of(arguments).contains("show"));
        AngusDrops drops = AngusDrops.listen();
        try (Steadymail steadymail = new Steadymail();
                MailClient client = steadymail.open(endpoint);
                AngusMailbox angus = new AngusMailbox(endpoint)) {
            new Differential(differences).compareAll(client, angus);
        }
        drops.close();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println("total\tdropped for an invalid address\t" + drops.invalidAddresses());
        out.println("total\tdropped for another reason\t" + drops.others());
        differences.print(out);
    }

    private void compareAll(MailClient client, AngusMailbox angus) throws Exception {
        for (Mailbox mailbox : client.mailboxes().list()) {
            if (mailbox.selectable()) {
                compare(mailbox, own(client, mailbox), new HashMap<>(angus.read(mailbox.fullName())));
            }
        }
    }

    private void compare(Mailbox mailbox, List<ComparedMessage> own, Map<Long, ComparedMessage> angus) {
        for (ComparedMessage message : own) {
            ComparedMessage other = angus.remove(message.uid());
            String place = mailbox.fullName() + " " + message.uid();
            if (other == null) {
                differences.unreadableByAngus(place);
            } else {
                differences.compare(place, message.fields(), other.fields());
            }
        }
        angus.keySet().forEach(uid -> differences.missing(mailbox.fullName() + " " + uid));
    }

    private static List<ComparedMessage> own(MailClient client, Mailbox mailbox) {
        List<ComparedMessage> messages = new ArrayList<>();
        EmailQuery query =
                EmailQuery.in(mailbox.id()).pageSize(EmailQuery.MAX_PAGE_SIZE).fetch(FetchLevel.STRUCTURE);
        try (Stream<Email> emails = client.emails().query(query).stream()) {
            emails.forEach(email -> messages.add(own(email)));
        }
        return messages;
    }

    private static ComparedMessage own(Email email) {
        if (email.envelope() == null || email.body() == null) {
            throw new IllegalStateException("an email came without its envelope or its structure");
        }
        return new ComparedMessage(
                uid(email), email.size(), email.receivedAt(), email.keywords(), email.envelope(), email.body());
    }

    /** The id's second number; it is no part of the contract, only this comparison looks into it. */
    static long uid(Email email) {
        String id = email.id().value();
        int start = id.indexOf('.') + 1;
        return Long.parseLong(id.substring(start, id.indexOf('.', start)));
    }
}
