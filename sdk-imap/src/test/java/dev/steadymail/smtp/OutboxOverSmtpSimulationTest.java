package dev.steadymail.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.auth.Credentials;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Envelope;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.OutgoingEmail;
import dev.steadymail.mail.RefusedRecipient;
import dev.steadymail.mail.Role;
import dev.steadymail.mail.SendResult;
import dev.steadymail.mail.SendResult.Sent;
import dev.steadymail.mime.write.MessageWriter;
import dev.steadymail.provider.EmailPage;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.MessageHeader;
import dev.steadymail.provider.Submission;
import dev.steadymail.query.EmailQuery;
import dev.steadymail.send.MemoryOutboxStore;
import dev.steadymail.send.Outbox;
import dev.steadymail.send.OutboxEntry;
import dev.steadymail.send.OutboxOptions;
import dev.steadymail.send.OutboxState;
import dev.steadymail.send.OutboxStore;
import dev.steadymail.testkit.simulation.Simulation;
import dev.steadymail.testkit.smtp.SmtpFaultPlan;
import dev.steadymail.testkit.smtp.SmtpMailroom;
import dev.steadymail.testkit.smtp.SmtpSettings;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Outboxes that send by the real dialogue to the testkit's session, each in a world of its own: the connection is lost behind any octet of
 * either direction, the server refuses, falls silent or goes away at any command, before and after it took the message, the process dies
 * around every write of the store and around the octet that matters, and before its copy is among the sent mail. No message may be
 * accepted twice, and what an outbox says of a message must be true. {@code -Dsteadymail.runs} plays more worlds, {@code
 * -Dsteadymail.seed} one.
 */
@Timeout(7_200)
class OutboxOverSmtpSimulationTest {
    private static final int WORLDS = 300;
    private static final int MESSAGES = 4;
    /** More octets than one direction of a dialogue has. */
    private static final int OCTETS = 1_600;

    private static final String FAULTS =
            "greeting:421:0.02; greeting:cut:0.01; ehlo:421:0.02; ehlo:silence:0.01; auth:454:0.02;"
                    + " auth:cut:0.01; mail:451:0.02; mail:421:0.01; mail:552:0.01; rcpt:450:0.03; rcpt:550:0.03; rcpt:cut:0.01;"
                    + " data:451:0.02; data:554:0.01; data:silence:0.01; content:cut-within@600:0.05; content:silence:0.01; bdat:452:0.02;"
                    + " bdat:cut:0.01; end_of_data:451:0.05; end_of_data:554:0.02; end_of_data:421:0.02; end_of_data:cut:0.04;"
                    + " end_of_data:silence:0.02; accepted:cut:0.06; accepted:silence:0.06;"
                    + " accepted:endless-line@5000:0.01; accepted:octet-by-octet:0.02; accepted:answer-then-close:0.02";

    @Test
    void message_isNeverAcceptedTwice_andItsStateIsTrue() {
        Map<String, Long> ended = new TreeMap<>();
        Map<String, Long> faults = new TreeMap<>();
        Simulation.explore(WORLDS, simulation -> {
            World world = new World(simulation);
            world.play();
            world.check(ended);
            world.plan
                    .acted()
                    .forEach((fault, count) -> faults.merge(
                            fault.stage() + " " + fault.trouble().getClass().getSimpleName(), count, Long::sum));
            simulation.faults().forEach((point, count) -> faults.merge(point, count, Long::sum));
        });
        System.out.println("messages that ended as: " + ended);
        System.out.println("faults that happened: " + faults);
        if (Long.getLong("steadymail.seed") == null) {
            assertTrue(ended.keySet().containsAll(Set.of("SENT", "REFUSED")), ended::toString);
            assertTrue(faults.keySet().stream().anyMatch(each -> each.startsWith("ACCEPTED")), faults::toString);
        }
    }

    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;

        Crash() {
            super("crashed", null, false, false);
        }
    }

    private static final class World {
        private static final MailboxId SENT = new MailboxId("Sent");

        private final Simulation simulation;
        private final RandomGenerator choices;
        private final SmtpFaultPlan plan;
        private final SmtpMailroom mailroom = new SmtpMailroom();
        private final MemoryOutboxStore disk = new MemoryOutboxStore();
        private final Set<String> copies = new TreeSet<>();
        private final MessageWriter writer;
        private final SmtpSettings server;
        private double often = 0.08;
        private @Nullable Outbox outbox;

        World(Simulation simulation) {
            this.simulation = simulation;
            this.choices = simulation.choices("world");
            this.plan = new SmtpFaultPlan(simulation.choices("smtp.faults")).addAll(FAULTS);
            this.writer = MessageWriter.create(simulation::now).keepingBcc();
            this.server = SmtpSettings.builder().user("ada", "secret").build();
        }

        void play() {
            for (int i = 0; i < MESSAGES; i++) {
                enqueue("k" + i);
                go(Duration.ofSeconds(choices.nextInt(90)));
            }
            go(Duration.ofHours(3));
            often = 0;
            plan.clear();
            go(Duration.ofDays(3));
        }

        private void enqueue(String key) {
            while (true) {
                try {
                    open().enqueue(email(key), key, simulation.now());
                    return;
                } catch (Crash crash) {
                    die();
                }
            }
        }

        private static OutgoingEmail email(String key) {
            return OutgoingEmail.from(new EmailAddress(null, "ada@example.com"))
                    .to(new EmailAddress(null, key + "@example.com"))
                    .bcc(new EmailAddress(null, "hidden@example.com"))
                    .subject("About " + key)
                    .text(".\r\n..\r\n.\r\nHello");
        }

        private Outbox open() {
            if (outbox == null) {
                outbox = new Outbox(
                        provider(),
                        simulation.time(),
                        Runnable::run,
                        Duration.ofSeconds(10),
                        store(),
                        OutboxOptions.DEFAULT);
            }
            return outbox;
        }

        private void die() {
            if (outbox != null) {
                outbox.close();
                outbox = null;
            }
        }

        private void go(Duration step) {
            Duration end = simulation.elapsed().plus(step);
            while (simulation.elapsed().compareTo(end) < 0) {
                try {
                    var unused = open();
                    simulation.run(end.minus(simulation.elapsed()));
                } catch (Crash crash) {
                    die();
                }
            }
        }

        private OutboxStore store() {
            return (OutboxStore) Proxy.newProxyInstance(
                    World.class.getClassLoader(), new Class<?>[] {OutboxStore.class}, (proxy, method, arguments) -> {
                        boolean writes = Set.of("add", "replace").contains(method.getName());
                        crash(writes, "before.writing");
                        try {
                            return method.invoke(disk, arguments);
                        } catch (InvocationTargetException failure) {
                            throw failure.getCause();
                        } finally {
                            crash(writes, "after.writing");
                        }
                    });
        }

        private void crash(boolean possible, String where) {
            if (possible && simulation.happens("crash." + where, often / 2)) {
                throw new Crash();
            }
        }

        private MailProvider provider() {
            return (MailProvider) Proxy.newProxyInstance(
                    World.class.getClassLoader(),
                    new Class<?>[] {MailProvider.class},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "compose" -> writer.compose((OutgoingEmail) arguments[0]);
                        case "send" -> SendResult.of(() -> send((Submission) arguments[0]));
                        case "mailboxes" -> List.of(new Mailbox(SENT, List.of("Sent"), Role.SENT, true));
                        case "query" -> query((EmailQuery) arguments[0]);
                        default -> throw new UnsupportedOperationException(method.getName());
                    });
        }

        private Sent send(Submission submission) {
            PreparedMessage message = PreparedMessage.read(submission.content());
            Talk talk = new Talk(server, plan, Credentials.password("ada", "secret"), null, mailroom);
            if (simulation.happens("cut.to.server", often)) {
                talk.cutToServer(choices.nextInt(OCTETS));
            }
            if (simulation.happens("cut.to.client", often)) {
                talk.cutToClient(choices.nextInt(OCTETS));
            }
            if (simulation.happens("pieces", 0.1)) {
                talk.inPieces(1 + choices.nextInt(20));
            }
            crash(true, "before.dialogue");
            List<RefusedRecipient> refused = talk.login().send(message, new Submission(submission.content(), () -> {
                crash(true, "before.leaving");
                submission.leaving();
                crash(true, "after.leaving");
            }));
            crash(true, "before.acceptance.is.told");
            submission.accepted(refused);
            crash(true, "before.the.copy");
            if (!simulation.happens("copy.fails", often)) {
                copies.add(messageId(submission));
            }
            crash(true, "after.the.copy");
            return new Sent(null, null, refused);
        }

        private static String messageId(Submission submission) {
            return MessageHeader.of(submission.content())
                    .first("Message-ID")
                    .orElseThrow()
                    .replaceAll("[<>]", "");
        }

        private EmailPage query(EmailQuery query) {
            if (simulation.happens("look.fails", often)) {
                throw MailException.of(Kind.NETWORK, "cut");
            }
            List<Email> found = query.filter().texts().stream()
                    .map(text -> text.text().replaceAll("[<>]", ""))
                    .filter(copies::contains)
                    .map(this::copy)
                    .toList();
            return new EmailPage(found, null);
        }

        private Email copy(String messageId) {
            Envelope envelope = new Envelope(
                    "",
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    "<" + messageId + ">",
                    null,
                    null);
            return new Email(
                    new EmailId("e"), null, null, Set.of(SENT), Set.of(), simulation.now(), 100, envelope, null);
        }

        void check(Map<String, Long> ended) {
            assertEquals(
                    0, mailroom.violationCount(), () -> mailroom.violations().toString());
            Map<String, Integer> accepted = new TreeMap<>();
            mailroom.messages()
                    .forEach(message -> accepted.merge(message.messageId().replaceAll("[<>]", ""), 1, Integer::sum));
            for (int i = 0; i < MESSAGES; i++) {
                OutboxEntry entry = disk.find("k" + i).orElseThrow(() -> new AssertionError("a message is lost"));
                int count = accepted.getOrDefault(entry.message().messageId(), 0);
                assertTrue(entry.isSettled(), () -> "left over: " + entry);
                assertTrue(count <= 1, () -> count + " copies: " + entry);
                switch (entry.state()) {
                    case SENT, SENT_BEFORE -> assertEquals(1, count, entry::toString);
                    case REFUSED -> assertEquals(0, count, entry::toString);
                    default -> assertEquals(OutboxState.UNKNOWN, entry.state());
                }
                String end = entry.state() == OutboxState.UNKNOWN
                        ? "UNKNOWN, " + (count == 1 ? "was sent" : "was not sent")
                        : entry.state().name();
                ended.merge(end, 1L, Long::sum);
            }
        }
    }
}
