package dev.steadymail.gmail;

import com.google.api.client.googleapis.services.json.AbstractGoogleJsonClientRequest;
import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.EmptyContent;
import com.google.api.client.http.HttpContent;
import com.google.api.client.http.HttpResponse;
import dev.steadymail.gmail.ApiCall.Size;
import dev.steadymail.gmail.json.SavedMessage;
import dev.steadymail.gmail.upload.MediaRequest;
import dev.steadymail.gmail.upload.MessageSource;
import dev.steadymail.gmail.upload.Piece;
import dev.steadymail.gmail.upload.ReceivedRange;
import dev.steadymail.gmail.upload.SessionUrl;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.Call;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * One upload in pieces: a session is begun, pieces are put there, and after a piece without an answer the session is asked how far it
 * got. A session acts at most once, when it has everything; so it may be gone on with after any cut, but it is begun anew only while
 * no last piece is unaccounted for. Used once.
 */
final class ResumableUpload {
    private static final int INCOMPLETE = 308;
    private static final int MOST_STANDSTILLS = 5;
    private static final int MOST_SESSIONS = 3;

    private final GmailApi api;
    private final URI rootUrl;
    private final String url;
    private final UploadMethod method;
    private final MessageSource message;
    private final int pieceBytes;
    /**
     * Whether a last piece was sent once and not answered. It stays so where the server says later that it lacks the piece: that may be
     * on its way still, and what it completes takes the session with it.
     */
    private boolean unaccounted;

    /** Begins nothing yet. */
    ResumableUpload(GmailApi api, Target target, MessageSource message, int pieceBytes) {
        this.api = api;
        this.rootUrl = target.rootUrl();
        this.url = target.url();
        this.method = target.method();
        this.message = message;
        this.pieceBytes = pieceBytes;
    }

    /**
     * Where a session is begun.
     *
     * @param rootUrl whose server it must be
     * @param url the whole URL
     * @param method what is done with the message
     */
    record Target(URI rootUrl, String url, UploadMethod method) {}

    SavedMessage run(Call call) {
        for (int begun = 0; begun < MOST_SESSIONS; begun++) {
            SavedMessage saved = through(begin(call), call);
            if (saved != null) {
                return saved;
            }
        }
        throw MailException.builder(
                        Kind.UNAVAILABLE,
                        method.name() + " failed: the server lost the upload again and again; try later")
                .mayHaveTakenEffect(false)
                .build();
    }

    /** Nothing comes of a session that was only begun, so this may be repeated. */
    private String begin(Call call) {
        HttpContent json = ByteArrayContent.fromString("application/json; charset=UTF-8", method.json());
        ApiCall<SavedMessage> api = new ApiCall<>(
                method.name(),
                true,
                Size.LIST,
                gmail -> new MediaRequest(gmail, method.verb(), url, json)
                        .header("X-Upload-Content-Type", "message/rfc822")
                        .header("X-Upload-Content-Length", Long.toString(message.size())),
                null);
        return this.api.exchange(
                api,
                call,
                (request, response) -> SessionUrl.of(
                                rootUrl, response.getHeaders().getLocation())
                        .orElseThrow(() -> MailException.builder(
                                        Kind.PROTOCOL, method.name() + " was answered without a place for the upload")
                                .mayHaveTakenEffect(false)
                                .build()));
    }

    /** Returns what came of it, or null where the session is gone and surely did nothing. */
    private @Nullable SavedMessage through(String session, Call call) {
        long received = 0;
        for (int standstills = 0; standstills < MOST_STANDSTILLS; ) {
            Progress now;
            try {
                now = next(session, received, call);
            } catch (MailException failure) {
                if (isGone(failure) && !unaccounted) {
                    return null;
                }
                throw failure.toBuilder().mayHaveTakenEffect(unaccounted).build();
            }
            if (now.saved != null) {
                return now.saved;
            }
            standstills = now.received > received ? 0 : standstills + 1;
            received = now.received;
        }
        throw MailException.builder(
                        Kind.UNAVAILABLE, method.name() + " failed: the upload makes no progress; try later")
                .mayHaveTakenEffect(unaccounted)
                .build();
    }

    /** Puts the next piece; where no answer comes, asks what became of it. */
    private Progress next(String session, long received, Call call) {
        Piece piece = new Piece(message, received, Math.min(received + pieceBytes, message.size()));
        try {
            return put(session, piece, call);
        } catch (MailException failure) {
            if (!failure.mayHaveTakenEffect()) {
                throw failure;
            }
            MailException known = message.explain(failure);
            unaccounted |= piece.isLast() && known == failure;
            if (known.kind() == Kind.STORAGE || known.kind() == Kind.CANCELLED) {
                throw known;
            }
            return ask(session, call);
        }
    }

    private Progress put(String session, Piece piece, Call call) {
        ApiCall<SavedMessage> put = new ApiCall<>(
                "upload.piece",
                false,
                Size.DOWNLOAD,
                gmail -> new MediaRequest(gmail, "PUT", session, piece).header("Content-Range", piece.range()),
                method.reader());
        return api.exchange(put, call, new ProgressReader(put));
    }

    private Progress ask(String session, Call call) {
        ApiCall<SavedMessage> ask = new ApiCall<>(
                "upload.status",
                true,
                Size.SMALL,
                gmail -> new MediaRequest(gmail, "PUT", session, new EmptyContent())
                        .header("Content-Range", "bytes */" + message.size()),
                method.reader());
        return api.exchange(ask, call, new ProgressReader(ask));
    }

    private static boolean isGone(MailException failure) {
        String code = failure.providerCode().orElse("");
        return code.startsWith("404") || code.startsWith("410");
    }

    /** How far the server is, or what came of it. */
    private record Progress(long received, @Nullable SavedMessage saved) {}

    private final class ProgressReader implements GmailApi.ResponseReader<Progress> {
        private final ApiCall<SavedMessage> of;

        ProgressReader(ApiCall<SavedMessage> of) {
            this.of = of;
        }

        @Override
        public boolean takes(HttpResponse response) {
            return response.isSuccessStatusCode() || response.getStatusCode() == INCOMPLETE;
        }

        @Override
        public Progress read(AbstractGoogleJsonClientRequest<?> request, HttpResponse response) throws IOException {
            if (response.getStatusCode() != INCOMPLETE) {
                return new Progress(message.size(), JsonAnswer.parse(of, request, response));
            }
            long received = ReceivedRange.octets(response.getHeaders().getRange());
            if (received >= message.size()) {
                unaccounted = true;
                throw MailException.builder(
                                Kind.PROTOCOL, method.name() + " has everything and does not say what became of it")
                        .mayHaveTakenEffect(true)
                        .build();
            }
            return new Progress(received, null);
        }
    }
}
