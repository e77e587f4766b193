package dev.steadymail.server.drafts;

import dev.steadymail.MailClient;
import dev.steadymail.accounts.AccountUrl;
import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.Envelope;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.OutgoingEmail;
import dev.steadymail.mail.OutgoingPart;
import dev.steadymail.mail.RawContent;
import dev.steadymail.server.accounts.AccountClients;
import dev.steadymail.server.accounts.ConnectedAccounts;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes emails of what people wrote, checked field by field. Thread-safe. */
@Component
public class Composer {
    private static final int MOST_ATTACHMENTS = 100;
    /** All together, decoded. */
    private static final long MOST_ATTACHED = 25 << 20;

    private final ConnectedAccounts accounts;
    private final AccountClients clients;
    private final AnsweredEmails answered;

    Composer(ConnectedAccounts accounts, AccountClients clients, AnsweredEmails answered) {
        this.accounts = accounts;
        this.clients = clients;
        this.answered = answered;
    }

    /**
     * Returns the email; asks the provider where it is an answer.
     *
     * @param kept gives the files of the draft that are to stay, by their part id
     * @throws WrongEmailException where a field cannot be written
     * @throws MailException where the email that is answered cannot be read
     */
    public OutgoingEmail compose(UUID account, Composition written, Function<String, OutgoingPart> kept) {
        OutgoingEmail email = named("from", () -> OutgoingEmail.from(author(account, written.from())));
        email = email.to(people("to", written.to()))
                .cc(people("cc", written.cc()))
                .bcc(people("bcc", written.bcc()))
                .subject(FieldCheck.line("subject", written.subject()));
        if (written.text() != null) {
            email = email.text(FieldCheck.text("text", written.text()));
        }
        if (written.html() != null) {
            email = email.html(FieldCheck.text("html", written.html()));
        }
        for (OutgoingPart part : parts(orNone(written.attachments()), kept)) {
            email = email.with(part);
        }
        return written.inReplyTo() == null ? email : answer(email, account, written.inReplyTo());
    }

    private EmailAddress author(UUID account, @Nullable Person from) {
        if (from != null) {
            return address("from", from);
        }
        AccountUrl url = accounts.find(account).url();
        if (!OutgoingEmail.accepts(url.user())) {
            throw new WrongEmailException("from is needed, since the account's user is no address");
        }
        return new EmailAddress(null, url.user());
    }

    private static EmailAddress[] people(String field, @Nullable List<Person> people) {
        return orNone(people).stream().map(person -> address(field, person)).toArray(EmailAddress[]::new);
    }

    private static EmailAddress address(String field, @Nullable Person person) {
        String address = FieldCheck.line(field, person == null ? null : person.address());
        if (person == null || !OutgoingEmail.accepts(address)) {
            throw new WrongEmailException(
                    field + " must have addresses such as ada@example.com, without controls and white space");
        }
        return new EmailAddress(person.name() == null ? null : FieldCheck.line(field, person.name()), address);
    }

    private static List<OutgoingPart> parts(List<AttachedFile> files, Function<String, OutgoingPart> kept) {
        if (files.size() > MOST_ATTACHMENTS) {
            throw new WrongEmailException("an email can have at most " + MOST_ATTACHMENTS + " attachments");
        }
        List<OutgoingPart> parts = files.stream().map(file -> part(file, kept)).toList();
        long octets = parts.stream().mapToLong(part -> part.content().size()).sum();
        if (octets > MOST_ATTACHED) {
            throw MailException.of(
                    Kind.TOO_LARGE,
                    "attachments must have at most " + MOST_ATTACHED
                            + " octets together; send a link to what is large");
        }
        return parts;
    }

    private static OutgoingPart part(@Nullable AttachedFile file, Function<String, OutgoingPart> kept) {
        if (file == null || (file.contentBase64() == null) == (file.partId() == null)) {
            throw new WrongEmailException("an attachment needs either contentBase64 or partId");
        }
        OutgoingPart base = file.partId() != null
                ? kept.apply(file.partId())
                : new OutgoingPart("", "application/octet-stream", content(file), null);
        String name = file.fileName() == null ? base.fileName() : FieldCheck.line("fileName", file.fileName());
        if (name.isBlank()) {
            throw new WrongEmailException("an attachment needs a fileName");
        }
        String type = file.type() == null ? base.type() : FieldCheck.line("type", file.type());
        return named("attachments", () -> new OutgoingPart(name, type, base.content(), base.contentId()));
    }

    private static RawContent content(AttachedFile file) {
        Octets octets = file.contentBase64();
        return octets == null ? RawContent.of(new byte[0]) : octets.content();
    }

    private OutgoingEmail answer(OutgoingEmail email, UUID account, UUID answeredEmail) {
        MailClient client = clients.of(account);
        Envelope envelope = client.emails()
                .get(answered.providerId(account, answeredEmail), FetchLevel.METADATA)
                .envelope();
        List<String> own = DraftContent.ids(envelope == null ? null : envelope.messageId());
        if (envelope == null || own.isEmpty()) {
            return email; // Without a Message-ID nothing can say that it is answered.
        }
        List<String> before = DraftContent.ids(envelope.references());
        List<String> references = before.isEmpty() ? DraftContent.ids(envelope.inReplyTo()) : before;
        return email.inReplyTo(own.get(0), references);
    }

    private static <T> T named(String field, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException wrong) {
            throw new WrongEmailException(field + ": " + wrong.getMessage());
        }
    }

    private static <T> List<T> orNone(@Nullable List<T> given) {
        return given == null ? List.of() : given;
    }
}
