package dev.steadymail.gmail.http;

import java.io.IOException;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.internal.http2.ConnectionShutdownException;
import okhttp3.internal.http2.ErrorCode;
import okhttp3.internal.http2.StreamResetException;

/**
 * Hears whether a call's request began to leave, which it does once the connection, its tunnel and TLS stand: before that nothing can
 * have come of it, however long it took. Thread-safe.
 */
public final class Departure extends EventListener {
    private volatile boolean begun;

    @Override
    public void requestHeadersStart(Call call) {
        begun = true;
    }

    /**
     * Returns whether the server may have processed the request that ended with a failure. Of a refused stream and of one behind the
     * end of its connection it says that it did not (RFC 9113 sections 6.8 and 8.7).
     */
    public boolean mayBeProcessed(IOException failure) {
        return begun && !(failure instanceof ConnectionShutdownException) && !isRefusedStream(failure);
    }

    private static boolean isRefusedStream(IOException failure) {
        return failure instanceof StreamResetException reset && reset.errorCode == ErrorCode.REFUSED_STREAM;
    }
}
