package dev.steadymail.testkit.gmail;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The HTTP side: reads a request, lets faults and the API answer it, logs it, and writes the reply. Threadsafe. */
final class Front implements HttpHandler {
    private static final int GZIP_FROM_BYTES = 200;

    private final RestApi api;
    private final TokenEndpoint tokens;
    private final FaultTable faults;
    private final RequestLog log;
    private final BatchEndpoint batch;

    Front(RestApi api, TokenEndpoint tokens, FaultTable faults, RequestLog log) {
        this.api = api;
        this.tokens = tokens;
        this.faults = faults;
        this.log = log;
        this.batch = new BatchEndpoint(part -> serve(part, true));
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try {
            write(exchange, answer(exchange));
        } finally {
            exchange.close();
        }
    }

    private Reply answer(HttpExchange exchange) throws IOException {
        try {
            Map<String, String> headers = headers(exchange.getRequestHeaders());
            byte[] body = Gzip.readBounded(exchange.getRequestBody());
            String target = exchange.getRequestURI().toString();
            return serve(ApiRequest.of(exchange.getRequestMethod(), target, headers, body), false);
        } catch (ApiException unreadable) {
            return unreadable.reply();
        }
    }

    private Reply serve(ApiRequest request, boolean inBatch) {
        Reply reply = guarded(request, inBatch);
        log.add(new GmailRequest(request.method(), request.path(), reply.status(), inBatch));
        return reply;
    }

    private Reply guarded(ApiRequest request, boolean inBatch) {
        try {
            return faults.around(request, call -> execute(call, inBatch));
        } catch (ApiException failure) {
            return failure.reply();
        }
    }

    private Reply execute(ApiRequest request, boolean inBatch) {
        try {
            if (request.path().equals(TokenEndpoint.PATH)) {
                return tokens.answer(request);
            }
            boolean isBatch = BatchEndpoint.PATHS.contains(request.path()) && !inBatch;
            return isBatch ? batch.answer(request) : api.answer(request);
        } catch (ApiException failure) {
            return failure.reply();
        }
    }

    private static Map<String, String> headers(Headers wire) {
        Map<String, String> headers = new LinkedHashMap<>();
        wire.forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        return headers;
    }

    private static void write(HttpExchange exchange, Reply reply) throws IOException {
        if (reply.status() == Reply.DROPPED) {
            return; // closing an exchange that has no reply closes its connection
        }
        byte[] body = reply.body();
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        if (body.length >= GZIP_FROM_BYTES && acceptsGzip(exchange)) {
            body = Gzip.pack(body);
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        }
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            send(exchange.getResponseBody(), body, Math.min(body.length, reply.sentBytes()));
        }
    }

    /** With fewer bytes than announced, closing the exchange afterwards breaks the connection off. */
    private static void send(OutputStream out, byte[] body, int count) throws IOException {
        out.write(body, 0, count);
        out.flush();
    }

    private static boolean acceptsGzip(HttpExchange exchange) {
        String accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
        return accepted != null && accepted.toLowerCase(Locale.ROOT).contains("gzip");
    }
}
