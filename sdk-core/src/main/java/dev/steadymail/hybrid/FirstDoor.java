package dev.steadymail.hybrid;

import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.EmailImport;
import dev.steadymail.mail.Identity;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.RawContent;
import dev.steadymail.mail.SendResult;
import dev.steadymail.mail.VacationResponse;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.MailProvider;
import java.util.List;
import java.util.Map;

/** Writes by the first provider, which alone is the truth. Thread-safe. */
abstract class FirstDoor implements MailProvider {
    private final MailProvider first;

    FirstDoor(MailProvider first) {
        this.first = first;
    }

    @Override
    public Mailbox createMailbox(List<String> path, Call call) {
        return first.createMailbox(path, call);
    }

    @Override
    public Mailbox renameMailbox(MailboxId id, List<String> path, Call call) {
        return first.renameMailbox(id, path, call);
    }

    @Override
    public void destroyMailbox(MailboxId id, Call call) {
        first.destroyMailbox(id, call);
    }

    @Override
    public EmailId importEmail(RawContent content, EmailImport into, Call call) {
        return first.importEmail(content, into, call);
    }

    @Override
    public SendResult send(RawContent content, Call call) {
        return first.send(content, call);
    }

    @Override
    public EmailId createDraft(RawContent content, Call call) {
        return first.createDraft(content, call);
    }

    @Override
    public EmailId replaceDraft(EmailId draft, RawContent content, Call call) {
        return first.replaceDraft(draft, content, call);
    }

    @Override
    public SendResult sendDraft(EmailId draft, Call call) {
        return first.sendDraft(draft, call);
    }

    @Override
    public void destroyDraft(EmailId draft, Call call) {
        first.destroyDraft(draft, call);
    }

    @Override
    public Map<EmailId, EmailId> trash(List<EmailId> ids, MailboxId inbox, MailboxId trash, Call call) {
        return first.trash(ids, inbox, trash, call);
    }

    @Override
    public List<Identity> identities(Call call) {
        return first.identities(call);
    }

    @Override
    public VacationResponse vacation(Call call) {
        return first.vacation(call);
    }

    @Override
    public void setVacation(VacationResponse vacation, Call call) {
        first.setVacation(vacation, call);
    }
}
