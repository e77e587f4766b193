package dev.steadymail.benchmarks.gmail;

import com.google.api.client.googleapis.batch.BatchRequest;
import com.google.api.client.googleapis.batch.json.JsonBatchCallback;
import com.google.api.client.googleapis.json.GoogleJsonError;
import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.gmail.Gmail;
import com.google.api.services.gmail.model.Message;
import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.auth.Tokens;
import dev.steadymail.gmail.GmailAccount;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.guard.QuotaPlan;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Who reads messages: Google's client one by one and in batches of 50, OkHttp on ten connections, and this SDK without limits. */
final class Contestants implements AutoCloseable {
    private static final int BATCH = 50;
    private static final int CONNECTIONS = 10;
    private static final String METADATA = "metadata";

    private final String root;
    private final Gmail official;
    private final OkHttpClient http = new OkHttpClient.Builder()
            .connectionPool(new ConnectionPool(CONNECTIONS, 5, java.util.concurrent.TimeUnit.MINUTES))
            .build();
    private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    private final MailRuntime runtime =
            MailRuntime.builder().callTimeout(Duration.ofMinutes(2)).build();
    private final MailClient steadymail;

    Contestants(String root) {
        this.root = root;
        this.official = new Gmail.Builder(new NetHttpTransport(), GsonFactory.getDefaultInstance(), request -> {})
                .setRootUrl(root)
                .setApplicationName("benchmark")
                .build();
        GuardSettings unlimited = GuardSettings.GMAIL.toBuilder()
                .quota(QuotaPlan.NONE)
                .starts(1_000_000, Duration.ofSeconds(1))
                .maxInFlight(10)
                .build();
        this.steadymail = runtime.open(GmailAccount.with(Tokens.fixed("token"))
                .rootUrl(URI.create(root))
                .guarded(unlimited));
    }

    GmailSpeed.Reader named(String name) {
        return switch (name) {
            case "official" -> this::oneByOne;
            case "official-batch" -> this::batches;
            case "okhttp" -> this::parallel;
            case "steadymail" -> this::steadymail;
            default -> throw new IllegalArgumentException("there is no contestant " + name);
        };
    }

    private int oneByOne(List<String> ids) throws IOException {
        int read = 0;
        for (String id : ids) {
            read += hasSubject(get(id).execute()) ? 1 : 0;
        }
        return read;
    }

    private int batches(List<String> ids) throws IOException {
        int[] read = new int[1];
        for (int from = 0; from < ids.size(); from += BATCH) {
            BatchRequest batch = official.batch();
            for (String id : ids.subList(from, Math.min(ids.size(), from + BATCH))) {
                get(id).queue(batch, new Counted(read));
            }
            batch.execute();
        }
        return read[0];
    }

    private Gmail.Users.Messages.Get get(String id) throws IOException {
        return official.users().messages().get("me", id).setFormat(METADATA);
    }

    private static boolean hasSubject(Message message) {
        return message.getPayload().getHeaders().stream()
                .anyMatch(header -> header.getName().equals("Subject"));
    }

    /** Reads the octets and looks at none of them: as fast as requests of their own can be. */
    private int parallel(List<String> ids) throws IOException, InterruptedException {
        List<Future<Integer>> answers = new ArrayList<>();
        for (String id : ids) {
            answers.add(threads.submit(() -> octets(id)));
        }
        int read = 0;
        for (Future<Integer> answer : answers) {
            try {
                read += answer.get() > 0 ? 1 : 0;
            } catch (ExecutionException failure) {
                throw new IOException(failure);
            }
        }
        return read;
    }

    private int octets(String id) throws IOException {
        Request request = new Request.Builder()
                .url(root + "gmail/v1/users/me/messages/" + id + "?format=metadata")
                .build();
        try (Response response = http.newCall(request).execute()) {
            return response.body().bytes().length;
        }
    }

    private int steadymail(List<String> ids) {
        return (int) steadymail.emails().get(ids.stream().map(EmailId::new).toList(), FetchLevel.METADATA).stream()
                .filter(email -> !email.subject().isEmpty())
                .count();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        runtime.close();
        http.connectionPool().evictAll();
        http.dispatcher().executorService().shutdown();
    }

    private static final class Counted extends JsonBatchCallback<Message> {
        private final int[] read;

        Counted(int[] read) {
            this.read = read;
        }

        @Override
        public void onSuccess(Message message, HttpHeaders headers) {
            read[0] += hasSubject(message) ? 1 : 0;
        }

        @Override
        public void onFailure(GoogleJsonError error, HttpHeaders headers) {
            throw new IllegalStateException("a part failed: " + error.getCode());
        }
    }
}
