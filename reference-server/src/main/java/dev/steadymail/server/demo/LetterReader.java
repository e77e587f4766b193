package dev.steadymail.server.demo;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes letters of blocks, filling in what people leave to habit: whom an answer goes to, what it is about, where it is kept. */
final class LetterReader {
    private static final Map<String, String> FLAGS = Map.of(
            "seen", "\\Seen",
            "flagged", "\\Flagged",
            "answered", "\\Answered",
            "draft", "\\Draft",
            "forwarded", "$Forwarded",
            "junk", "$Junk");

    private final People people;

    LetterReader(People people) {
        this.people = people;
    }

    /** Returns the letter of a block; {@code answered} is the one it answers, or null. */
    Letter read(Block block, String usualId, @Nullable Letter answered) {
        Person from = people.get(block.field("from"));
        String mailbox = block.field("in", from.equals(people.get(Person.ADA)) ? "Sent" : "INBOX");
        return new Letter(
                block.field("id", usualId),
                answered == null ? List.of() : threadAfter(answered),
                mailbox,
                from,
                to(block, answered),
                people.list(block.field("cc", "")),
                wording(block, answered),
                Ago.parse(block.field("ago")),
                ZoneOffset.of(block.field("zone", "+01:00")),
                flags(block, mailbox),
                list(block.field("attach", "")));
    }

    private List<Person> to(Block block, @Nullable Letter answered) {
        String stated = block.field("to", "");
        if (!stated.isEmpty()) {
            return people.list(stated);
        }
        return List.of(answered == null ? people.get(Person.ADA) : answered.from());
    }

    private static List<String> threadAfter(Letter answered) {
        List<String> thread = new ArrayList<>(answered.thread());
        thread.add(answered.id());
        return thread;
    }

    private static Letter.Wording wording(Block block, @Nullable Letter answered) {
        String subject = block.field(
                "subject", answered == null ? "" : answerTo(answered.wording().subject()));
        Charset charset = Charset.forName(block.field("charset", "UTF-8"));
        boolean ascii = StandardCharsets.US_ASCII.newEncoder().canEncode(block.text());
        return new Letter.Wording(
                subject,
                block.text(),
                Letter.Form.valueOf(block.field("form", "plain").toUpperCase(Locale.ROOT)),
                charset,
                block.field("encoding", ascii ? "7bit" : "quoted-printable"));
    }

    private static String answerTo(String subject) {
        return subject.startsWith("Re: ") ? subject : "Re: " + subject;
    }

    /** New letters are unseen; in most mailboxes, and after three days, everything has been read. */
    private static Set<String> flags(Block block, String mailbox) {
        boolean old = Ago.parse(block.field("ago")).compareTo(Duration.ofDays(3)) > 0;
        String usual = old || !mailbox.equals("INBOX") ? "seen" : "";
        Set<String> flags = new TreeSet<>();
        words(block.field("flags", usual)).forEach(word -> {
            if (!word.equals("unseen")) {
                flags.add(FLAGS.getOrDefault(word, word));
            }
        });
        return flags;
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toList();
    }
}
