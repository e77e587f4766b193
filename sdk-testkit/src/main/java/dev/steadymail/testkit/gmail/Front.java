package dev.steadymail.testkit.gmail;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The HTTP side: reads a request, lets faults and the endpoints answer it, logs it, and writes the reply. Threadsafe. */
final class Front implements HttpHandler {
    private static final int GZIP_FROM_BYTES = 200;

    private final Endpoints endpoints;
    private final FaultTable faults;
    private final Admission admission;
    private final UsageTable usage;
    private final RequestLog log;
    private final GmailErrorShape shape;
    private final Duration latency;
    private final BatchEndpoint batch;
    private volatile Runnable before = () -> {};

    Front(
            Endpoints endpoints,
            FaultTable faults,
            Admission admission,
            UsageTable usage,
            RequestLog log,
            GmailErrorShape shape,
            Duration latency) {
        this.endpoints = endpoints;
        this.faults = faults;
        this.admission = admission;
        this.usage = usage;
        this.log = log;
        this.shape = shape;
        this.latency = latency;
        this.batch = new BatchEndpoint(admission, usage, shape, this::serve);
    }

    /** Does something before each HTTP request is answered. */
    void before(Runnable hook) {
        before = hook;
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
            usage.received(body.length);
            before.run();
            String target = exchange.getRequestURI().toString();
            return whole(ApiRequest.of(exchange.getRequestMethod(), target, headers, body));
        } catch (ApiException unreadable) {
            return unreadable.reply(shape);
        }
    }

    /** A call is over before its reply is written, so that a client may send the next one when it has read that. */
    private Reply whole(ApiRequest request) {
        Admission.Pass pass = admission.enter(request);
        try {
            faults.pause(latency);
            return serve(request, 0, pass.admitted());
        } finally {
            admission.leave(pass);
        }
    }

    private Reply serve(ApiRequest request, int part, boolean admitted) {
        Reply reply = admitted ? guarded(request, part) : Admission.tooMany().reply(shape);
        int status = Math.max(Reply.DROPPED, reply.status());
        log.add(new GmailRequest(request.method(), request.path(), status, part > 0));
        return reply;
    }

    private Reply guarded(ApiRequest request, int part) {
        boolean isBatch = BatchEndpoint.PATHS.contains(request.path()) && part == 0;
        String name = isBatch ? "batch" : endpoints.name(request);
        try {
            return faults.around(request, name, part, call -> execute(call, isBatch));
        } catch (ApiException failure) {
            return failure.reply(shape);
        }
    }

    private Reply execute(ApiRequest request, boolean isBatch) {
        try {
            return isBatch ? batch.answer(request) : endpoints.answer(request);
        } catch (ApiException failure) {
            return failure.reply(shape);
        }
    }

    private static Map<String, String> headers(Headers wire) {
        Map<String, String> headers = new LinkedHashMap<>();
        wire.forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        return headers;
    }

    private void write(HttpExchange exchange, Reply reply) throws IOException {
        if (!reply.isAnswer()) {
            return; // closing an exchange that has no reply closes its connection
        }
        byte[] body = reply.body();
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        boolean packed = reply.headers().containsKey("Content-Encoding");
        if (!packed && body.length >= GZIP_FROM_BYTES && acceptsGzip(exchange)) {
            body = Gzip.pack(body);
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        }
        int count = Math.min(body.length, reply.sentBytes());
        usage.sent(count);
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            send(exchange.getResponseBody(), body, count);
        }
        if (reply.stalls()) {
            boolean unusedAnswer = faults.endsWithin(FaultEffect.LONGEST_WAIT);
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
