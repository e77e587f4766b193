package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.imap.codec.UidSet;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.RawVisitor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** One message that a server cannot deliver, or not in a readable way, harms no other one. */
class ImapPoisonTest {
    private static final long POISON = 3;
    private static final String DATE = "INTERNALDATE \"01-Jan-2026 12:00:00 +0000\"";

    private final Seen seen = new Seen();

    @Test
    void noForOneOfABatch_tellsThatOneOnly() {
        read(command ->
                names(command, POISON) && command.contains("BODY") ? "NO some could not be fetched" : answers(command));
        assertOnlyPoisonMissing();
    }

    @Test
    void badForOneOfABatch_tellsThatOneOnly() {
        read(command -> names(command, POISON) && command.contains("BODY") ? "BAD parse error" : answers(command));
        assertOnlyPoisonMissing();
    }

    @Test
    void responseThatCannotBeParsed_tellsThatOneOnly() {
        read(command -> answers(command, "* 3 FETCH (UID 3 FLAGS (\\Seen BODY[] {\r\n"));
        assertOnlyPoisonMissing();
    }

    @Test
    void nilInsteadOfTheBody_tellsThatOneOnly() {
        read(command -> answers(command, "* 3 FETCH (UID 3 FLAGS () " + DATE + " RFC822.SIZE 9 BODY[] NIL)\r\n"));
        assertOnlyPoisonMissing();
    }

    @Test
    void flagsWithoutTheBody_tellsThatOneOnly() {
        read(command -> answers(command, "* 3 FETCH (UID 3 FLAGS (\\Seen))\r\n"));
        assertOnlyPoisonMissing();
    }

    @Test
    void literalOfTwoGigabytes_isRefusedUnread() {
        read(command -> answers(command, "* 3 FETCH (UID 3 FLAGS () RFC822.SIZE 9 BODY[] {2147483647}\r\nx!"));
        assertOnlyPoisonMissing();
        assertEquals(Kind.TOO_LARGE, seen.unreadable.get(POISON).kind());
    }

    @Test
    void messageThatIsGone_isLeftOut() {
        read(command -> answers(command, ""));
        assertEquals(List.of(1L, 2L, 4L, 5L), List.copyOf(seen.contents.keySet()));
        assertTrue(seen.unreadable.isEmpty());
    }

    @Test
    void envelopeThatCannotBeParsed_isReadFromTheHeader() {
        String header = "Subject: hello\r\n\r\n";
        List<Email> emails = get(command -> {
            if (!names(command, POISON)) {
                return answers(command);
            }
            return command.contains("ENVELOPE")
                    ? "* 3 FETCH (UID 3 FLAGS () RFC822.SIZE 9 ENVELOPE (\"x\" ((\r\n"
                    : "* 3 FETCH (UID 3 FLAGS () RFC822.SIZE 9 " + DATE + " BODY[HEADER] {" + header.length() + "}\r\n"
                            + header + ")\r\n";
        });
        assertEquals("hello", emails.get(0).subject());
    }

    @Test
    void stateThatCannotBeTold_isAnErrorAndNotGone() {
        MailException failure = assertThrows(MailException.class, () -> get(command -> "NO it is broken"));
        assertEquals(Kind.PROTOCOL, failure.kind());
    }

    @Test
    void fullDisk_keepsItsReason() {
        RawVisitor full = new Seen() {
            @Override
            public void message(Email email, InputStream content) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        MailException failure = assertThrows(MailException.class, () -> read(ImapPoisonTest::answers, full));
        assertEquals(Kind.STORAGE, failure.kind());
        assertTrue(String.valueOf(failure.getMessage()).contains("No space left on device"));
    }

    @Test
    void mailboxThatIsNotOpenedForNoReason_isAskedOnce() {
        try (ScriptedServer server = new ScriptedServer(
                        "* OK [CAPABILITY IMAP4rev1] ready",
                        command -> command.startsWith("EXAMINE") ? "NO cannot open it" : "");
                MailRuntime runtime = runtime();
                MailClient client = runtime.open(LocalServers.plain(server.port(), "ada", "secret"))) {
            MailException failure =
                    assertThrows(MailException.class, () -> client.emails().get(ids(1), FetchLevel.STATE));
            assertEquals(1, failure.attempts());
            assertFalse(failure.isRetryable());
        }
    }

    private void assertOnlyPoisonMissing() {
        assertEquals(List.of(1L, 2L, 4L, 5L), List.copyOf(seen.contents.keySet()));
        seen.contents.forEach((uid, content) -> assertEquals(body(uid), content));
        assertEquals(List.of(POISON), List.copyOf(seen.unreadable.keySet()));
    }

    private void read(UnaryOperator<String> fetch) {
        read(fetch, seen);
    }

    private static void read(UnaryOperator<String> fetch, RawVisitor visitor) {
        try (ScriptedServer server = ScriptedServer.inbox(5, fetch);
                MailRuntime runtime = runtime();
                MailClient client = runtime.open(LocalServers.plain(server.port(), "ada", "secret"))) {
            client.emails().raw(ids(1, 2, 3, 4, 5), visitor);
        }
    }

    private static List<Email> get(UnaryOperator<String> fetch) {
        try (ScriptedServer server = ScriptedServer.inbox(5, fetch);
                MailRuntime runtime = runtime();
                MailClient client = runtime.open(LocalServers.plain(server.port(), "ada", "secret"))) {
            return client.emails().get(ids(POISON), FetchLevel.METADATA);
        }
    }

    private static MailRuntime runtime() {
        return MailRuntime.builder()
                .retryPolicy(new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(1)))
                .build();
    }

    private static List<EmailId> ids(long... uids) {
        return LongStream.of(uids)
                .mapToObj(uid -> ImapEmailId.of(7, uid, "INBOX"))
                .toList();
    }

    private static boolean names(String command, long uid) {
        String set = command.substring(0, command.indexOf(' '));
        return UidSet.parse(set).contains(uid);
    }

    private static String answers(String command) {
        return answers(command, response(POISON, command));
    }

    /** Answers for every UID asked for, for the poisoned one as told. */
    private static String answers(String command, String poisoned) {
        StringBuilder answer = new StringBuilder();
        for (long uid = 1; uid <= 5; uid++) {
            if (names(command, uid)) {
                answer.append(uid == POISON && command.contains("BODY") ? poisoned : response(uid, command));
            }
        }
        return answer.toString();
    }

    private static String response(long uid, String command) {
        String state = "* " + uid + " FETCH (UID " + uid + " FLAGS () " + DATE + " RFC822.SIZE "
                + body(uid).length();
        return command.contains("BODY")
                ? state + " BODY[] {" + body(uid).length() + "}\r\n" + body(uid) + ")\r\n"
                : state + ")\r\n";
    }

    private static String body(long uid) {
        return "Subject: " + uid + "\r\n\r\n" + "x".repeat((int) uid);
    }

    private static class Seen implements RawVisitor {
        final Map<Long, String> contents = new TreeMap<>();
        final Map<Long, MailException> unreadable = new TreeMap<>();

        @Override
        public void message(Email email, InputStream content) throws IOException {
            contents.put(uid(email.id()), new String(content.readAllBytes(), StandardCharsets.US_ASCII));
        }

        @Override
        public void unreadable(EmailId id, MailException reason) {
            unreadable.put(uid(id), reason);
        }

        private static long uid(EmailId id) {
            return new ArrayList<>(ImapEmailId.byPlace(List.of(id)).values())
                    .get(0)
                    .get(0);
        }
    }
}
