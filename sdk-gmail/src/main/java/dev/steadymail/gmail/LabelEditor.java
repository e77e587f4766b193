package dev.steadymail.gmail;

import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.Call;
import java.util.List;
import java.util.Optional;

/** Changes labels of many emails: one by one up to ten, which is cheaper by quota, and by the thousand above. */
final class LabelEditor {
    private static final int MOST_SINGLE = 10;

    private final GmailMethods methods;
    private final FanOut fanOut;

    LabelEditor(GmailMethods methods, FanOut fanOut) {
        this.methods = methods;
        this.fanOut = fanOut;
    }

    /** Returns the emails that were changed; those known to be gone are left out. */
    List<EmailId> apply(List<EmailId> ids, LabelChange change, Call call) {
        return ids.size() > MOST_SINGLE ? batch(ids, change, call) : oneByOne(ids, change, call);
    }

    private List<EmailId> batch(List<EmailId> ids, LabelChange change, Call call) {
        for (int from = 0; from < ids.size(); from += GmailMethods.MAX_BATCH) {
            List<EmailId> chunk = ids.subList(from, Math.min(ids.size(), from + GmailMethods.MAX_BATCH));
            methods.batchModify(chunk.stream().map(EmailId::value).toList(), change, call);
        }
        return ids;
    }

    private List<EmailId> oneByOne(List<EmailId> ids, LabelChange change, Call call) {
        return fanOut.map(ids, (EmailId id) -> modify(id, change, call)).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<EmailId> modify(EmailId id, LabelChange change, Call call) {
        try {
            methods.modify(id.value(), change, call);
            return Optional.of(id);
        } catch (MailException failure) {
            if (failure.kind() == Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw failure;
        }
    }
}
