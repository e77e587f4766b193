package dev.steadymail.gmail;

import com.google.api.client.googleapis.services.json.AbstractGoogleJsonClientRequest;
import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import com.google.api.services.gmail.Gmail;
import dev.steadymail.gmail.http.MultipartReader;
import dev.steadymail.gmail.http.MultipartReader.HttpHead;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Several calls that go out as one request and are answered one by one. Calls are open until they have an answer, or a failure that
 * asking again would not change; each attempt sends the open ones only. All are reads, so that repeating them does no harm. Used by
 * one thread at a time.
 *
 * @param <T> what each call is answered with
 */
final class Batch<T> {
    /** What the batch as a whole is called, in errors and by the guard. */
    static final String NAME = "batch";

    private static final String BOUNDARY = "steadymail_batch";
    private static final String PATH = "batch/gmail/v1";
    private static final Pattern OURS = Pattern.compile("^<?response-p([0-9]{1,4})>?$", Pattern.CASE_INSENSITIVE);
    private static final Set<Kind> TOO_MUCH = Set.of(Kind.THROTTLED, Kind.CONCURRENCY);

    private final List<ApiCall<T>> calls;
    private final List<AbstractGoogleJsonClientRequest<?>> requests = new ArrayList<>();
    private final List<@Nullable Outcome<T>> outcomes;
    /** Why calls that are still open failed in the last attempt. */
    private final List<MailException> failures = new ArrayList<>();

    Batch(List<ApiCall<T>> calls) {
        this.calls = List.copyOf(calls);
        this.outcomes = new ArrayList<>(Collections.nCopies(calls.size(), null));
    }

    /** Returns the calls that are still to be answered. */
    List<ApiCall<T>> open() {
        return indexes().stream().map(calls::get).toList();
    }

    private List<Integer> indexes() {
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) == null) {
                open.add(i);
            }
        }
        return open;
    }

    /** Returns the outcomes in the order of the calls; those still open failed with {@code otherwise}. */
    List<Outcome<T>> outcomes(MailException otherwise) {
        return outcomes.stream()
                .map(outcome -> outcome == null ? Outcome.<T>failed(otherwise) : outcome)
                .toList();
    }

    /** Returns the outcomes of a batch that has been answered. */
    List<Outcome<T>> outcomes() {
        return outcomes(MailException.of(Kind.PROTOCOL, "a part of a batch was not answered"));
    }

    /** Makes the request for what is open. */
    HttpRequest request(Gmail gmail) throws IOException {
        requests.clear();
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < calls.size(); i++) {
            AbstractGoogleJsonClientRequest<?> request = calls.get(i).request().on(gmail);
            requests.add(request);
            if (outcomes.get(i) == null) {
                body.append("--").append(BOUNDARY).append("\r\nContent-Type: application/http\r\nContent-ID: <p");
                body.append(i)
                        .append(">\r\n\r\n")
                        .append(request.getRequestMethod())
                        .append(' ');
                body.append(request.buildHttpRequestUrl().buildRelativeUrl()).append(" HTTP/1.1\r\n\r\n\r\n");
            }
        }
        body.append("--").append(BOUNDARY).append("--\r\n");
        return gmail.getRequestFactory()
                .buildPostRequest(
                        new GenericUrl(gmail.getRootUrl() + PATH),
                        new ByteArrayContent(
                                "multipart/mixed; boundary=" + BOUNDARY,
                                body.toString().getBytes(StandardCharsets.US_ASCII)));
    }

    /** Reads the answer as far as it goes; what was read stays also where the rest is cut. */
    void read(HttpResponse response, GmailErrors errors, @Nullable RequestLog log) throws IOException {
        failures.clear();
        List<Integer> asked = indexes();
        MultipartReader parts = MultipartReader.of(response.getContent(), response.getContentType());
        int position = 0;
        for (Map<String, String> fields = parts.next(); fields != null; fields = parts.next()) {
            int index = index(fields.get("content-id"), position < asked.size() ? asked.get(position) : -1);
            position++;
            if (index >= 0 && outcomes.get(index) == null) {
                read(index, parts, errors, log);
            }
        }
        if (failures.isEmpty() && !indexes().isEmpty()) {
            failures.add(MailException.of(Kind.NETWORK, "a batch was answered without some of its parts"));
        }
    }

    /** Answers may come in any order; one without our id counts by its position. */
    private int index(@Nullable String contentId, int byPosition) {
        if (contentId == null) {
            return byPosition;
        }
        Matcher ours = OURS.matcher(contentId);
        int index = ours.matches() ? Integer.parseInt(ours.group(1)) : -1;
        return index < calls.size() ? index : -1;
    }

    private void read(int index, MultipartReader parts, GmailErrors errors, @Nullable RequestLog log)
            throws IOException {
        ApiCall<T> api = calls.get(index);
        HttpHead head = parts.httpHead();
        if (log != null) {
            log.part(api.name(), head.status());
        }
        try {
            if (head.status() / 100 != 2) {
                throw errors.refused(api.name(), api.repeatable(), error(head, parts.content()));
            }
            outcomes.set(index, Outcome.of(JsonAnswer.parse(api, requests.get(index), parts.content())));
        } catch (MailException failure) {
            if (failure.isRetryable() || failure.kind() == Kind.AUTH) {
                failures.add(failure);
            } else {
                outcomes.set(index, Outcome.failed(failure));
            }
        }
    }

    private static ErrorAnswer error(HttpHead head, InputStream content) throws IOException {
        return ErrorAnswer.of(head.status(), content, head.fields().get("retry-after"));
    }

    /** Returns whether a part was refused in the last attempt for being too much. */
    boolean wasTooMuch() {
        return failures.stream().anyMatch(Batch::isTooMuch);
    }

    /** Returns whether a failure asks for fewer parts. */
    static boolean isTooMuch(MailException failure) {
        return TOO_MUCH.contains(failure.kind());
    }

    /** Throws what the last attempt is to be judged by, if anything is still open: the failure that asks for most. */
    void requireAnswered() {
        MailException worst = null;
        for (MailException failure : failures) {
            if (worst == null || weight(failure) > weight(worst) || isLater(failure, worst)) {
                worst = failure;
            }
        }
        if (worst != null) {
            throw worst;
        }
    }

    private static int weight(MailException failure) {
        return switch (failure.kind()) {
            case AUTH -> 3;
            case THROTTLED -> 2;
            case CONCURRENCY -> 1;
            default -> 0;
        };
    }

    private static boolean isLater(MailException failure, MailException other) {
        return weight(failure) == weight(other)
                && failure.retryAt().isPresent()
                && (other.retryAt().isEmpty()
                        || failure.retryAt().get().isAfter(other.retryAt().get()));
    }
}
