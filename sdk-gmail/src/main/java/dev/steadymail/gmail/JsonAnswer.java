package dev.steadymail.gmail;

import com.google.api.client.http.HttpResponse;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.io.IOException;

/** Reads successful answers. What is cut or no JSON at all counts as a broken connection, since asking again may help. */
final class JsonAnswer {
    private JsonAnswer() {}

    /** Reads one kind of answer. */
    @FunctionalInterface
    interface Reader<T, R> {
        R read(HttpResponse response, Class<T> type) throws IOException;
    }

    static <T> T parse(ApiCall<T> api, HttpResponse response, Class<T> type) throws IOException {
        T answer = parsed(api, response, type);
        if (answer == null) {
            throw MailException.of(Kind.PROTOCOL, api.name() + " was answered without content");
        }
        return answer;
    }

    /** Wrong types show as unchecked exceptions whose texts repeat the content, so they are not passed on as causes. */
    private static <T> T parsed(ApiCall<T> api, HttpResponse response, Class<T> type) throws IOException {
        try {
            return response.parseAs(type);
        } catch (IllegalArgumentException | IllegalStateException mismatch) {
            throw MailException.builder(Kind.NETWORK, api.name() + " had an answer that is not the JSON expected")
                    .mayHaveTakenEffect(!api.repeatable())
                    .build();
        }
    }
}
