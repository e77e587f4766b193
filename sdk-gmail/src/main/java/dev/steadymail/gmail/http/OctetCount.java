package dev.steadymail.gmail.http;

import java.io.IOException;
import java.util.function.LongConsumer;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSink;
import okio.ForwardingSink;
import okio.ForwardingSource;
import okio.Okio;
import okio.Sink;
import okio.Source;
import org.jspecify.annotations.Nullable;

/**
 * Counts what each request and answer has in octets while they pass: headers as HTTP/1.1 writes them, bodies as compressed as they are.
 * TLS and what HTTP/2 saves on headers are left out, since connections are shared. Thread-safe where the counter is.
 */
final class OctetCount implements Interceptor {
    private final LongConsumer octets;

    OctetCount(LongConsumer octets) {
        this.octets = octets;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        octets.accept(request.method().length()
                + target(request.url()).length()
                + request.headers().byteCount());
        RequestBody body = request.body();
        Response response = chain.proceed(
                body == null
                        ? request
                        : request.newBuilder()
                                .method(request.method(), new CountedBody(body))
                                .build());
        octets.accept(response.headers().byteCount());
        ResponseBody answer = response.body();
        return response.newBuilder()
                .body(ResponseBody.create(
                        Okio.buffer(counted(answer.source())), answer.contentType(), answer.contentLength()))
                .build();
    }

    private static String target(HttpUrl url) {
        String query = url.encodedQuery();
        return query == null ? url.encodedPath() : url.encodedPath() + "?" + query;
    }

    private Source counted(Source source) {
        return new ForwardingSource(source) {
            @Override
            public long read(Buffer sink, long byteCount) throws IOException {
                long count = super.read(sink, byteCount);
                if (count > 0) {
                    octets.accept(count);
                }
                return count;
            }
        };
    }

    private Sink counted(Sink sink) {
        return new ForwardingSink(sink) {
            @Override
            public void write(Buffer source, long byteCount) throws IOException {
                super.write(source, byteCount);
                octets.accept(byteCount);
            }
        };
    }

    private final class CountedBody extends RequestBody {
        private final RequestBody body;

        CountedBody(RequestBody body) {
            this.body = body;
        }

        @Override
        public @Nullable MediaType contentType() {
            return body.contentType();
        }

        @Override
        public long contentLength() throws IOException {
            return body.contentLength();
        }

        @Override
        public boolean isOneShot() {
            return body.isOneShot();
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            BufferedSink counted = Okio.buffer(counted((Sink) sink));
            body.writeTo(counted);
            counted.emit();
        }
    }
}
