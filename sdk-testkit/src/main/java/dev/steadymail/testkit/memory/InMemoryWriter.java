package dev.steadymail.testkit.memory;

import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.EmailImport;
import dev.steadymail.mail.Identity;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.OutgoingEmail;
import dev.steadymail.mail.RawContent;
import dev.steadymail.mail.SendResult;
import dev.steadymail.mail.VacationResponse;
import dev.steadymail.mime.write.MessageWriter;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.ProviderContext;
import dev.steadymail.provider.Submission;
import java.util.List;
import java.util.function.Supplier;

/** The half of the in-memory provider that adds, sends and sets. */
abstract class InMemoryWriter implements MailProvider {
    private final ProviderContext context;
    private final InMemoryOptions options;
    private final MailState state;
    private final Owner owner;

    InMemoryWriter(ProviderContext context, InMemoryOptions options, MailState state, Owner owner) {
        this.context = context;
        this.options = options;
        this.state = state;
        this.owner = owner;
    }

    /** Runs one request through the guard, and through what is to go wrong. */
    abstract <T> T write(String operation, boolean repeatable, Call call, Supplier<T> request);

    @Override
    public Mailbox createMailbox(List<String> path, Call call) {
        return write("createMailbox", false, call, () -> state.createMailbox(path));
    }

    @Override
    public Mailbox renameMailbox(MailboxId id, List<String> path, Call call) {
        return write("renameMailbox", false, call, () -> state.renameMailbox(id, path));
    }

    @Override
    public void destroyMailbox(MailboxId id, Call call) {
        write("destroyMailbox", false, call, () -> {
            state.destroyMailbox(id);
            return true;
        });
    }

    @Override
    public EmailId importEmail(RawContent content, EmailImport into, Call call) {
        ParsedMessage message = Incoming.parse(content);
        return write("importEmail", false, call, () -> incoming().add(message, into));
    }

    @Override
    public RawContent compose(OutgoingEmail email) {
        return MessageWriter.create(context.time().clock()).keepingBcc().compose(email);
    }

    @Override
    public SendResult send(Submission submission, Call call) {
        ParsedMessage message = Incoming.parse(submission.content());
        return SendResult.of(() -> write("send", false, call, () -> {
            submission.leaving();
            return incoming().send(message);
        }));
    }

    @Override
    public EmailId createDraft(RawContent content, Call call) {
        ParsedMessage message = Incoming.parse(content);
        return write("createDraft", false, call, () -> incoming().draft(message));
    }

    @Override
    public EmailId replaceDraft(EmailId draft, RawContent content, Call call) {
        ParsedMessage message = Incoming.parse(content);
        return write("replaceDraft", false, call, () -> incoming().replace(draft, message));
    }

    @Override
    public SendResult sendDraft(EmailId draft, Call call) {
        return SendResult.of(
                () -> write("sendDraft", false, call, () -> incoming().sendDraft(draft)));
    }

    @Override
    public void destroyDraft(EmailId draft, Call call) {
        write("destroyDraft", true, call, () -> incoming().discard(draft));
    }

    @Override
    public List<Identity> identities(Call call) {
        return write("identities", true, call, owner::identities);
    }

    @Override
    public VacationResponse vacation(Call call) {
        return write("vacation", true, call, owner::vacation);
    }

    @Override
    public void setVacation(VacationResponse vacation, Call call) {
        write("setVacation", true, call, () -> owner.setVacation(vacation));
    }

    private Incoming incoming() {
        return new Incoming(options, state, owner, context.time().clock().instant());
    }
}
