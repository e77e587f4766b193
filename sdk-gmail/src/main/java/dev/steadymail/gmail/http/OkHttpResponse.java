package dev.steadymail.gmail.http;

import com.google.api.client.http.LowLevelHttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * One answer for Google's client. Compressed content is decoded here, under a bound, and its encoding is hidden, so that it is
 * not decoded again.
 */
final class OkHttpResponse extends LowLevelHttpResponse {
    private static final int BUFFER = 8_192;

    private final Response response;
    private final ResponseBody body;
    private final long maxOctets;
    private final boolean gzip;
    private @Nullable InputStream content;

    OkHttpResponse(Response response, long maxOctets) {
        this.body = response.body();
        this.gzip = "gzip".equalsIgnoreCase(response.header("Content-Encoding"));
        this.response = gzip
                ? response.newBuilder()
                        .removeHeader("Content-Encoding")
                        .removeHeader("Content-Length")
                        .build()
                : response;
        this.maxOctets = maxOctets;
    }

    @Override
    public InputStream getContent() throws IOException {
        if (content == null) {
            content = InputStream.nullInputStream();
            content = new BoundedInputStream(gzip ? unpacked() : body.byteStream(), maxOctets);
        }
        return content;
    }

    /** Google's client asks for the content again to close it: what cannot be unpacked is closed here, and empty from then on. */
    private InputStream unpacked() throws IOException {
        try {
            return body.source().exhausted()
                    ? InputStream.nullInputStream()
                    : new GZIPInputStream(body.byteStream(), BUFFER);
        } catch (IOException unreadable) {
            body.close();
            throw unreadable;
        }
    }

    @Override
    public @Nullable String getContentEncoding() {
        return response.header("Content-Encoding");
    }

    @Override
    public long getContentLength() {
        return gzip ? -1 : body.contentLength();
    }

    @Override
    public @Nullable String getContentType() {
        return response.header("Content-Type");
    }

    @Override
    public String getStatusLine() {
        return "HTTP/1.1 " + response.code();
    }

    @Override
    public int getStatusCode() {
        return response.code();
    }

    @Override
    public @Nullable String getReasonPhrase() {
        return null;
    }

    @Override
    public int getHeaderCount() {
        return response.headers().size();
    }

    @Override
    public String getHeaderName(int index) {
        return response.headers().name(index);
    }

    @Override
    public String getHeaderValue(int index) {
        return response.headers().value(index);
    }

    /** Closes the answer; a connection with octets left is not used again. */
    @Override
    public void disconnect() {
        body.close();
    }
}
