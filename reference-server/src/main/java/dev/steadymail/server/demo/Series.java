package dev.steadymail.server.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Emails that come again and again: a block with places {@code {1}}, {@code {2}} to fill, and a table whose rows fill them, the newest
 * first. Field {@code every} is the time between two of them, {@code ago} is that of the newest.
 */
final class Series {
    private static final long SEED = 20_260;

    private final String name;
    private final Block template;
    private final List<String> rows;

    private Series(String name, Block template, List<String> rows) {
        this.name = name;
        this.template = template;
        this.rows = rows;
    }

    /** Returns one block for each row, with {@code id} and {@code ago} filled in. */
    static List<Block> expand(String name, String resource) {
        int table = resource.indexOf("\n=====\n");
        Block template = Block.readAll(resource.substring(0, table)).get(0);
        List<String> rows = resource.substring(table + 7).lines().toList();
        return new Series(name, template, rows).blocks();
    }

    /** The same lateness at every start: a random that begins with the same seed. */
    private List<Block> blocks() {
        Random late = new Random(SEED + name.hashCode());
        Duration every = Ago.parse(template.field("every"));
        Duration ago = Ago.parse(template.field("ago"));
        List<Block> blocks = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            Duration lateness = every.dividedBy(100).multipliedBy(late.nextInt(30));
            blocks.add(fill(row, ago.plus(every.multipliedBy(row)).plus(lateness)));
        }
        return blocks;
    }

    private Block fill(int row, Duration ago) {
        String[] cells = rows.get(row).split("\\|");
        Map<String, String> fields = new HashMap<>();
        template.fields().forEach((field, value) -> fields.put(field, fill(value, cells)));
        fields.put("id", name + "-" + (rows.size() - row));
        fields.put("ago", ago.toSeconds() + "s");
        return new Block(fields, fill(template.text(), cells));
    }

    private static String fill(String text, String[] cells) {
        String filled = text;
        for (int cell = 0; cell < cells.length; cell++) {
            filled = filled.replace("{" + (cell + 1) + "}", cells[cell].strip());
        }
        return filled;
    }
}
