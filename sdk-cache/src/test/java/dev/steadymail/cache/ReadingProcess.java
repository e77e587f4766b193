package dev.steadymail.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.auth.Credentials;
import dev.steadymail.cache.codec.ContentKeys;
import dev.steadymail.cache.redis.Levels;
import dev.steadymail.cache.redis.RedisLevel;
import dev.steadymail.cache.redis.RedisSettings;
import dev.steadymail.imap.ImapAccount;
import dev.steadymail.imap.ImapAccount.Security;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.Role;
import dev.steadymail.query.EmailQuery;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A process that reads an IMAP account through a cache over Redis, one line for each question and each answer. */
final class ReadingProcess implements AutoCloseable {
    static final String USER = "ada";
    static final String PASSWORD = "secret";

    private static final long LONGEST_WAIT = 60;

    private final Process process;
    private final PrintStream questions;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    private ReadingProcess(Process process) {
        this.process = process;
        this.questions = new PrintStream(process.getOutputStream(), true, UTF_8);
        Thread reader = new Thread(this::listen, "reading-process");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts one and waits until it is connected to Redis. */
    static ReadingProcess start(String redisUrl, int imapPort) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        String name = ReadingProcess.class.getName();
        Process process = new ProcessBuilder(java, "-cp", classes, name, redisUrl, Integer.toString(imapPort))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new ReadingProcess(process);
    }

    private void listen() {
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                answers.add(line);
            }
        } catch (IOException ended) {
            // Who waits for an answer says so.
        }
    }

    String ask(String question) throws InterruptedException {
        send(question);
        return answer();
    }

    void send(String question) {
        questions.println(question);
    }

    String answer() throws InterruptedException {
        String answer = answers.poll(LONGEST_WAIT, TimeUnit.SECONDS);
        if (answer == null) {
            throw new AssertionError("the process does not answer" + (process.isAlive() ? "" : ", it has ended"));
        }
        return answer;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Answers questions until there are no more. */
    public static void main(String[] args) throws IOException {
        RedisSettings settings = RedisSettings.encrypted(args[0], ContentKeys.of(1, new byte[32]));
        ImapAccount account = ImapAccount.at("127.0.0.1", Credentials.password(USER, PASSWORD))
                .security(Security.NONE_LOOPBACK_ONLY)
                .port(Integer.parseInt(args[1]));
        try (RedisLevel level = Levels.connected(settings);
                MailRuntime runtime = MailRuntime.create();
                BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            MailClient mail = runtime.open(CachedAccount.of(account, MailCache.over(CacheSettings.DEFAULT, level)));
            System.out.println("ready");
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.out.println(answer(mail, line));
            }
        }
    }

    private static String answer(MailClient mail, String line) throws IOException {
        String[] words = line.split(" ", 2);
        EmailId id = new EmailId(words.length == 1 ? "none" : URLDecoder.decode(words[1], UTF_8));
        return switch (words[0]) {
            case "unseen" ->
                mail.emails().query(EmailQuery.in(Role.INBOX).unseen()).stream()
                        .map(email -> URLEncoder.encode(email.id().value(), UTF_8))
                        .sorted()
                        .collect(Collectors.joining(" "));
            case "read" -> {
                Email email = mail.emails().get(id, FetchLevel.METADATA);
                yield email.subject() + (email.isSeen() ? " seen" : "");
            }
            case "raw" -> {
                try (InputStream raw = mail.emails().raw(id)) {
                    yield Integer.toString(raw.readAllBytes().length);
                }
            }
            case "mark" -> {
                mail.emails().addKeyword(List.of(id), Keyword.SEEN);
                yield "marked";
            }
            default -> throw new IllegalArgumentException("unknown question");
        };
    }
}
