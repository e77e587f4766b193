package dev.steadymail.gmail;

import com.google.api.client.googleapis.services.json.AbstractGoogleJsonClientRequest;
import com.google.api.services.gmail.Gmail;
import dev.steadymail.gmail.json.AnswerReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One API method with its arguments, ready to be sent any number of times.
 *
 * @param name the method's name as in Google's reference, for example {@code messages.get}; quota plans know it by this
 * @param repeatable whether sending it twice does no more than sending it once
 * @param size how much it moves
 * @param request makes the request
 * @param reader reads the answer, or null for Google's own parser and model
 * @param <T> the answer
 */
record ApiCall<T>(
        String name,
        boolean repeatable,
        Size size,
        Builder request,
        @Nullable AnswerReader<T> reader) {
    /** How much a call moves either way, which decides how long an attempt may take. */
    enum Size {
        /** One small thing, or nothing. */
        SMALL,
        /** Many small things. */
        LIST,
        /** Possibly a whole message. */
        DOWNLOAD
    }

    static <T> ApiCall<T> small(String name, ModelBuilder<T> request) {
        return new ApiCall<>(name, true, Size.SMALL, request::on, null);
    }

    static <T> ApiCall<T> list(String name, ModelBuilder<T> request) {
        return new ApiCall<>(name, true, Size.LIST, request::on, null);
    }

    /** Makes a call whose answer is frequent or large, and so parsed as it comes. */
    static <T> ApiCall<T> streamed(String name, Size size, AnswerReader<T> reader, Builder request) {
        return new ApiCall<>(name, true, size, request, reader);
    }

    /** Makes a fresh request of Google's client; does no I/O. */
    @FunctionalInterface
    interface Builder {
        AbstractGoogleJsonClientRequest<?> on(Gmail gmail) throws IOException;
    }

    /** Makes a request whose answer is of Google's model. */
    @FunctionalInterface
    interface ModelBuilder<T> {
        AbstractGoogleJsonClientRequest<T> on(Gmail gmail) throws IOException;
    }
}
