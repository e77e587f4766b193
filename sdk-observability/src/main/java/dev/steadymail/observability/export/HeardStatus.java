package dev.steadymail.observability.export;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Notes that a request has a connection, and what status came. Keeps {@code Retry-After} from OkHttp, which would send a request again by
 * itself where it is nought with a 503, and fails on numbers that no int holds. Thread-safe.
 */
final class HeardStatus implements Interceptor {
    private static final String RETRY_AFTER = "Retry-After";

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        Attempt attempt = request.tag(Attempt.class);
        if (attempt != null) {
            attempt.begin();
        }
        Response response = chain.proceed(request);
        if (attempt != null) {
            attempt.answered(response.code(), response.header(RETRY_AFTER));
        }
        return response.newBuilder().removeHeader(RETRY_AFTER).build();
    }
}
