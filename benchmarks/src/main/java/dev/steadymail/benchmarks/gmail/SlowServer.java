package dev.steadymail.benchmarks.gmail;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Answers {@code messages.get}, alone and in batches, always with the same 6 KB a message, compressed, after a delay that is the same for
 * a request of any size. Counts what it was asked and what it sent. Does what each line on its standard input says, answers with a line of
 * JSON, and ends with it: {@code delay N} sets the delay in milliseconds, {@code count} tells requests, parts and octets of bodies since it
 * was last told so.
 */
public final class SlowServer {
    private static final Pattern PART = Pattern.compile(
            "content-id:\\s*<?([^>\\r\\n]*)>?.*?GET \\S*/messages/(\\w+)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final int MESSAGES = 500;

    private final Map<String, byte[]> messages = new HashMap<>();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong parts = new AtomicLong();
    private final AtomicLong octets = new AtomicLong();
    private volatile int delayMillis;

    private SlowServer() {
        IntStream.range(0, MESSAGES).forEach(number -> messages.put(Answers.id(number), Answers.metadata(number)));
    }

    public static void main(String[] arguments) throws IOException {
        SlowServer server = new SlowServer();
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        http.createContext("/", server::answer);
        http.setExecutor(Executors.newFixedThreadPool(64));
        http.start();
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            System.out.println(server.told(line.strip(), http.getAddress().getPort()));
        }
        System.exit(0);
    }

    private String told(String line, int port) {
        if (line.startsWith("delay ")) {
            delayMillis = Integer.parseInt(line.substring("delay ".length()));
            return "{\"port\": " + port + "}";
        }
        return "{\"requests\": " + requests.getAndSet(0) + ", \"parts\": " + parts.getAndSet(0) + ", \"octets\": "
                + octets.getAndSet(0) + "}";
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            byte[] body = body(exchange);
            requests.incrementAndGet();
            sleep();
            mail(exchange, path, body);
        }
    }

    /** Google's client compresses what it sends. */
    private static byte[] body(HttpExchange exchange) throws IOException {
        InputStream body = exchange.getRequestBody();
        boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        return (packed ? new GZIPInputStream(body) : body).readAllBytes();
    }

    private void mail(HttpExchange exchange, String path, byte[] body) throws IOException {
        boolean batch = path.startsWith("/batch");
        byte[] answer = batch
                ? batch(new String(body, StandardCharsets.US_ASCII))
                : messages.get(path.substring(path.lastIndexOf('/') + 1));
        if (answer == null) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream(answer.length / 2);
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(answer);
        }
        octets.addAndGet(packed.size());
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        send(
                exchange,
                batch ? "multipart/mixed; boundary=b_1" : "application/json; charset=UTF-8",
                packed.toByteArray());
    }

    private byte[] batch(String body) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        Matcher part = PART.matcher(body);
        while (part.find()) {
            parts.incrementAndGet();
            byte[] message = messages.getOrDefault(part.group(2), new byte[0]);
            String head = "--b_1\r\nContent-Type: application/http\r\nContent-ID: <response-" + part.group(1)
                    + ">\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: application/json; charset=UTF-8\r\nContent-Length: "
                    + message.length + "\r\n\r\n";
            answer.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
            answer.writeBytes(message);
            answer.writeBytes(new byte[] {'\r', '\n'});
        }
        answer.writeBytes("--b_1--\r\n".getBytes(StandardCharsets.US_ASCII));
        return answer.toByteArray();
    }

    private static void send(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    private void sleep() {
        try {
            Thread.sleep(delayMillis);
        } catch (InterruptedException interrupt) {
            throw new UncheckedIOException(new IOException("interrupted", interrupt));
        }
    }
}
