package dev.steadymail.server.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All letters of the demo. Used by one thread. */
final class Correspondence {
    private final LetterReader reader;
    private final Map<String, Letter> byId = new HashMap<>();
    private final List<Letter> letters = new ArrayList<>();

    private Correspondence(LetterReader reader) {
        this.reader = reader;
    }

    /** Returns all letters, oldest first; the order is the same each time. */
    static List<Letter> load() {
        Correspondence all = new Correspondence(new LetterReader(People.read(Resources.text("people.txt"))));
        Resources.text("contents.txt").lines().filter(line -> !line.isBlank()).forEach(all::add);
        all.markAnswered();
        all.letters.sort(Comparator.comparing(Letter::ago).reversed().thenComparing(Letter::id));
        return List.copyOf(all.letters);
    }

    /** Marks what was answered in a letter that was sent. */
    private void markAnswered() {
        Set<String> answered = new HashSet<>();
        letters.stream()
                .filter(letter -> letter.mailbox().equals("Sent"))
                .map(Letter::thread)
                .filter(thread -> !thread.isEmpty())
                .forEach(thread -> answered.add(thread.get(thread.size() - 1)));
        letters.replaceAll(letter -> answered.contains(letter.id()) ? letter.flagged("\\Answered") : letter);
    }

    private void add(String name) {
        String resource = Resources.text(name + ".txt");
        String shortName = name.substring(name.indexOf('/') + 1);
        List<Block> blocks = name.startsWith("series/") ? Series.expand(shortName, resource) : Block.readAll(resource);
        for (int number = 1; number <= blocks.size(); number++) {
            add(blocks.get(number - 1), shortName + "-" + number);
        }
    }

    /** An answer names its letter by id, or by {@code -} if that is the one before. */
    private void add(Block block, String usualId) {
        String answers = block.field("re", "");
        Letter answered = answers.equals("-") ? letters.get(letters.size() - 1) : byId.get(answers);
        if (answered == null && !answers.isEmpty()) {
            throw new IllegalArgumentException("there is no letter " + answers + " before " + usualId);
        }
        Letter letter = reader.read(block, usualId, answered);
        if (byId.put(letter.id(), letter) != null) {
            throw new IllegalArgumentException("two letters are called " + letter.id());
        }
        letters.add(letter);
    }
}
