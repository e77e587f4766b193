package dev.steadymail.gmail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.google.api.client.googleapis.services.json.AbstractGoogleJsonClientRequest;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.json.gson.GsonFactory;
import com.google.gson.JsonParseException;
import dev.steadymail.gmail.json.AnswerReader;
import dev.steadymail.gmail.json.BadContentException;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads successful answers. What is cut or no JSON at all counts as a broken connection, since asking again may help. */
final class JsonAnswer {
    private JsonAnswer() {}

    static <T> T parse(ApiCall<T> api, AbstractGoogleJsonClientRequest<?> request, HttpResponse response)
            throws IOException {
        InputStream content = response.getContent();
        if (content == null) {
            throw unreadable(api);
        }
        return parse(api, request, content);
    }

    static <T> T parse(ApiCall<T> api, AbstractGoogleJsonClientRequest<?> request, InputStream content)
            throws IOException {
        AnswerReader<T> reader = api.reader();
        if (reader == null) {
            return model(api, request, content);
        }
        try {
            return reader.read(content);
        } catch (BadContentException wrong) {
            throw MailException.builder(Kind.PROTOCOL, api.name() + " had an answer whose " + wrong.getMessage())
                    .mayHaveTakenEffect(!api.repeatable())
                    .build();
        } catch (StreamConstraintsException endless) {
            throw MailException.builder(
                            Kind.TOO_LARGE,
                            api.name() + " had an answer that is nested too deeply or has too long a text")
                    .mayHaveTakenEffect(!api.repeatable())
                    .build();
        } catch (JsonProcessingException mismatch) {
            // Its text may repeat content, so it is not passed on as cause.
            throw unreadable(api);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> T model(ApiCall<T> api, AbstractGoogleJsonClientRequest<?> request, InputStream content)
            throws IOException {
        JsonEnd end = new JsonEnd(content);
        Object answer = parsed(end, request.getResponseClass());
        if (answer == null || !end.isComplete()) {
            throw unreadable(api);
        }
        // The builder's type makes sure of it.
        return (T) answer;
    }

    /**
     * Returns null for what is not the JSON expected. Google's parser has no error of its own for that: these are what it was
     * seen to end with. Their texts repeat content, so they are not passed on as causes.
     */
    private static @Nullable Object parsed(InputStream content, Class<?> type) throws IOException {
        try {
            return GsonFactory.getDefaultInstance()
                    .createJsonObjectParser()
                    .parseAndClose(content, StandardCharsets.UTF_8, type);
        } catch (IllegalArgumentException
                | IllegalStateException
                | NullPointerException
                | ClassCastException
                | JsonParseException mismatch) {
            return null;
        }
    }

    private static MailException unreadable(ApiCall<?> api) {
        return MailException.builder(Kind.NETWORK, api.name() + " had an answer that is cut or not the JSON expected")
                .mayHaveTakenEffect(!api.repeatable())
                .build();
    }
}
