package dev.steadymail.cli.mirror;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads {@code index.jsonl}, line by line, and takes nothing but what {@link IndexLine} writes. */
final class IndexReader {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final String REMEDY = "; delete it, and the next run of mirror without --verify writes it again";

    private IndexReader() {}

    /**
     * Returns all lines in their order.
     *
     * @throws MailException of kind STORAGE where the file is missing or is not an index
     * @throws IOException where it cannot be read
     */
    static List<IndexEntry> read(Path index) throws IOException {
        List<IndexEntry> entries = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(index, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                entries.add(entry(line, entries.size() + 1));
            }
        } catch (NoSuchFileException missing) {
            throw MailException.of(
                    Kind.STORAGE,
                    "DIR/index.jsonl is missing; the next run of mirror without --verify writes it again");
        } catch (CharacterCodingException notText) {
            throw damaged(entries.size() + 1);
        }
        return entries;
    }

    private static IndexEntry entry(String line, int number) {
        try {
            return entry(new LineScanner(line));
        } catch (IllegalArgumentException otherwise) {
            throw damaged(number);
        }
    }

    private static IndexEntry entry(LineScanner line) {
        String id = line.skip("{\"id\":").string();
        line.skip(",\"threadId\":").stringOrNull();
        List<String> mailboxes = line.skip(",\"mailboxes\":").strings();
        List<String> keywords = line.skip(",\"keywords\":").strings();
        String sha256 = line.skip(",\"sha256\":").string();
        long size = line.skip(",\"size\":").number();
        line.skip(",\"receivedAt\":").string();
        line.skip("}").end();
        if (!HASH.matcher(sha256).matches()) {
            throw new IllegalArgumentException("not a hash");
        }
        return new IndexEntry(id, mailboxes, keywords, sha256, size);
    }

    private static MailException damaged(int line) {
        return MailException.of(Kind.STORAGE, "DIR/index.jsonl is damaged in line " + line + REMEDY);
    }
}
