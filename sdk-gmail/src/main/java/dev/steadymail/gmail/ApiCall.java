package dev.steadymail.gmail;

import com.google.api.client.googleapis.services.json.AbstractGoogleJsonClientRequest;
import com.google.api.services.gmail.Gmail;
import java.io.IOException;

/**
 * One API method with its arguments, ready to be sent any number of times.
 *
 * @param name the method's name as in Google's reference, for example {@code messages.get}
 * @param repeatable whether sending it twice does no more than sending it once
 * @param download whether the answer may be a whole message
 * @param request makes the request
 * @param <T> the answer
 */
record ApiCall<T>(String name, boolean repeatable, boolean download, Builder<T> request) {
    static <T> ApiCall<T> repeatable(String name, Builder<T> request) {
        return new ApiCall<>(name, true, false, request);
    }

    static <T> ApiCall<T> download(String name, Builder<T> request) {
        return new ApiCall<>(name, true, true, request);
    }

    /** Makes a fresh request of Google's client; does no I/O. */
    @FunctionalInterface
    interface Builder<T> {
        AbstractGoogleJsonClientRequest<T> on(Gmail gmail) throws IOException;
    }
}
