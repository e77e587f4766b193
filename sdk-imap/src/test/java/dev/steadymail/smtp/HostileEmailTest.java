package dev.steadymail.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.steadymail.auth.Credentials;
import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.OutgoingEmail;
import dev.steadymail.mail.OutgoingPart;
import dev.steadymail.mail.RawContent;
import dev.steadymail.mime.write.MessageWriter;
import dev.steadymail.testkit.smtp.SmtpExtension;
import dev.steadymail.testkit.smtp.SmtpFaultPlan;
import dev.steadymail.testkit.smtp.SmtpMessage;
import dev.steadymail.testkit.smtp.SmtpSettings;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is in subjects, names, file names and texts: one message, with the fields that were meant (threats 25 and 26). */
class HostileEmailTest {
    private static final Set<String> FIELDS = Set.of(
            "Date", "From", "To", "Subject", "Message-ID", "MIME-Version", "Content-Type", "Content-Transfer-Encoding");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\r\nBcc: eve@example.com",
                "x\nBcc: eve@example.com",
                "x\rBcc: eve@example.com",
                "x\r\n\r\nbody",
                "x\r\n.\r\nMAIL FROM:<eve@example.com>\r\nRCPT TO:<victim@example.org>\r\nDATA\r\n",
                "\n.\n",
                "\u760d\u760aBcc: eve@example.com",
                "\u0085Bcc: eve@example.com",
                "\u2028Bcc: eve@example.com",
                "=?utf-8?q?=0d=0aBcc:_eve@example.com?=",
                "\"; name=\"x\r\nBcc: eve@example.com",
                "<eve@example.com>, \"",
                "\0\u0001\u007f",
                "."
            })
    void hostileText_isOneMessage(String hostile) {
        OutgoingEmail email = OutgoingEmail.from(new EmailAddress(hostile, "ada@example.com"))
                .to(new EmailAddress(hostile, "bob@example.org"))
                .bcc(new EmailAddress(hostile, "carl@example.org"))
                .subject(hostile)
                .text(hostile.replace("\0", ""));
        OutgoingEmail withFile = email.with(
                new OutgoingPart(hostile, "text/plain", RawContent.of(hostile.getBytes(StandardCharsets.UTF_8)), null));
        for (OutgoingEmail each : List.of(email, withFile)) {
            for (SmtpExtension[] without : new SmtpExtension[][] {{SmtpExtension.CHUNKING}, {}}) {
                assertOneMessage(sent(each, without));
            }
        }
    }

    private static Talk sent(OutgoingEmail email, SmtpExtension... without) {
        SmtpSettings settings =
                SmtpSettings.builder().user("ada", "secret").without(without).build();
        Talk talk = new Talk(settings, SmtpFaultPlan.seeded(1), Credentials.password("ada", "secret")).login();
        talk.send(PreparedMessage.read(
                MessageWriter.create(InstantSource.system()).keepingBcc().compose(email)));
        return talk;
    }

    private static void assertOneMessage(Talk talk) {
        assertEquals(1, talk.mailroom.messages().size());
        assertEquals(
                0,
                talk.mailroom.violationCount(),
                () -> talk.mailroom.violations().toString());
        SmtpMessage message = talk.mailroom.messages().get(0);
        assertEquals("ada@example.com", message.envelope().sender());
        assertEquals(
                List.of("bob@example.org", "carl@example.org"),
                message.envelope().addresses());
        String text = new String(message.octets(), StandardCharsets.ISO_8859_1);
        Set<String> fields = new TreeSet<>();
        for (String line : text.split("\r\n\r\n", 2)[0].split("\r\n(?![ \t])")) {
            fields.add(line.substring(0, line.indexOf(':')));
        }
        fields.removeAll(FIELDS);
        assertEquals(Set.of(), fields);
        assertFalse(text.contains("carl@example.org"));
    }
}
