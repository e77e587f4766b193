package dev.steadymail.gmail.http;

import java.io.IOException;
import java.net.HttpURLConnection;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Keeps the {@code Retry-After} of a 503 from OkHttp, which sends a request again by itself, of whatever kind, where it is nought, and
 * fails on numbers that no int holds. Added twice: as a network interceptor it hides the field, as the first of the others it brings it
 * back. Thread-safe.
 */
final class HiddenRetryAfter implements Interceptor {
    private static final String FIELD = "Retry-After";
    private static final String HIDDEN = "X-Steadymail-Retry-After";

    @Override
    public Response intercept(Chain chain) throws IOException {
        boolean onNetwork = chain.connection() != null;
        Response response = chain.proceed(chain.request());
        if (response.code() != HttpURLConnection.HTTP_UNAVAILABLE) {
            return response;
        }
        return onNetwork ? renamed(response, FIELD, HIDDEN) : renamed(response, HIDDEN, FIELD);
    }

    private static Response renamed(Response response, String from, String to) {
        String value = response.header(from);
        Response.Builder builder = response.newBuilder().removeHeader(from).removeHeader(to);
        return (value == null ? builder : builder.header(to, value)).build();
    }
}
