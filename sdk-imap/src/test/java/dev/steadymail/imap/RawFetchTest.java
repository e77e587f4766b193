package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.imap.codec.UidSet;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.provider.RawVisitor;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How many commands raw messages are asked for with, and how much each may bring. */
class RawFetchTest {
    private static final int MANY = 2_000;

    private final List<Long> lengths = new ArrayList<>();

    @Test
    void quickServer_isAskedForMoreAtOnce() {
        List<String> bodies = bodies(MANY, ImapSettings.DEFAULT, command -> answers(command, 10));
        assertEquals(MANY, lengths.size());
        assertEquals("1:100", bodies.get(0));
        assertTrue(bodies.size() < MANY / 100, () -> bodies + " were asked for");
    }

    @Test
    void messagesOfOneCommand_mayBeMoreThanOneMayHold() {
        ImapSettings settings = ImapSettings.DEFAULT.bodyBatchBytes(64 << 20);
        assertEquals(List.of("1:12"), bodies(12, settings, command -> answers(command, 1 << 20)));
        assertEquals(LongStream.generate(() -> 1 << 20).limit(12).boxed().toList(), lengths);
    }

    @Test
    void messageLongerThanStated_isReadAllTheSame() {
        int longer = 9 << 20;
        List<String> bodies = bodies(3, ImapSettings.DEFAULT, command -> {
            int from = command.indexOf('<') < 0
                    ? 0
                    : Integer.parseInt(
                            command.substring(command.indexOf('<') + 1, command.indexOf('.', command.indexOf('<'))));
            return command.startsWith("2 ") && command.contains("<")
                    ? piece(command, from, longer)
                    : answers(command, 10, longer);
        });
        assertEquals("1:3", bodies.get(0));
        assertEquals(List.of(10L, 10L, (long) longer), lengths.stream().sorted().toList());
    }

    /** Reads all messages of a mailbox and returns the sets of the commands that asked for content. */
    private List<String> bodies(int emails, ImapSettings settings, UnaryOperator<String> fetch) {
        try (ScriptedServer server = ScriptedServer.inbox(emails, fetch);
                MailRuntime runtime = MailRuntime.create();
                MailClient client = runtime.open(
                        LocalServers.plain(server.port(), "ada", "secret").settings(settings))) {
            client.emails()
                    .raw(
                            LongStream.rangeClosed(1, emails)
                                    .mapToObj(uid -> ImapEmailId.of(7, uid, "INBOX"))
                                    .toList(),
                            new Lengths());
            return server.log().stream()
                    .filter(command -> command.contains("BODY.PEEK[]"))
                    .map(command -> command.split(" ", 4)[2])
                    .toList();
        }
    }

    private static String answers(String command, int length) {
        return answers(command, length, length);
    }

    /** Answers for every UID of the set; the second message may be longer than it is said to be. */
    private static String answers(String command, int length, int second) {
        UidSet set = UidSet.parse(command.substring(0, command.indexOf(' ')));
        StringBuilder answer = new StringBuilder();
        for (long uid = 1; uid <= MANY; uid++) {
            if (set.contains(uid)) {
                answer.append("* ").append(uid).append(" FETCH (UID ").append(uid);
                answer.append(" FLAGS () INTERNALDATE \"01-Jan-2026 12:00:00 +0000\" RFC822.SIZE ")
                        .append(length);
                if (command.contains("BODY")) {
                    int octets = uid == 2 ? second : length;
                    answer.append(" BODY[] {").append(octets).append("}\r\n").append("x".repeat(octets));
                }
                answer.append(")\r\n");
            }
        }
        return answer.toString();
    }

    private static String piece(String command, int from, int all) {
        int size = Integer.parseInt(command.replaceAll(".*\\.(\\d+)>.*", "$1"));
        int octets = Math.max(0, Math.min(size, all - from));
        return "* 2 FETCH (UID 2 FLAGS () BODY[]<" + from + "> {" + octets + "}\r\n" + "x".repeat(octets) + ")\r\n";
    }

    private final class Lengths implements RawVisitor {
        @Override
        public void message(Email email, InputStream content) throws IOException {
            lengths.add((long) content.readAllBytes().length);
        }

        @Override
        public void unreadable(EmailId id, MailException reason) {
            throw reason;
        }
    }
}
