package dev.steadymail.server.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.BodyPart;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.Envelope;
import dev.steadymail.mail.Mailbox;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was meant arrives: each letter is compared with what the SDK reads of it. */
class DemoMailTest {
    private static final Instant FIRST_START = Instant.parse("2026-05-04T09:30:00Z");

    private static DemoMailbox mailbox;
    private static MailboxReading reading;
    private static final Map<Letter, Email> EMAILS = new HashMap<>();

    @BeforeAll
    static void readAll(@TempDir Path folder) {
        mailbox = DemoMailbox.start(folder, InstantSource.fixed(FIRST_START));
        reading = MailboxReading.of(mailbox);
        Map<String, Email> byMessageId = reading.emails().stream()
                .collect(
                        Collectors.toMap(email -> String.valueOf(envelope(email).messageId()), email -> email));
        for (Letter letter : Correspondence.load()) {
            Email email = byMessageId.remove(MimeMessage.messageId(letter.id()));
            assertNotNull(email, letter.id());
            EMAILS.put(letter, email);
        }
        assertEquals(Map.of(), byMessageId);
    }

    @AfterAll
    static void close() {
        EMAILS.clear();
        reading.close();
        mailbox.close();
    }

    private static Envelope envelope(Email email) {
        Envelope envelope = email.envelope();
        assertNotNull(envelope);
        return envelope;
    }

    private static BodyPart body(Email email) {
        BodyPart body = email.body();
        assertNotNull(body);
        return body;
    }

    @Test
    void envelopes_decodeToWhatWasMeant() {
        EMAILS.forEach((letter, email) -> {
            assertEquals(letter.wording().subject(), email.subject());
            assertEquals(
                    named(List.of(letter.from())), addressed(envelope(email).from()), letter.id());
            assertEquals(named(letter.to()), addressed(envelope(email).to()), letter.id());
            assertEquals(named(letter.cc()), addressed(envelope(email).cc()), letter.id());
            assertEquals(letter.sentAt(FIRST_START).toInstant(), envelope(email).sentAt(), letter.id());
            assertEquals(letter.sentAt(FIRST_START).toInstant(), email.receivedAt(), letter.id());
        });
    }

    private static List<String> named(List<Person> people) {
        return people.stream()
                .map(person -> person.name() + "|" + person.address())
                .toList();
    }

    private static List<String> addressed(List<EmailAddress> addresses) {
        return addresses.stream()
                .map(each -> each.name() + "|" + each.address())
                .toList();
    }

    @Test
    void texts_decodeToWhatWasMeant() {
        EMAILS.forEach((letter, email) -> {
            Letter.Wording wording = letter.wording();
            if (wording.form() != Letter.Form.HTML) {
                assertEquals(wording.text(), reading.text(email, first(email, "text/plain")), letter.id());
            }
            if (wording.form() != Letter.Form.PLAIN) {
                String html = HtmlText.of(wording.subject(), wording.text());
                assertEquals(html, reading.text(email, first(email, "text/html")), letter.id());
            }
        });
    }

    private static BodyPart first(Email email, String type) {
        return body(email)
                .walk()
                .filter(part -> part.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void attachments_arriveWithNameAndOctets() {
        EMAILS.forEach((letter, email) -> {
            assertEquals(letter.attachments().size(), email.attachments().size(), letter.id());
            for (int number = 0; number < letter.attachments().size(); number++) {
                Attachment sent = Attachment.of(letter.attachments().get(number), FIRST_START);
                BodyPart part = email.attachments().get(number);
                assertEquals(sent.name(), part.fileName());
                assertArrayEquals(sent.content(), reading.octets(email, part), sent.name());
            }
        });
        assertTrue(types().containsAll(
                        List.of("image/png", "application/pdf", "text/csv", "text/calendar", "text/plain")));
    }

    private static Set<String> types() {
        Stream<Email> emails = EMAILS.values().stream();
        return emails.flatMap(email -> email.attachments().stream())
                .map(BodyPart::type)
                .collect(Collectors.toSet());
    }

    @Test
    void invitations_areForTheDaysToCome() {
        String invitation = new String(Attachment.of("opening.ics", FIRST_START).content(), StandardCharsets.UTF_8);
        assertTrue(invitation.contains("\r\nDTSTART:20260507T100000Z\r\n"), invitation);
    }

    @Test
    void threads_connect() {
        Map<String, Email> byMessageId = EMAILS.values().stream()
                .collect(
                        Collectors.toMap(email -> String.valueOf(envelope(email).messageId()), email -> email));
        long answers = EMAILS.values().stream()
                .filter(email -> envelope(email).inReplyTo() != null)
                .peek(email -> {
                    Email answered = byMessageId.get(envelope(email).inReplyTo());
                    assertNotNull(answered, email.subject());
                    assertTrue(answered.receivedAt().isBefore(email.receivedAt()), email.subject());
                })
                .count();
        assertTrue(answers > 50, answers + " answers");
    }

    @Test
    void mailboxes_keywordsAndCharsetsVary() {
        assertEquals(
                List.of(
                        "INBOX",
                        "Archive",
                        "Drafts",
                        "Sent",
                        "Trash",
                        "Junk",
                        "Projects",
                        "Projects/Brücke",
                        "Projects/東京"),
                reading.mailboxes().stream().map(Mailbox::fullName).toList());
        Set<String> keywords = EMAILS.values().stream()
                .flatMap(email -> email.keywords().stream())
                .map(keyword -> keyword.value())
                .collect(Collectors.toSet());
        assertTrue(keywords.containsAll(Set.of("$seen", "$flagged", "$answered", "$draft", "$forwarded", "$junk")));
        Set<String> charsets = EMAILS.keySet().stream()
                .map(letter -> letter.wording().charset().name())
                .collect(Collectors.toSet());
        assertTrue(charsets.containsAll(
                Arrays.asList("ISO-2022-JP", "KOI8-R", "GB18030", "windows-1256", "ISO-8859-1", "UTF-8", "EUC-KR")));
        assertTrue(EMAILS.values().stream().anyMatch(email -> !email.isSeen()));
    }
}
