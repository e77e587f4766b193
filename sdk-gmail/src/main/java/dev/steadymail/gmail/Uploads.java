package dev.steadymail.gmail;

import dev.steadymail.gmail.ApiCall.Size;
import dev.steadymail.gmail.json.SavedMessage;
import dev.steadymail.gmail.upload.MediaRequest;
import dev.steadymail.gmail.upload.MessageSource;
import dev.steadymail.gmail.upload.MultipartBody;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.RawContent;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.Submission;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Uploads messages, always as octets, never as base64 in JSON: in one request up to a size, in pieces above, so that a cut costs a piece
 * and not all of it. Every request passes the guard. Thread-safe.
 */
final class Uploads {
    /** What Google takes at most, by its discovery document. */
    static final long MOST_OCTETS = 36_700_160;

    private final GmailApi api;
    private final URI rootUrl;
    private final String user;
    private final UploadSettings settings;

    Uploads(GmailApi api, GmailAccount account) {
        this.api = api;
        this.rootUrl = account.rootUrl();
        this.user = account.user();
        this.settings = account.settings().uploads();
    }

    /**
     * Uploads a message and returns what came of it.
     *
     * @throws MailException INVALID for an empty one, TOO_LARGE above {@value #MOST_OCTETS} octets, both before anything is sent
     */
    SavedMessage upload(UploadMethod method, RawContent content, Call call) {
        return upload(method, Submission.of(content), call);
    }

    /** Uploads a message that is told when it leaves. */
    SavedMessage upload(UploadMethod method, Submission submission, Call call) {
        RawContent content = submission.content();
        requireSize(content.size());
        MessageSource message = new MessageSource(submission);
        if (content.size() > settings.mostAtOnceBytes()) {
            return inPieces(method, message, call);
        }
        try {
            return atOnce(method, message, call);
        } catch (MailException failure) {
            throw message.explain(failure);
        }
    }

    private SavedMessage atOnce(UploadMethod method, MessageSource message, Call call) {
        String url = url(method, "multipart");
        return api.send(
                new ApiCall<>(
                        method.name(),
                        method.repeatable(),
                        Size.DOWNLOAD,
                        gmail -> new MediaRequest(gmail, method.verb(), url, new MultipartBody(method.json(), message)),
                        method.reader()),
                call);
    }

    private SavedMessage inPieces(UploadMethod method, MessageSource message, Call call) {
        ResumableUpload.Target target = new ResumableUpload.Target(rootUrl, url(method, "resumable"), method);
        return new ResumableUpload(api, target, message, settings.pieceBytes()).run(call);
    }

    private String url(UploadMethod method, String type) {
        String root = rootUrl.toString().endsWith("/") ? rootUrl.toString() : rootUrl + "/";
        return root + "upload/gmail/v1/users/" + URLEncoder.encode(user, StandardCharsets.UTF_8) + "/" + method.path()
                + "&uploadType=" + type;
    }

    private static void requireSize(long octets) {
        if (octets < 1) {
            throw MailException.of(Kind.INVALID, "a message must have at least one octet; write its header");
        }
        if (octets > MOST_OCTETS) {
            throw MailException.of(
                    Kind.TOO_LARGE,
                    "Gmail takes messages of up to " + MOST_OCTETS + " octets, this one has " + octets
                            + "; send large files as links");
        }
    }
}
