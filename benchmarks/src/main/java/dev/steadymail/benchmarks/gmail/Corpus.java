package dev.steadymail.benchmarks.gmail;

import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.RawVisitor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Adds the files of a folder to a Gmail account, each as a message, for each line on standard input: a kind of upload, see {@link
 * CorpusUploads#named}, and the folder. The line {@code read} reads back what the last one added. Arguments: root URL and user; the
 * access token is in {@code STEADYMAIL_TOKEN}. Answers each line with one of JSON: ids by file name and files refused for their size,
 * or the SHA-256 of the octets by id; and seconds, HTTP requests and messages that could not be read.
 */
public final class Corpus {
    private final CorpusUploads uploads;
    private Map<String, String> added = Map.of();

    private Corpus(CorpusUploads uploads) {
        this.uploads = uploads;
    }

    public static void main(String[] arguments) throws IOException {
        String token = System.getenv("STEADYMAIL_TOKEN");
        if (token == null) {
            throw new IllegalArgumentException("STEADYMAIL_TOKEN is not set");
        }
        try (CorpusUploads uploads = new CorpusUploads(arguments[0], arguments[1], token)) {
            Corpus corpus = new Corpus(uploads);
            var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.out.println(corpus.answer(line.strip().split(" ", 2)));
            }
        }
    }

    private String answer(String[] words) throws IOException {
        long requests = uploads.requests();
        long started = System.nanoTime();
        String done = words[0].equals("read") ? read() : add(uploads.named(words[0]), Path.of(words[1]));
        double seconds = (System.nanoTime() - started) / 1e9;
        return "{" + done + ", \"seconds\": " + seconds + ", \"requests\": " + (uploads.requests() - requests) + "}";
    }

    private String add(CorpusUploads.Upload upload, Path folder) throws IOException {
        Map<String, String> ids = new TreeMap<>();
        Map<String, String> refused = new TreeMap<>();
        for (Path file : files(folder)) {
            String name = file.getFileName().toString();
            try {
                ids.put(name, upload.add(Files.readAllBytes(file)));
            } catch (MailException failure) {
                if (failure.kind() != Kind.TOO_LARGE) {
                    throw failure;
                }
                refused.put(name, failure.kind().name());
            }
        }
        added = ids;
        return "\"ids\": " + json(ids) + ", \"refused\": " + json(refused);
    }

    private String read() {
        Digests digests = new Digests();
        uploads.read(added.values().stream().map(EmailId::new).toList(), digests);
        return "\"sha256\": " + json(digests.read) + ", \"unreadable\": " + json(digests.unreadable);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /** File names are the rig's, ids and kinds have no letter that JSON would escape. */
    private static String json(Map<String, String> values) {
        return values.entrySet().stream()
                .map(each -> "\"" + each.getKey() + "\": \"" + each.getValue() + "\"")
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static final class Digests implements RawVisitor {
        final Map<String, String> read = new TreeMap<>();
        final Map<String, String> unreadable = new TreeMap<>();

        @Override
        public void message(Email email, InputStream content) throws IOException {
            read.put(email.id().value(), sha256(content.readAllBytes()));
        }

        @Override
        public void unreadable(EmailId id, MailException reason) {
            unreadable.put(id.value(), reason.kind().name());
        }

        private static String sha256(byte[] octets) {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
            } catch (NoSuchAlgorithmException everyJdkHasIt) {
                throw new IllegalStateException(everyJdkHasIt);
            }
        }
    }
}
