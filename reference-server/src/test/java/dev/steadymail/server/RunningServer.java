package dev.steadymail.server;

import dev.steadymail.server.folder.DataFolder;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service on a port of its own and a real database, asked over HTTP. */
public final class RunningServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final DataFolder folder;
    private final ConfigurableApplicationContext context;
    private final int port;

    private RunningServer(DataFolder folder, ConfigurableApplicationContext context) {
        this.folder = folder;
        this.context = context;
        this.port =
                ((ServletWebServerApplicationContext) context).getWebServer().getPort();
    }

    /** Starts with a new database; loopback is allowed for accounts. */
    public static RunningServer start(Path data) {
        return start(data, TestDatabase.createUrl(), Map.of());
    }

    /** Starts on a database, with more settings. */
    public static RunningServer start(Path data, String databaseUrl, Map<String, Object> more) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) 7);
        Map<String, Object> settings = new HashMap<>(Map.of(
                "server.address", "127.0.0.1",
                "server.port", "0",
                "spring.datasource.url", databaseUrl,
                "steadymail.accounts.allowed-networks", "127.0.0.0/8",
                "steadymail.accounts.encryption-key", Base64.getEncoder().encodeToString(key),
                "steadymail.accounts.connect-timeout", "1s",
                "steadymail.sync.interval", "1s",
                // A machine with many tests may take its time.
                "steadymail.health.slow-database", "10s"));
        settings.putAll(more);
        DataFolder folder = DataFolder.open(data);
        return new RunningServer(
                folder,
                new SpringApplicationBuilder(ServerApplication.class)
                        .registerShutdownHook(false)
                        .initializers(fresh -> {
                            fresh.getEnvironment()
                                    .getPropertySources()
                                    .addFirst(new MapPropertySource("test", settings));
                            fresh.getBeanFactory().registerSingleton("dataFolder", folder);
                        })
                        .run());
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    public String token() {
        return folder.token();
    }

    public Answer get(String path) {
        return send(request(path).GET());
    }

    public Answer delete(String path) {
        return send(request(path).DELETE());
    }

    public Answer post(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    public Answer patch(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(json)));
    }

    /**
     * Sends any request.
     *
     * @param token null for none
     * @param json null for no body
     */
    public Answer send(String method, String path, @Nullable String token, @Nullable String json) {
        return sendMatching(method, path, token, json, null);
    }

    /**
     * Sends any request.
     *
     * @param ifMatch the header If-Match, null for none
     */
    public Answer sendMatching(
            String method, String path, @Nullable String token, @Nullable String json, @Nullable String ifMatch) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(PATIENCE);
        if (ifMatch != null) {
            request.header("If-Match", ifMatch);
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (json == null) {
            return send(request.method(method, HttpRequest.BodyPublishers.noBody()));
        }
        return send(request.header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json)));
    }

    /** Sends any request, with more headers as names and values. */
    public Answer sendWith(String method, String path, @Nullable String json, String... headers) {
        HttpRequest.Builder request = request(path)
                .method(
                        method,
                        json == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json));
        if (json != null) {
            request.header("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request);
    }

    /** Posts with more headers, names and values in turn. */
    public Answer postWith(String path, String json, String... headers) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .headers(headers)
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** Puts with more headers, names and values in turn. */
    public Answer putWith(String path, String json, String... headers) {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/json");
        return send((headers.length == 0 ? request : request.headers(headers))
                .PUT(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** Deletes with more headers, names and values in turn. */
    public Answer deleteWith(String path, String... headers) {
        return send(request(path).headers(headers).DELETE());
    }

    /** Sends a body of unstated length, in chunks. */
    public Answer postChunked(String path, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
    }

    /**
     * Sends the head of a request, without the body that it promises.
     *
     * @return the first line of the answer
     */
    public String sendHead(String... lines) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            String head = String.join("\r\n", lines) + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Sends a request without the token, or with another one. */
    public Answer getWith(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(PATIENCE);
        return send((headers.length == 0 ? request : request.headers(headers)).GET());
    }

    /** Asks until the answer is as wanted. */
    public Answer await(String path, Predicate<JsonNode> wanted) {
        return await(path, token(), wanted);
    }

    /** Asks with a token until the answer is as wanted. */
    public Answer await(String path, String token, Predicate<JsonNode> wanted) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Answer answer = send("GET", path, token, null);
            if (answer.status() == 200 && wanted.test(answer.json())) {
                return answer;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("not in time: " + path + " still answers " + answer.text());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    @Override
    public void close() {
        context.close();
        folder.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).timeout(PATIENCE).header("Authorization", "Bearer " + token());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(http.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** What came back. */
    public record Answer(HttpResponse<byte[]> response) {
        public int status() {
            return response.statusCode();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public byte[] bytes() {
            return response.body();
        }

        public String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            return JSON.readTree(response.body());
        }
    }
}
