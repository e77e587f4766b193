package dev.steadymail.cli;

import dev.steadymail.cli.CommandBench.Ended;
import dev.steadymail.guard.GuardProfile;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Keyword;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.ProviderContext;
import dev.steadymail.testkit.memory.InMemoryAccount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A mailbox in memory and the folder that it is mirrored to. */
final class MirrorBench {
    static final Instant ARRIVAL = Instant.parse("2026-01-02T03:04:05.678Z");

    final InMemoryAccount account;
    final Path dir;

    MirrorBench(InMemoryAccount account, Path dir) {
        this.account = account;
        this.dir = dir;
    }

    void deliver(String mailbox, int number, Keyword... keywords) {
        account.deliver(mailbox, message(number), Set.of(keywords), ARRIVAL.plusSeconds(number));
    }

    void deliver(String mailbox, int first, int last) {
        for (int number = first; number <= last; number++) {
            deliver(mailbox, number);
        }
    }

    static String messageId(int number) {
        return "<m" + number + "@example.com>";
    }

    static byte[] message(int number) {
        return ("From: Ada <ada@example.com>\r\nSubject: number " + number + "\r\nMessage-ID: " + messageId(number)
                        + "\r\n\r\nHello " + number + "\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    Ended mirror(String... options) {
        return mirror(CommandBench.of(account), options);
    }

    Ended mirror(CommandBench bench, String... options) {
        List<String> args = new ArrayList<>(List.of("mirror", "imaps://ada@host", dir.toString(), "--report", "json"));
        args.addAll(List.of(options));
        return bench.run(args.toArray(String[]::new));
    }

    List<String> index() {
        try {
            return Files.readAllLines(dir.resolve("index.jsonl"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The index without the ids, which say nothing about the mail. */
    List<String> rows() {
        return index().stream()
                .map(line -> line.replaceFirst("\"id\":\"[^\"]*\",", ""))
                .sorted()
                .toList();
    }

    Set<String> ids() {
        return new TreeSet<>(values("id", index()));
    }

    /** What breaks the rules of the folder: lines without their file, files without their line, wrong contents. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        Set<String> named = new TreeSet<>(values("sha256", index()));
        for (Path file : files()) {
            String name = String.valueOf(file.getFileName()).replace(".eml", "");
            if (!name.equals(sha256(read(file)))) {
                problems.add(name + " has other content");
            }
            if (!named.remove(name)) {
                problems.add(name + " has no line");
            }
        }
        named.forEach(name -> problems.add(name + " has no file"));
        return problems;
    }

    List<Path> files() {
        try (Stream<Path> all = Files.walk(dir.resolve("messages"))) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static long number(Ended ended, String key) {
        return Long.parseLong(value(ended.out(), key));
    }

    static String value(String json, String key) {
        Matcher value = Pattern.compile("\"" + key + "\":\"?([^,\"}]*)").matcher(json);
        if (!value.find()) {
            throw new AssertionError(key + " is not in " + json);
        }
        return value.group(1);
    }

    private static Collection<String> values(String key, List<String> lines) {
        return lines.stream().map(line -> value(line, key)).toList();
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The same mail under another identity. */
    record Renamed(MailAccount account, AccountId id) implements MailAccount {
        @Override
        public GuardProfile guard() {
            return account.guard();
        }

        @Override
        public MailProvider open(ProviderContext context) {
            return account.open(context);
        }
    }
}
