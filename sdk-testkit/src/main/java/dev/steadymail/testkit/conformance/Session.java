package dev.steadymail.testkit.conformance;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.mail.Capability;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Envelope;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.query.EmailQuery;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.function.Executable;

/** One test's fixture, runtime and client, in the words that the tests use. */
final class Session implements AutoCloseable {
    static final String INBOX = "INBOX";

    private static final RetryPolicy QUICK = new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(10));
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);

    private final MailFixture fixture;
    private final MailRuntime runtime;
    private final MailClient client;

    Session(MailFixture fixture) {
        this.fixture = fixture;
        this.runtime = MailRuntime.builder()
                .retryPolicy(QUICK)
                .callTimeout(CALL_TIMEOUT)
                .build();
        this.client = runtime.open(fixture.account());
    }

    MailFixture fixture() {
        return fixture;
    }

    MailRuntime runtime() {
        return runtime;
    }

    MailClient client() {
        return client;
    }

    Backdoor backdoor() {
        return fixture.backdoor();
    }

    /** Skips the test under the capability's name where it is not declared. */
    void needs(Capability capability) {
        assumeTrue(fixture.declares().contains(capability), () -> "not declared: " + capability);
    }

    /** Skips the test where the capability is declared. */
    void lacks(Capability capability) {
        assumeFalse(fixture.declares().contains(capability), () -> "declared: " + capability);
    }

    void deliver(SampleMail mail, String mailbox, Keyword... keywords) {
        backdoor().deliver(mailbox, mail.bytes(), Set.of(keywords), mail.date());
    }

    /** Delivers to the inbox and returns the email as the client sees it. */
    EmailId delivered(SampleMail mail) {
        deliver(mail, INBOX);
        return find(mail).id();
    }

    /** Delivers {@code count} emails to the inbox, a minute apart, the oldest first; keys are {@code m1} and so on. */
    void deliverMany(int count) {
        for (int i = 1; i <= count; i++) {
            deliver(SampleMail.named("m" + i).at(SampleMail.NOON.plusSeconds(60L * i)), INBOX);
        }
    }

    MailboxId mailbox(String name) {
        return client.mailboxes()
                .find(name)
                .orElseThrow(() -> new AssertionError("no mailbox is called " + name))
                .id();
    }

    String mailboxName(MailboxId id) {
        return client.mailboxes().list().stream()
                .filter(mailbox -> mailbox.id().equals(id))
                .findFirst()
                .map(Mailbox::fullName)
                .orElseThrow(() -> new AssertionError("an email is in a mailbox that is not listed"));
    }

    List<Email> list(EmailQuery query) {
        return StreamSupport.stream(client.emails().query(query).spliterator(), false)
                .toList();
    }

    List<String> keys(EmailQuery query) {
        return keys(list(query));
    }

    List<String> keysIn(String mailbox) {
        return keys(EmailQuery.in(mailbox(mailbox)));
    }

    static List<String> keys(Collection<Email> emails) {
        return emails.stream().map(Session::key).toList();
    }

    /** Returns the key of the sample that an email was made from. */
    static String key(Email email) {
        Envelope envelope = email.envelope();
        String messageId = envelope == null ? null : envelope.messageId();
        return messageId == null ? "none" : messageId.substring(1, messageId.indexOf('@'));
    }

    /** Finds the email of a sample by walking through all mailboxes, since search is what some tests test. */
    Email find(SampleMail mail) {
        return everything().stream()
                .filter(email -> key(email).equals(mail.key()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no mailbox holds sample " + mail.key()));
    }

    Email state(EmailId id) {
        return client.emails().get(id, FetchLevel.STATE);
    }

    /** Returns the emails of all mailboxes, each once. */
    Collection<Email> everything() {
        Map<EmailId, Email> emails = new LinkedHashMap<>();
        client.mailboxes().list().stream()
                .filter(Mailbox::selectable)
                .flatMap(mailbox -> list(EmailQuery.in(mailbox.id())).stream())
                .forEach(email -> emails.put(email.id(), email));
        return emails.values();
    }

    /** Asks the provider itself, for what clients do not have. */
    <T> T asking(BiFunction<MailProvider, Call, T> question) {
        OpenedProvider opened = new OpenedProvider(fixture.account());
        MailClient opening = runtime.open(opened);
        try (opening) {
            return question.apply(opened.provider(), new Call(runtime.time().deadline(CALL_TIMEOUT)));
        }
    }

    /** Runs what must fail with one of these kinds. */
    static MailException fails(Set<Kind> kinds, Executable action) {
        MailException failure = assertThrows(MailException.class, action);
        assertTrue(kinds.contains(failure.kind()), () -> "expected " + kinds + " but was " + failure.kind());
        return failure;
    }

    static MailException fails(Kind kind, Executable action) {
        return fails(Set.of(kind), action);
    }

    @Override
    public void close() {
        runtime.close();
        fixture.close();
    }
}
