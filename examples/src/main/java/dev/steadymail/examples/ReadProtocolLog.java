package dev.steadymail.examples;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.event.ProtocolLog;
import dev.steadymail.provider.MailAccount;
import java.util.List;

/** Shows what a client and its server said to each other, for a report of a problem: it holds no content and no credentials. */
public final class ReadProtocolLog {
    private ReadProtocolLog() {}

    public static void main(String[] args) {
        run(ExampleAccount.from(System.getenv())).forEach(System.out::println);
    }

    static List<String> run(MailAccount account) {
        try (MailRuntime runtime = MailRuntime.create();
                MailClient mail = runtime.open(account)) {
            ProtocolLog log = mail.protocolLog();
            log.start();
            var unused = mail.mailboxes().list();
            List<String> lines =
                    log.lines().stream().map(ProtocolLog.Line::toString).toList();
            log.stop();
            return lines;
        }
    }
}
