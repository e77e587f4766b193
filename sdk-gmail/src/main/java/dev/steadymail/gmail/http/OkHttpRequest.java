package dev.steadymail.gmail.http;

import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import java.io.IOException;
import java.io.OutputStream;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** One request of Google's client on its way to OkHttp. */
final class OkHttpRequest extends LowLevelHttpRequest {
    private final OkHttpTransport transport;
    private final String method;
    private final Request.Builder builder;

    OkHttpRequest(OkHttpTransport transport, String method, Request.Builder builder) {
        this.transport = transport;
        this.method = method;
        this.builder = builder;
    }

    @Override
    public void addHeader(String name, String value) {
        builder.addHeader(name, value);
    }

    @Override
    public LowLevelHttpResponse execute() throws IOException {
        if (getContentEncoding() != null) {
            builder.header("Content-Encoding", getContentEncoding());
        }
        Request request = builder.method(method, body()).build();
        return new OkHttpResponse(transport.start(request).execute(), transport.maxOctets());
    }

    private @Nullable RequestBody body() {
        // The type's name is deprecated, the method is not.
        var content = getStreamingContent();
        return content == null ? null : new OneShotBody(content::writeTo, getContentType(), getContentLength());
    }

    /** Writes a body once. */
    @FunctionalInterface
    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Sent once only: OkHttp must not write it again on another connection. */
    private static final class OneShotBody extends RequestBody {
        private final Content content;
        private final @Nullable String type;
        private final long length;

        OneShotBody(Content content, @Nullable String type, long length) {
            this.content = content;
            this.type = type;
            this.length = length;
        }

        @Override
        public @Nullable MediaType contentType() {
            return type == null ? null : MediaType.parse(type);
        }

        @Override
        public long contentLength() {
            return length;
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            content.writeTo(sink.outputStream());
        }
    }
}
