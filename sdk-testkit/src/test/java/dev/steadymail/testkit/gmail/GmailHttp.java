package dev.steadymail.testkit.gmail;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A thin HTTP client for the tests; every call has a deadline. */
final class GmailHttp {
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final String rootUrl;
    private final String token;

    GmailHttp(FakeGmail gmail, String token) {
        this(gmail.rootUrl(), token);
    }

    GmailHttp(String rootUrl, String token) {
        this.rootUrl = rootUrl;
        this.token = token;
    }

    /** A status and a body. */
    record Answer(HttpResponse<byte[]> response) {
        int status() {
            return response.statusCode();
        }

        byte[] body() {
            return response.body();
        }

        JsonObject json() {
            return JsonParser.parseString(text()).getAsJsonObject();
        }

        String text() {
            return new String(body(), StandardCharsets.UTF_8);
        }

        String string(String name) {
            return json().get(name).getAsString();
        }

        /** Returns a field of each object in an array. */
        List<String> each(String array, String field) {
            List<String> values = new ArrayList<>();
            JsonElement all = json().get(array);
            for (JsonElement item : all == null ? new JsonArray() : all.getAsJsonArray()) {
                values.add(item.getAsJsonObject().get(field).getAsString());
            }
            return values;
        }
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(rootUrl + "gmail/v1/users/me/" + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + token);
    }

    HttpRequest.Builder absolute(String path) {
        return HttpRequest.newBuilder(URI.create(rootUrl + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + token);
    }

    Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return new Answer(client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
    }

    CompletableFuture<Answer> start(HttpRequest.Builder request) {
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray())
                .thenApply(Answer::new);
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    Answer delete(String path) throws IOException, InterruptedException {
        return send(request(path).DELETE());
    }

    Answer post(String path, String json) throws IOException, InterruptedException {
        return send(request(path).POST(BodyPublishers.ofString(json)));
    }

    /** Sends parts made by {@link #part} as one batch. */
    Answer batch(String path, String... parts) throws IOException, InterruptedException {
        return send(absolute(path)
                .header("Content-Type", "multipart/mixed; boundary=\"end_of_part\"")
                .POST(BodyPublishers.ofString(String.join("", parts) + "--end_of_part--\r\n")));
    }

    /** Returns a part of a batch, with more headers of its own, each ending in a line break. */
    static String part(String id, String method, String path, String body, String... headers) {
        return "--end_of_part\r\nContent-Type: application/http\r\nContent-ID: <" + id + ">\r\n\r\n" + method
                + " /gmail/v1/users/me/" + path + " HTTP/1.1\r\n" + String.join("", headers)
                + "Content-Type: application/json\r\n\r\n" + body + "\r\n";
    }

    Answer put(String path, String json) throws IOException, InterruptedException {
        return send(request(path).PUT(BodyPublishers.ofString(json)));
    }
}
