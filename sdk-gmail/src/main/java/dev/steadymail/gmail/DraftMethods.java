package dev.steadymail.gmail;

import com.google.api.services.gmail.Gmail;
import com.google.api.services.gmail.model.Draft;
import com.google.api.services.gmail.model.ListDraftsResponse;
import dev.steadymail.gmail.json.SavedMessage;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.RawContent;
import dev.steadymail.mail.SendResult;
import dev.steadymail.mail.ThreadId;
import dev.steadymail.provider.Call;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Drafts, which Gmail knows by an id of their own beside that of their message. Which draft a message belongs to is asked each time,
 * by {@code drafts.list} for 5 units: what was kept of it would name a draft that somebody has changed since, and their text would be
 * overwritten or sent unseen. A change between that look and our request is noticed where the draft was sent or removed, which ends its id;
 * another text under the same id is overwritten, since Gmail's requests take no condition. Thread-safe.
 */
final class DraftMethods {
    private static final long PAGE = 500;
    private static final int MOST_PAGES = 100;

    private final GmailApi api;
    private final Uploads uploads;
    private final String user;

    DraftMethods(GmailApi api, Uploads uploads, String user) {
        this.api = api;
        this.uploads = uploads;
        this.user = user;
    }

    EmailId create(RawContent content, Call call) {
        return new EmailId(
                uploads.upload(UploadMethod.CREATE_DRAFT, content, call).id());
    }

    EmailId replace(EmailId draft, RawContent content, Call call) {
        UploadMethod update = UploadMethod.updateDraft(draftId(draft, call));
        try {
            return new EmailId(uploads.upload(update, content, call).id());
        } catch (MailException failure) {
            throw explained(failure);
        }
    }

    SendResult send(EmailId draft, Call call) {
        String id = draftId(draft, call);
        ApiCall<SavedMessage> send = new ApiCall<>(
                "drafts.send",
                false,
                ApiCall.Size.LIST,
                gmail ->
                        gmail.users().drafts().send(user, new Draft().setId(id)).setFields("id,threadId"),
                SavedMessage::read);
        try {
            return SendResult.of(() -> sent(api.send(send, call)));
        } catch (MailException failure) {
            throw explained(failure);
        }
    }

    /** A draft's id is known as long as the draft is there, so what is not found was sent or removed since we looked. */
    private static MailException explained(MailException failure) {
        return failure.kind() == Kind.NOT_FOUND ? stale(failure) : failure;
    }

    private static MailException stale(@Nullable MailException cause) {
        return MailException.builder(
                        Kind.CONFLICT,
                        "no draft has this id now: it was changed, sent or removed elsewhere; list the drafts again")
                .cause(cause)
                .permanent()
                .build();
    }

    static SendResult.Sent sent(SavedMessage message) {
        String thread = message.threadId();
        return new SendResult.Sent(new EmailId(message.id()), thread == null ? null : new ThreadId(thread));
    }

    void destroy(EmailId draft, Call call) {
        String id = draftId(draft, call);
        try {
            api.run(
                    ApiCall.small(
                            "drafts.delete", gmail -> gmail.users().drafts().delete(user, id)),
                    call);
        } catch (MailException failure) {
            // It was there a moment ago; that it is not is what was asked for.
            if (failure.kind() != Kind.NOT_FOUND) {
                throw failure;
            }
        }
    }

    private String draftId(EmailId email, Call call) {
        String token = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            ListDraftsResponse answer = list(token, call);
            for (Draft draft : answer.getDrafts() == null ? List.<Draft>of() : answer.getDrafts()) {
                if (draft.getId() != null
                        && draft.getMessage() != null
                        && email.value().equals(draft.getMessage().getId())) {
                    return draft.getId();
                }
            }
            token = answer.getNextPageToken();
            if (token == null) {
                break;
            }
        }
        throw stale(null);
    }

    private ListDraftsResponse list(@Nullable String pageToken, Call call) {
        return api.send(
                ApiCall.list("drafts.list", gmail -> {
                    Gmail.Users.Drafts.List request = gmail.users()
                            .drafts()
                            .list(user)
                            .setMaxResults(PAGE)
                            .setFields("drafts(id,message(id)),nextPageToken");
                    return pageToken == null ? request : request.setPageToken(pageToken);
                }),
                call);
    }
}
