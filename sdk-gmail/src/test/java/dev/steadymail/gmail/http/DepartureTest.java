package dev.steadymail.gmail.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketTimeoutException;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.internal.http2.ConnectionShutdownException;
import okhttp3.internal.http2.ErrorCode;
import okhttp3.internal.http2.StreamResetException;
import org.junit.jupiter.api.Test;

class DepartureTest {
    private final Call call = new OkHttpClient()
            .newCall(new Request.Builder().url("http://127.0.0.1/").build());
    private final Departure departure = new Departure();

    @Test
    void requestThatNeverBeganToLeave_isNotProcessed() {
        assertFalse(departure.mayBeProcessed(new SocketTimeoutException("connect timed out")));
    }

    @Test
    void requestThatBeganToLeave_mayBeProcessed_unlessTheServerSaysNo() {
        departure.requestHeadersStart(call);
        assertTrue(departure.mayBeProcessed(new SocketTimeoutException("read timed out")));
        assertTrue(departure.mayBeProcessed(new IOException("unexpected end of stream")));
        assertTrue(departure.mayBeProcessed(new StreamResetException(ErrorCode.INTERNAL_ERROR)));
        assertFalse(departure.mayBeProcessed(new StreamResetException(ErrorCode.REFUSED_STREAM)));
        assertFalse(departure.mayBeProcessed(new ConnectionShutdownException()));
    }
}
