package dev.steadymail.gmail;

import com.google.api.client.http.HttpResponse;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads successful answers. What is cut or no JSON at all counts as a broken connection, since asking again may help. */
final class JsonAnswer {
    private JsonAnswer() {}

    /** Reads one kind of answer. */
    @FunctionalInterface
    interface Reader<T, R> {
        R read(HttpResponse response, Class<T> type) throws IOException;
    }

    static <T> T parse(ApiCall<T> api, HttpResponse response, Class<T> type) throws IOException {
        InputStream content = response.getContent();
        if (content == null) {
            throw unreadable(api);
        }
        JsonEnd end = new JsonEnd(content);
        T answer = parsed(response, end, type);
        if (answer == null || !end.isComplete()) {
            throw unreadable(api);
        }
        return answer;
    }

    /**
     * Returns null for what is not the JSON expected. Google's parser has no error of its own for that: these are what it was
     * seen to end with. Their texts repeat content, so they are not passed on as causes.
     */
    private static <T> @Nullable T parsed(HttpResponse response, InputStream content, Class<T> type)
            throws IOException {
        try {
            return response.getRequest().getParser().parseAndClose(content, StandardCharsets.UTF_8, type);
        } catch (IllegalArgumentException
                | IllegalStateException
                | NullPointerException
                | ClassCastException mismatch) {
            return null;
        }
    }

    private static MailException unreadable(ApiCall<?> api) {
        return MailException.builder(Kind.NETWORK, api.name() + " had an answer that is cut or not the JSON expected")
                .mayHaveTakenEffect(!api.repeatable())
                .build();
    }
}
