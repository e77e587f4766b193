package dev.steadymail.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.auth.Tokens;
import dev.steadymail.event.ProtocolLog;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Role;
import dev.steadymail.query.EmailQuery;
import dev.steadymail.testkit.gmail.FakeGmail;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests are in the log by the names of their methods, and nothing that anybody wrote is. */
class GmailProtocolLogTest {
    private static final String USER = "zwuser@example.com";
    private static final String TOKEN = "zwtoken";

    @Test
    void requests_andPartsOfBatches_haveNamesAndStatus_andNoContent() {
        try (FakeGmail server = FakeGmail.builder().user(USER, TOKEN).start();
                MailRuntime runtime = MailRuntime.create();
                MailClient mail =
                        runtime.open(GmailAccount.with(Tokens.fixed(TOKEN)).rootUrl(URI.create(server.rootUrl())))) {
            List<EmailId> ids = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                byte[] raw = "Subject: zwsubject\r\n\r\nzwbody\r\n".getBytes(StandardCharsets.US_ASCII);
                ids.add(new EmailId(server.mailbox(USER).add(raw, "INBOX")));
            }
            mail.protocolLog().start();
            assertEquals(5, mail.emails().get(ids, FetchLevel.METADATA).size());
            mail.emails().query(EmailQuery.in(Role.INBOX).subject("zwword")).forEach(found -> {});
            List<String> lines = mail.protocolLog().lines().stream()
                    .map(ProtocolLog.Line::text)
                    .toList();
            assertTrue(lines.contains("POST batch"), lines::toString);
            assertTrue(lines.contains("batch: 5 x messages.get 200"), lines::toString);
            assertTrue(
                    lines.stream().anyMatch(line -> line.matches("messages.list 200, \\d+ up, \\d+ down, \\d+ ms")),
                    lines::toString);
            assertFalse(lines.toString().contains("zw"), lines::toString);
            ids.forEach(id -> assertFalse(lines.toString().contains(id.value()), lines::toString));
        }
    }
}
