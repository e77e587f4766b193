package dev.steadymail.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.auth.Credentials;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.RawContent;
import dev.steadymail.provider.Submission;
import dev.steadymail.smtp.DeliveryNotices.Event;
import dev.steadymail.smtp.MessageRoute.Recipient;
import dev.steadymail.testkit.smtp.SmtpExtension;
import dev.steadymail.testkit.smtp.SmtpFaultPlan;
import dev.steadymail.testkit.smtp.SmtpMessage;
import dev.steadymail.testkit.smtp.SmtpSettings;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a message leaves, and to whom (threats 25 and 26). */
class ContentTest {
    private static final String HEAD = "From: ada@example.com\r\nTo: bob@example.org\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n.\n",
                "\r.\r",
                "\r\n.\n",
                "\n.\r\n",
                "\r.\r\n",
                "\r\n.\r",
                "\r\n.\r\n",
                "\r\r\n.\r\r\n",
                "\n\n.\r\n",
                "\r\n..\r\n"
            })
    void smuggledMessages_stayInTheirOwn(String end) {
        String body = "before" + end + "MAIL FROM:<eve@example.com>\r\nRCPT TO:<victim@example.org>\r\nDATA\r\n.";
        for (SmtpExtension[] without : new SmtpExtension[][] {{SmtpExtension.CHUNKING}, {}}) {
            Talk talk = talk(without);
            talk.send(Messages.prepared(HEAD + "\r\n" + body));

            assertEquals(1, talk.mailroom.messages().size());
            assertEquals(
                    0,
                    talk.mailroom.violationCount(),
                    () -> talk.mailroom.violations().toString());
            assertEquals(
                    HEAD + "\r\n" + normal(body) + "\r\n",
                    text(talk.mailroom.messages().get(0)));
        }
    }

    @Test
    void anyMixOfLineEndsAndDots_arrivesAsItsLines() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            StringBuilder body = new StringBuilder();
            for (int j = random.nextInt(60); j >= 0; j--) {
                body.append(List.of("\r", "\n", "\r\n", ".", "..", "x", "Bcc: ", " ")
                        .get(random.nextInt(8)));
            }
            Talk talk =
                    talk(random.nextBoolean() ? new SmtpExtension[] {SmtpExtension.CHUNKING} : new SmtpExtension[0]);
            talk.send(Messages.prepared(HEAD + "\r\n" + body));
            String normal = normal(body.toString());
            String ended = normal.endsWith("\r\n") ? normal : normal + "\r\n";

            assertEquals(HEAD + "\r\n" + ended, text(talk.mailroom.messages().get(0)), "seed " + seed);
            assertEquals(0, talk.mailroom.violationCount(), "seed " + seed);
        }
    }

    /** Whoever unfolds first reads recipients there; whoever goes line by line lets them leave. */
    @ParameterizedTest
    @ValueSource(strings = {"Bcc\r\n : ", "bcc\t\n\t: ", "Resent-Bcc\r : ", "Bcc\r\n \r\n :", "Bcc\u000b\r\n :"})
    void bccWhoseNameIsBroken_isRefused(String begun) {
        String field = begun + "eve@example.com\r\n";
        for (String text : List.of(field + HEAD + "\r\n", HEAD + field + "\r\n")) {
            MailException failure = assertThrows(MailException.class, () -> Messages.prepared(text));
            assertEquals(Kind.INVALID, failure.kind());
            assertEquals(false, failure.effect().orElseThrow());
        }
    }

    @Test
    void bccWithMuchWhiteSpaceBeforeItsColon_isRefusedOrDropped() {
        for (int spaces : List.of(900, 996, 997, 998, 1_000, 5_000)) {
            String text = "Bcc" + " ".repeat(spaces) + ": eve@example.com\r\n" + HEAD + "\r\n";
            try {
                Talk talk = talk();
                talk.send(Messages.prepared(text));
                assertFalse(text(talk.mailroom.messages().get(0)).contains("eve"), () -> spaces + " spaces");
            } catch (MailException failure) {
                assertEquals(Kind.INVALID, failure.kind());
                assertTrue(spaces > 990);
            }
        }
    }

    /** An octet that only UTF-8 makes white space of, and a letter that only UTF-8 makes an s of, are no part of a name. */
    @ParameterizedTest
    @ValueSource(strings = {"Bcc\u00e2\u0080\u0083", "Re\u00c5\u00bfent-Bcc", "\u00e2\u0080\u0083Bcc"})
    void nameThatLooksLikeBcc_isNoRecipients(String name) {
        PreparedMessage message = Messages.prepared(name + ": eve@example.com\r\n" + HEAD + "\r\n");
        assertEquals(
                List.of("bob@example.org"),
                message.route().recipients().stream().map(Recipient::address).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bcc: eve@example.com\r\n",
                "BCC: eve@example.com,\r\n carl@example.com\r\n\t,dora@example.com\r\n",
                "bcc  \t: eve@example.com\r\n",
                "Resent-Bcc: eve@example.com\r\n  more\r\n",
                "Bcc:\r\n eve@example.com\r\n",
                "Bcc: eve@example.com\r",
                "Bcc: eve@example.com,\n\tcarl@example.com\n"
            })
    void bcc_doesNotLeave(String field) {
        Talk talk = talk();
        PreparedMessage message = Messages.prepared("Subject: a\r\n" + field + HEAD + "\r\nBcc: stays\r\n");
        talk.send(message);

        assertEquals(
                "Subject: a\r\n" + HEAD + "\r\nBcc: stays\r\n",
                text(talk.mailroom.messages().get(0)));
        assertEquals(
                message.octets(), talk.mailroom.messages().get(0).envelope().declaredSize());
        boolean resent = field.startsWith("Resent");
        assertEquals(
                !resent, talk.mailroom.messages().get(0).envelope().addresses().contains("eve@example.com"));
    }

    @Test
    void fieldsThatAreNotBcc_stay() {
        String header = "Bccc: 1\r\nX-Bcc: 2\r\nBc: 3\r\n Bcc: folded\r\nResent-Bccs: 4\r\nBcc\r\n";
        Talk talk = talk();
        talk.send(Messages.prepared(header + HEAD + "\r\n"));

        assertEquals(header + HEAD + "\r\n", text(talk.mailroom.messages().get(0)));
    }

    @Test
    void route_isSenderElseFirstFrom_andEachRecipientOnce() {
        List<String> fields = List.of(
                "From: Ada <ada@example.com>, x@example.com",
                "Sender: Sec <sec@Example.com>",
                "To: \"Bob, B.\" <bob@example.org>, Team: carl@example.org, dora@example.org;",
                "Cc: bob@EXAMPLE.org,",
                " e@b\u00c3\u00bccher.example",
                "Cc: f@example.org",
                "Bcc: g@example.org");
        MessageRoute route =
                Messages.prepared(String.join("\r\n", fields) + "\r\n\r\n").route();

        assertEquals("sec@example.com", route.sender());
        assertEquals(
                List.of(
                        "bob@example.org",
                        "carl@example.org",
                        "dora@example.org",
                        "e@xn--bcher-kva.example",
                        "f@example.org",
                        "g@example.org"),
                route.recipients().stream().map(Recipient::mailbox).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "To: bob",
                "To: bob@",
                "To: <bob@example.org\tNOTIFY=NEVER>",
                "To: \u0085bob@example.org",
                "To: bob\u037e@example.org",
                "To: \"a\\\\b\"@example.org, <\"a\\\\b\"@example.org>",
                "To: <@relay.example:bob@example.org>",
                "To: \u202ebob@example.org",
                "To: bob@[127.0.0.1]",
                "To: undisclosed-recipients:;",
                "Subject: nobody"
            })
    void addressesThatCannotBe_areRefused(String field) {
        byte[] octets = ("From: ada@example.com\r\n" + field + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
        MailException failure = assertThrows(MailException.class, () -> PreparedMessage.read(RawContent.of(octets)));

        assertEquals(Kind.INVALID, failure.kind());
        assertFalse(failure.mayHaveTakenEffect());
        assertFalse(String.valueOf(failure.getMessage()).contains("bob"), failure::getMessage);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"RCPT TO:<a\r\nRSET>", "RCPT TO:<a\0>", "RCPT TO:<\u760d>", "RCPT TO:<\u010a>", "\t", "\u007f"})
    void command_takesVisibleAsciiOnly(String command) {
        assertEquals(
                Kind.INVALID,
                assertThrows(MailException.class, () -> CommandLine.of(command)).kind());
    }

    @Test
    void whatWouldBeLost_isRefused() {
        String many = "bob@example.org, ".repeat(3_000);
        for (String text : List.of(
                "From: a@b.example\r\nTo: " + many + "\r\n\r\n",
                HEAD + "Subject: " + "x".repeat(1 << 20) + "\r\n\r\n",
                HEAD + "\r\nnul \0\r\n",
                "To: bob@example.org\r\n\r\n")) {
            assertEquals(
                    Kind.INVALID,
                    assertThrows(MailException.class, () -> Messages.prepared(text))
                            .kind());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SIZE,           TOO_LARGE",
        "EIGHT_BIT_MIME, UNSUPPORTED",
        "SMTPUTF8,       UNSUPPORTED",
        "DSN,            UNSUPPORTED"
    })
    void whatTheServerCannotTake_isRefusedBeforeMail(SmtpExtension extension, Kind kind) {
        SmtpSettings.Builder settings = SmtpSettings.builder();
        String text =
                switch (extension) {
                    case SIZE -> HEAD + "\r\n" + "x".repeat(500);
                    case SMTPUTF8 -> HEAD + "Subject: \u00fc\r\n\r\n";
                    default -> HEAD + "\r\n\u00fc";
                };
        if (extension == SmtpExtension.SIZE) {
            settings.sizeLimit(500);
        } else {
            settings.without(extension);
        }
        DeliveryNotices notices = extension == SmtpExtension.DSN ? DeliveryNotices.on(Event.FAILURE) : null;
        Talk talk = new Talk(
                        settings.user("ada", "secret").build(),
                        SmtpFaultPlan.seeded(1),
                        Credentials.password("ada", "secret"),
                        notices)
                .login();
        MailException failure = assertThrows(MailException.class, () -> talk.send(Messages.prepared(text)));

        assertEquals(kind, failure.kind());
        assertEquals(false, failure.effect().orElseThrow());
        assertFalse(talk.written().contains("MAIL"));
    }

    @Test
    void eightBitAndUtf8_areAnnouncedWhereNeeded() {
        Talk talk = talk();
        talk.send(Messages.prepared(HEAD + "\r\nplain"));
        talk.send(Messages.prepared(HEAD + "\r\n\u00fc"));
        talk.send(Messages.prepared(HEAD + "Subject: \u00c3\u00bc\r\n\r\n"));
        List<SmtpMessage> messages = talk.mailroom.messages();

        assertEquals(
                List.of("7BIT", "8BITMIME", "8BITMIME"),
                messages.stream().map(each -> each.envelope().body()).toList());
        assertEquals(
                List.of(false, false, true),
                messages.stream().map(each -> each.envelope().smtpUtf8()).toList());
        assertEquals(0, talk.mailroom.violationCount());
    }

    @Test
    void addressesBeyondAscii_goByUtf8_orNotAtAll() {
        byte[] octets = "From: ada@example.com\r\nBcc: b\u00f6b\u760d@b\u00fccher.example\r\n\r\n"
                .getBytes(StandardCharsets.UTF_8);
        PreparedMessage message = PreparedMessage.read(RawContent.of(octets));
        Talk talk = talk();
        talk.send(message);
        String mailbox = "b\u00f6b\u760d@xn--bcher-kva.example";

        assertTrue(talk.mailroom.messages().get(0).envelope().smtpUtf8());
        String said = new String(talk.written().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        assertTrue(said.contains("RCPT TO:<" + mailbox + ">\r\n"));
        assertEquals(0, talk.mailroom.violationCount());
        Talk narrow = talk(SmtpExtension.SMTPUTF8);
        MailException failure = assertThrows(MailException.class, () -> narrow.send(message));
        assertEquals(Kind.UNSUPPORTED, failure.kind());
    }

    @Test
    void addressesInNoKnownCharset_areRefused() {
        assertEquals(
                Kind.INVALID,
                assertThrows(
                                MailException.class,
                                () -> Messages.prepared("From: a@b.example\r\nTo: b\u00f6b@c.example\r\n\r\n"))
                        .kind());
    }

    @ParameterizedTest
    @ValueSource(strings = {"RCPT TO:<a\r\nRSET>", "RCPT TO:<a\0>", "RCPT TO:<\u0085>", "RCPT TO:<\ud800>", "\t"})
    void utf8Command_takesNoControls(String command) {
        assertEquals(
                Kind.INVALID,
                assertThrows(MailException.class, () -> CommandLine.ofUtf8(command))
                        .kind());
    }

    @Test
    void deliveryNotices_areAskedFor() {
        DeliveryNotices notices =
                DeliveryNotices.on(Event.FAILURE).withWholeMessage().envelopeId("a+b=c");
        SmtpSettings settings = SmtpSettings.builder().user("ada", "secret").build();
        Talk talk = new Talk(settings, SmtpFaultPlan.seeded(1), Credentials.password("ada", "secret"), notices).login();
        talk.send(Messages.to("bob@example.org"));

        assertEquals("FULL", talk.mailroom.messages().get(0).envelope().returned());
        assertEquals("a+2Bb+3Dc", talk.mailroom.messages().get(0).envelope().envelopeId());
        assertTrue(talk.written().contains("RCPT TO:<bob@example.org> NOTIFY=FAILURE\r\n"));
    }

    @Test
    void contentThatChanges_isNotSent() {
        for (SmtpExtension[] without : new SmtpExtension[][] {{SmtpExtension.CHUNKING}, {}}) {
            for (String later : List.of("other", "longer than it was", "")) {
                Talk talk = talk(without);
                PreparedMessage message = PreparedMessage.read(changing(HEAD + "\r\nfirst", HEAD + "\r\n" + later));
                MailException failure = assertThrows(MailException.class, () -> talk.send(message));

                assertEquals(Kind.STORAGE, failure.kind());
                assertEquals(false, failure.effect().orElseThrow());
                assertEquals(List.of(), talk.mailroom.messages());
            }
        }
    }

    @Test
    void leaving_comesLast_andCanForbidIt() {
        for (SmtpExtension[] without : new SmtpExtension[][] {{SmtpExtension.CHUNKING}, {}}) {
            Talk talk = talk(without);
            PreparedMessage message = Messages.to("bob@example.org");
            List<String> said = new ArrayList<>();
            MailException cancelled = MailException.of(Kind.CANCELLED, "not any more");
            MailException failure = assertThrows(
                    MailException.class,
                    () -> talk.send(message, new Submission(message.content(), () -> {
                        said.add(talk.written());
                        throw cancelled;
                    })));

            assertEquals(cancelled, failure);
            assertEquals(1, said.size());
            assertEquals(said.get(0), talk.written());
            assertTrue(said.get(0).endsWith(without.length > 0 ? "three\r\n" : "three\r"));
            assertEquals(List.of(), talk.mailroom.messages());
        }
    }

    private static RawContent changing(String first, String later) {
        AtomicInteger opened = new AtomicInteger();
        return new RawContent() {
            @Override
            public long size() {
                return first.length();
            }

            @Override
            public InputStream open() {
                String text = opened.getAndIncrement() == 0 ? first : later;
                return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
            }
        };
    }

    private static String normal(String text) {
        return text.replaceAll("\r\n|\r|\n", "\r\n");
    }

    private static String text(SmtpMessage message) {
        return new String(message.octets(), StandardCharsets.ISO_8859_1);
    }

    private static Talk talk(SmtpExtension... without) {
        SmtpSettings settings =
                SmtpSettings.builder().user("ada", "secret").without(without).build();
        return new Talk(settings, SmtpFaultPlan.seeded(1), Credentials.password("ada", "secret")).login();
    }
}
