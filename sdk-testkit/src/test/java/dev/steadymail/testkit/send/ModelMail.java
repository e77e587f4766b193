package dev.steadymail.testkit.send;

import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Envelope;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.OutgoingEmail;
import dev.steadymail.mail.Role;
import dev.steadymail.mail.SendResult;
import dev.steadymail.mime.write.MessageWriter;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.EmailPage;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.MessageHeader;
import dev.steadymail.provider.Submission;
import dev.steadymail.query.EmailQuery;
import dev.steadymail.query.EmailQuery.TextField;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A provider that does with each send what it is told to, keeps what it took, and shows it among the sent mail from when on it is told
 * to. Only what an outbox needs works. Not thread-safe.
 */
final class ModelMail {
    /** Does something with a message. */
    interface Behaviour {
        SendResult send(Submission submission);
    }

    private record Kept(Email email, Instant visibleAt) {}

    private static final MailboxId SENT = new MailboxId("sent");

    private final Supplier<Instant> clock;
    private final MessageWriter writer;
    private final List<Kept> kept = new ArrayList<>();
    private final Map<String, Integer> accepted = new HashMap<>();
    private final Deque<Behaviour> next = new ArrayDeque<>();
    private final Deque<RuntimeException> failingLooks = new ArrayDeque<>();
    private Behaviour usual = submission -> take(submission, Instant.MIN, false);
    private final Map<String, Instant> lastLooks = new HashMap<>();
    private int sends;
    private int looks;

    ModelMail(Supplier<Instant> clock) {
        this.clock = clock;
        this.writer = MessageWriter.create(clock::get).keepingBcc();
    }

    /** Returns it as outboxes know it. */
    MailProvider provider() {
        return (MailProvider) Proxy.newProxyInstance(
                ModelMail.class.getClassLoader(), new Class<?>[] {MailProvider.class}, (proxy, method, arguments) -> {
                    return switch (method.getName()) {
                        case "compose" -> writer.compose((OutgoingEmail) arguments[0]);
                        case "send" -> send((Submission) arguments[0], (Call) arguments[1]);
                        case "mailboxes" -> List.of(sentMailbox());
                        case "query" -> query((EmailQuery) arguments[0]);
                        default -> throw new UnsupportedOperationException(method.getName());
                    };
                });
    }

    private static Mailbox sentMailbox() {
        return new Mailbox(SENT, List.of("Sent"), Role.SENT, true);
    }

    void next(Behaviour behaviour) {
        next.add(behaviour);
    }

    void always(Behaviour behaviour) {
        usual = behaviour;
    }

    void failLook(RuntimeException failure) {
        failingLooks.add(failure);
    }

    int sends() {
        return sends;
    }

    int looks() {
        return looks;
    }

    int accepted(String messageId) {
        return accepted.getOrDefault(messageId, 0);
    }

    /** Returns when an answer was given last to who looked for a Message-ID. */
    Instant lastLook(String messageId) {
        return lastLooks.getOrDefault("<" + messageId + ">", Instant.MIN);
    }

    private SendResult send(Submission submission, Call call) {
        sends++;
        if (call.deadline().hasPassed()) {
            throw new AssertionError("a send was begun that has no time");
        }
        Behaviour behaviour = next.isEmpty() ? usual : next.remove();
        return behaviour.send(submission);
    }

    /** Takes a message, as a provider does that answers. */
    SendResult take(Submission submission, Instant visibleAt, boolean renamed) {
        submission.leaving();
        return new SendResult.Sent(accept(submission, visibleAt, renamed), null);
    }

    /**
     * Takes a message without an answer.
     *
     * @param visibleAt from when on it is among the sent mail; MAX for never
     * @param renamed whether it has another Message-ID there
     */
    EmailId accept(Submission submission, Instant visibleAt, boolean renamed) {
        MessageHeader header = MessageHeader.of(submission.content());
        String messageId = header.first("Message-ID").orElseThrow().replaceAll("[<>]", "");
        accepted.merge(messageId, 1, Integer::sum);
        EmailId id = new EmailId("e" + kept.size());
        Envelope envelope = new Envelope(
                header.first("Subject").orElse(""),
                List.of(),
                List.of(),
                List.of(),
                addresses(header, "To"),
                addresses(header, "Cc"),
                addresses(header, "Bcc"),
                renamed ? "<other" + kept.size() + "@example.net>" : "<" + messageId + ">",
                null,
                header.first("Date")
                        .map(date -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from))
                        .orElse(null));
        kept.add(new Kept(
                new Email(id, null, null, Set.of(SENT), Set.of(), clock.get(), 100, envelope, null), visibleAt));
        return id;
    }

    private static List<EmailAddress> addresses(MessageHeader header, String field) {
        return header.first(field).stream()
                .flatMap(value -> Stream.of(value.split(",")))
                .map(address -> new EmailAddress(
                        null, address.replaceAll("^.*<|>.*$", "").strip()))
                .toList();
    }

    private EmailPage query(EmailQuery query) {
        looks++;
        if (!failingLooks.isEmpty()) {
            throw failingLooks.remove();
        }
        if (!SENT.equals(query.filter().mailbox())) {
            throw new AssertionError("it was looked for elsewhere than among the sent mail");
        }
        Instant now = clock.get();
        query.filter().texts().forEach(text -> lastLooks.merge(text.text(), now, (a, b) -> a.isAfter(b) ? a : b));
        List<Email> found = kept.stream()
                .filter(each -> !each.visibleAt.isAfter(now))
                .map(Kept::email)
                .filter(email -> isMatch(email, query))
                .sorted((a, b) -> b.receivedAt().compareTo(a.receivedAt()))
                .limit(query.limit())
                .toList();
        return new EmailPage(found, null);
    }

    private static boolean isMatch(Email email, EmailQuery query) {
        Instant since = query.filter().since();
        return (since == null || !email.receivedAt().isBefore(since))
                && query.filter().texts().stream()
                        .allMatch(text -> text.field() == TextField.MESSAGE_ID && hasId(email.envelope(), text.text()));
    }

    private static boolean hasId(@Nullable Envelope envelope, String messageId) {
        return envelope != null && messageId.equals(envelope.messageId());
    }
}
