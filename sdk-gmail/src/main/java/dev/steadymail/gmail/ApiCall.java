package dev.steadymail.gmail;

import com.google.api.client.googleapis.services.json.AbstractGoogleJsonClientRequest;
import com.google.api.services.gmail.Gmail;
import java.io.IOException;

/**
 * One API method with its arguments, ready to be sent any number of times.
 *
 * @param name the method's name as in Google's reference, for example {@code messages.get}; quota plans know it by this
 * @param repeatable whether sending it twice does no more than sending it once
 * @param size how much it moves
 * @param request makes the request
 * @param <T> the answer
 */
record ApiCall<T>(String name, boolean repeatable, Size size, Builder<T> request) {
    /** How much a call moves either way, which decides how long an attempt may take. */
    enum Size {
        /** One small thing, or nothing. */
        SMALL,
        /** Many small things. */
        LIST,
        /** Possibly a whole message. */
        DOWNLOAD
    }

    static <T> ApiCall<T> small(String name, Builder<T> request) {
        return new ApiCall<>(name, true, Size.SMALL, request);
    }

    static <T> ApiCall<T> list(String name, Builder<T> request) {
        return new ApiCall<>(name, true, Size.LIST, request);
    }

    static <T> ApiCall<T> download(String name, Builder<T> request) {
        return new ApiCall<>(name, true, Size.DOWNLOAD, request);
    }

    /** Makes a fresh request of Google's client; does no I/O. */
    @FunctionalInterface
    interface Builder<T> {
        AbstractGoogleJsonClientRequest<T> on(Gmail gmail) throws IOException;
    }
}
