package dev.steadymail.imap;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.query.EmailQuery;
import java.time.Duration;
import java.util.List;

/** A client in a process of its own with little memory: prints how a call ended, {@code OK} or the kind of its failure. */
final class SmallHeapClient {
    private SmallHeapClient() {}

    /** Takes the port and what to do: {@code get}, {@code query} or {@code move}. */
    public static void main(String[] arguments) {
        List<EmailId> ids = List.of(ImapEmailId.of(7, 1, "INBOX"));
        try (MailRuntime runtime = MailRuntime.builder()
                        .retryPolicy(new RetryPolicy(1, Duration.ZERO, Duration.ZERO))
                        .callTimeout(Duration.ofSeconds(2))
                        .build();
                MailClient client = runtime.open(
                        LocalServers.plain(Integer.parseInt(arguments[0]), "ada", LocalServers.PASSWORD))) {
            System.out.println(run(client, arguments[1], ids));
        }
    }

    private static String run(MailClient client, String what, List<EmailId> ids) {
        MailboxId inbox = new MailboxId("INBOX");
        try {
            switch (what) {
                case "get" -> {
                    return "OK " + client.emails().get(ids, FetchLevel.STATE).size();
                }
                case "query" -> {
                    long found =
                            client.emails().query(EmailQuery.in(inbox)).stream().count();
                    return "OK " + found;
                }
                default -> {
                    return "OK "
                            + client.emails()
                                    .move(ids, inbox, new MailboxId("Other"))
                                    .size();
                }
            }
        } catch (MailException failure) {
            return failure.kind().name();
        }
    }
}
