package dev.steadymail.smtp;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the server said to EHLO that it can do (RFC 5321 section 4.1.1.1). Immutable. */
final class Extensions {
    static final Extensions NONE = new Extensions(Map.of());

    private final Map<String, String> keywords;

    private Extensions(Map<String, String> keywords) {
        this.keywords = keywords;
    }

    /** Reads the answer to EHLO; its first line is a greeting. */
    static Extensions of(Reply reply) {
        Map<String, String> keywords = new HashMap<>();
        List<String> lines = reply.lines();
        for (String line : lines.subList(1, lines.size())) {
            // Older servers write AUTH=LOGIN, some of them beside the right form.
            String[] parts = line.strip().toUpperCase(Locale.ROOT).split("[ =]+", 2);
            keywords.merge(parts[0], parts.length > 1 ? parts[1] : "", (one, other) -> one + " " + other);
        }
        return new Extensions(Map.copyOf(keywords));
    }

    boolean has(String keyword) {
        return keywords.containsKey(keyword);
    }

    /** Returns the largest message that the server takes (RFC 1870 section 4); {@link Long#MAX_VALUE} where it states none. */
    long mostOctets() {
        String size = keywords.getOrDefault("SIZE", "").strip();
        return size.matches("[0-9]{1,18}") && Long.parseLong(size) > 0 ? Long.parseLong(size) : Long.MAX_VALUE;
    }

    /** Returns whether any way to log in is offered. */
    boolean offersLogin() {
        return has("AUTH");
    }

    /** Returns the ways to log in as IMAP states them, so that one choice serves both protocols. */
    Set<String> asCapabilities() {
        Set<String> capabilities = new HashSet<>();
        // RFC 4954 always allows an initial response.
        capabilities.add("SASL-IR");
        for (String mechanism : keywords.getOrDefault("AUTH", "").split(" +")) {
            capabilities.add("AUTH=" + mechanism);
        }
        if (!capabilities.contains("AUTH=LOGIN")) {
            capabilities.add("LOGINDISABLED");
        }
        return capabilities;
    }
}
