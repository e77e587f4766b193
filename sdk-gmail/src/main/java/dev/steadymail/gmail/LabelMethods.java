package dev.steadymail.gmail;

import com.google.api.services.gmail.model.Label;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Call;
import java.util.List;

/**
 * Creates, renames and removes labels. What is below a label is told by names alone, so a rename goes through all of those; colour and
 * visibility stay. Thread-safe.
 */
final class LabelMethods {
    private static final String FIELDS = "id,name,type";

    private final GmailApi api;
    private final GmailMethods methods;
    private final String user;

    LabelMethods(GmailApi api, GmailMethods methods, String user) {
        this.api = api;
        this.methods = methods;
        this.user = user;
    }

    Mailbox create(List<String> path, Call call) {
        Label label = new Label()
                .setName(name(path))
                .setLabelListVisibility("labelShow")
                .setMessageListVisibility("show");
        try {
            return mailbox(api.send(creating(label), call));
        } catch (MailException refused) {
            if (refused.kind() == Kind.INVALID) {
                requireFree(label.getName(), methods.labels(call));
            }
            throw refused;
        }
    }

    private ApiCall<Label> creating(Label label) {
        return new ApiCall<>(
                "labels.create",
                false,
                ApiCall.Size.SMALL,
                gmail -> gmail.users().labels().create(user, label.clone()).setFields(FIELDS),
                null);
    }

    Mailbox rename(MailboxId id, List<String> path, Call call) {
        String name = name(path);
        List<Label> labels = methods.labels(call);
        Label old = editable(id, labels);
        requireFree(name, labels);
        Label renamed = patch(old.getId(), name, call);
        String above = old.getName() + "/";
        for (Label label : labels) {
            if (label.getName() != null && label.getName().startsWith(above)) {
                renameBelow(
                        label, name + label.getName().substring(old.getName().length()), call);
            }
        }
        return mailbox(renamed);
    }

    void destroy(MailboxId id, Call call) {
        Label label = editable(id, methods.labels(call));
        try {
            api.run(
                    ApiCall.small(
                            "labels.delete", gmail -> gmail.users().labels().delete(user, label.getId())),
                    call);
        } catch (MailException failure) {
            // It was there a moment ago; that it is not is what was asked for.
            if (failure.kind() != Kind.NOT_FOUND) {
                throw failure;
            }
        }
    }

    private void renameBelow(Label label, String name, Call call) {
        try {
            Label unused = patch(label.getId(), name, call);
        } catch (MailException failure) {
            if (failure.kind() != Kind.NOT_FOUND) {
                throw failure.toBuilder().mayHaveTakenEffect(true).build();
            }
        }
    }

    /** Doing it twice is as doing it once. */
    private Label patch(String id, String name, Call call) {
        Label change = new Label().setName(name);
        return api.send(
                ApiCall.small(
                        "labels.patch",
                        gmail -> gmail.users()
                                .labels()
                                .patch(user, id, change.clone())
                                .setFields(FIELDS)),
                call);
    }

    private static Label editable(MailboxId id, List<Label> labels) {
        if (id.equals(Labels.ALL_MAIL)) {
            throw system();
        }
        Label found = labels.stream()
                .filter(label -> id.value().equals(label.getId()) && Labels.isMailbox(id.value()))
                .findFirst()
                .orElseThrow(() ->
                        MailException.of(Kind.NOT_FOUND, "the account has no such mailbox; list its mailboxes again"));
        if ("system".equals(found.getType()) || found.getName() == null) {
            throw system();
        }
        return found;
    }

    /** What is taken is told in several ways, and some look like a name that cannot be. */
    private static void requireFree(String name, List<Label> labels) {
        if (labels.stream().anyMatch(label -> name.equals(label.getName()))) {
            throw MailException.of(Kind.CONFLICT, "there is a mailbox of that name; choose another one");
        }
    }

    private static MailException system() {
        return MailException.of(
                Kind.FORBIDDEN, "Gmail's own labels can be neither renamed nor removed; change one of the user's");
    }

    private static String name(List<String> path) {
        if (path.isEmpty() || path.stream().anyMatch(segment -> segment.contains("/"))) {
            throw MailException.of(
                    Kind.INVALID, "a label's name must not hold /, which divides levels; choose another");
        }
        return String.join("/", path);
    }

    private static Mailbox mailbox(Label label) {
        return Labels.mailboxes(List.of(label)).get(0);
    }
}
