package dev.steadymail.server.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A piece of a resource: lines {@code field: value}, an empty line, and text. Pieces are parted by lines of {@code =====}.
 *
 * @param text without empty lines around it
 */
record Block(Map<String, String> fields, String text) {
    private static final String SEPARATOR = "(?m)^=====$";

    Block {
        fields = Map.copyOf(fields);
    }

    static List<Block> readAll(String resource) {
        List<Block> blocks = new ArrayList<>();
        for (String piece : resource.split(SEPARATOR)) {
            blocks.add(read(piece.strip()));
        }
        return blocks;
    }

    private static Block read(String piece) {
        int end = piece.indexOf("\n\n");
        String head = end < 0 ? piece : piece.substring(0, end);
        Map<String, String> fields = new LinkedHashMap<>();
        head.lines().forEach(line -> {
            int colon = line.indexOf(':');
            fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
        });
        return new Block(fields, end < 0 ? "" : piece.substring(end).strip());
    }

    /** Returns a field, or what stands for it where it is missing. */
    String field(String name, String otherwise) {
        return fields.getOrDefault(name, otherwise);
    }

    /** Returns a field that must be there. */
    String field(String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("a block lacks its field " + name + ", it has " + fields.keySet());
        }
        return value;
    }
}
