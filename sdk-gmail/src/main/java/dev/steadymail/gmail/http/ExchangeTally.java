package dev.steadymail.gmail.http;

import java.util.concurrent.atomic.AtomicLong;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Request;
import okhttp3.Response;

/** Counts what one request and its answer have in octets, for a log: headers as HTTP/1.1 writes them, bodies as compressed as they are. Thread-safe. */
public final class ExchangeTally extends EventListener {
    private final long startNanos;
    private final AtomicLong up = new AtomicLong();
    private final AtomicLong down = new AtomicLong();
    private volatile int status;

    /** Begins at a time. */
    public ExchangeTally(long nowNanos) {
        this.startNanos = nowNanos;
    }

    @Override
    public void requestHeadersEnd(Call call, Request request) {
        var unused = up.addAndGet(request.headers().byteCount());
    }

    @Override
    public void requestBodyEnd(Call call, long byteCount) {
        var unused = up.addAndGet(byteCount);
    }

    @Override
    public void responseHeadersEnd(Call call, Response response) {
        status = response.code();
        var unused = down.addAndGet(response.headers().byteCount());
    }

    @Override
    public void responseBodyEnd(Call call, long byteCount) {
        var unused = down.addAndGet(byteCount);
    }

    /** Returns status, octets and time as a log shows them. */
    public String line(long nowNanos) {
        int answered = status;
        return (answered == 0 ? "no answer" : Integer.toString(answered)) + ", " + up + " up, " + down + " down, "
                + Math.max(0, (nowNanos - startNanos) / 1_000_000) + " ms";
    }
}
