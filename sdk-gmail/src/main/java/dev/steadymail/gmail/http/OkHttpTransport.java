package dev.steadymail.gmail.http;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.Request;

/**
 * Carries the requests of Google's client over OkHttp. Every method goes out under its own name, PATCH too, and each request is
 * sent at most once. Cheap: make one per call to hear of that call only. Thread-safe.
 */
public final class OkHttpTransport extends HttpTransport {
    private final Call.Factory calls;
    private final Consumer<Call> started;
    private final long maxOctets;

    OkHttpTransport(Call.Factory calls, Consumer<Call> started, long maxOctets) {
        this.calls = calls;
        this.started = started;
        this.maxOctets = maxOctets;
    }

    @Override
    public boolean supportsMethod(String method) {
        return true;
    }

    @Override
    protected LowLevelHttpRequest buildRequest(String method, String url) {
        return new OkHttpRequest(this, method, new Request.Builder().url(url));
    }

    Call start(Request request) {
        Call call = calls.newCall(request);
        started.accept(call);
        return call;
    }

    long maxOctets() {
        return maxOctets;
    }
}
