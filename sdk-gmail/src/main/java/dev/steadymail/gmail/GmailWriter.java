package dev.steadymail.gmail;

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
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The half of a Gmail account that adds, sends and sets. Thread-safe. */
abstract class GmailWriter implements MailProvider {
    final GmailApi api;
    final GmailMethods methods;
    final FanOut fanOut;
    final MessageReads reads;
    final EmailPages pages;
    final LabelEditor editor;

    private final LabelMethods labels;
    private final Uploads uploads;
    private final ImportMethods imports;
    private final DraftMethods drafts;
    private final SettingsMethods settings;
    private final MessageWriter writer;

    /** Does no I/O. */
    GmailWriter(GmailAccount account, ProviderContext context) {
        this.api = new GmailApi(account, context);
        this.methods = new GmailMethods(api, account.user());
        this.fanOut = new FanOut(GmailAccount.width(context.guard().settings()), context.telemetry());
        this.reads = new MessageReads(methods, fanOut, context.telemetry());
        this.pages = new EmailPages(methods, reads);
        this.editor = new LabelEditor(methods, fanOut);
        this.labels = new LabelMethods(api, methods, account.user());
        this.uploads = new Uploads(api, account);
        this.imports = new ImportMethods(uploads, pages);
        this.drafts = new DraftMethods(api, uploads, account.user());
        this.settings = new SettingsMethods(api, account.user());
        this.writer = MessageWriter.create(context.time().clock()).keepingBcc();
    }

    /** Trash is a label, and Gmail hides what bears it from all others; so nothing has to be known about the emails. */
    @Override
    public final Map<EmailId, EmailId> trash(List<EmailId> ids, MailboxId inbox, MailboxId trash, Call call) {
        LabelChange change = new LabelChange(Set.of(trash.value()), Set.of(inbox.value()));
        return editor.apply(ids, change, call).stream()
                .distinct()
                .collect(Collectors.toMap(Function.identity(), Function.identity()));
    }

    @Override
    public final Mailbox createMailbox(List<String> path, Call call) {
        return labels.create(path, call);
    }

    @Override
    public final Mailbox renameMailbox(MailboxId id, List<String> path, Call call) {
        return labels.rename(id, path, call);
    }

    @Override
    public final void destroyMailbox(MailboxId id, Call call) {
        labels.destroy(id, call);
    }

    @Override
    public final EmailId importEmail(RawContent content, EmailImport into, Call call) {
        return imports.add(content, into, call);
    }

    @Override
    public final RawContent compose(OutgoingEmail email) {
        return writer.compose(email);
    }

    @Override
    public final SendResult send(Submission submission, Call call) {
        return SendResult.of(() -> DraftMethods.sent(uploads.upload(UploadMethod.SEND, submission, call)));
    }

    @Override
    public final EmailId createDraft(RawContent content, Call call) {
        return drafts.create(content, call);
    }

    @Override
    public final EmailId replaceDraft(EmailId draft, RawContent content, Call call) {
        return drafts.replace(draft, content, call);
    }

    @Override
    public final SendResult sendDraft(EmailId draft, Call call) {
        return drafts.send(draft, call);
    }

    @Override
    public final void destroyDraft(EmailId draft, Call call) {
        drafts.destroy(draft, call);
    }

    @Override
    public final List<Identity> identities(Call call) {
        return settings.identities(call);
    }

    @Override
    public final VacationResponse vacation(Call call) {
        return settings.vacation(call);
    }

    @Override
    public final void setVacation(VacationResponse vacation, Call call) {
        settings.setVacation(vacation, call);
    }
}
