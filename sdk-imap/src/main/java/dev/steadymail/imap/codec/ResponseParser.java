package dev.steadymail.imap.codec;

import dev.steadymail.imap.codec.Response.Namespaces.Prefix;
import dev.steadymail.imap.codec.Response.Quota.Usage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says what the octets of one response mean. Used for one response. */
final class ResponseParser {
    private static final int FIRST_NUMBERS = 16;

    private final CodecLimits limits;
    private final ValueReader in;

    /** Reads into {@code values}, which nobody else uses meanwhile. */
    ResponseParser(Frame frame, CodecLimits limits, Values values) {
        this.limits = limits;
        this.in = new ValueReader(frame, limits, values);
    }

    Response parse() throws UnreadableException {
        if (in.isAtEnd()) {
            throw new UnreadableException("an empty line");
        }
        String first = in.word();
        if (first.equals("+")) {
            return new Response.Continuation(in.rest());
        }
        if (!first.equals("*")) {
            return new Response.Completed(first, completion(upper(in.word())), StatusText.parse(in.rest()));
        }
        String word = upper(in.keyword());
        return Character.isDigit(word.charAt(0)) ? numbered(OctetText.number(word)) : named(word);
    }

    /**
     * Returns which message a FETCH response is about that has not ended yet, or cannot be read to its end: as far as it was read. Null
     * where it is no FETCH. Reads like {@link #parse}, since what a sender wrote into a subject must not pass for a UID.
     */
    @Nullable
    MessageRef message() {
        FetchParser items = new FetchParser(in);
        long sequence = 0;
        try {
            boolean untagged = in.word().equals("*");
            long number = in.number();
            if (untagged && upper(in.word()).equals("FETCH")) {
                sequence = number;
                var unused = items.parse(sequence);
            }
        } catch (UnreadableException endsHere) {
            return sequence == 0 ? null : items.message(sequence);
        }
        return sequence == 0 ? null : items.message(sequence);
    }

    private static Response.Status completion(String word) throws UnreadableException {
        return switch (word) {
            case "OK", "NO", "BAD" -> Response.Status.valueOf(word);
            default -> throw new UnreadableException("neither OK, NO nor BAD");
        };
    }

    private Response numbered(long number) throws UnreadableException {
        return switch (upper(in.word())) {
            case "EXISTS" -> new Response.Exists(number);
            case "RECENT" -> new Response.Recent(number);
            case "EXPUNGE" -> new Response.Expunge(number);
            case "FETCH" -> whole(new Response.Fetch(new FetchParser(in).parse(number)));
            default -> throw new UnreadableException("a number before an unknown word");
        };
    }

    private Response named(String keyword) throws UnreadableException {
        return switch (keyword) {
            case "OK", "NO", "BAD", "BYE", "PREAUTH" ->
                new Response.Untagged(Response.Status.valueOf(keyword), StatusText.parse(in.rest()));
            case "CAPABILITY" -> new Response.Capabilities(upperWords());
            case "ENABLED" -> new Response.Enabled(upperWords());
            case "FLAGS" -> new Response.Flags(in.value().texts(Values.ROOT));
            case "SEARCH" -> search();
            case "ESEARCH" -> extendedSearch();
            case "VANISHED" -> new Response.Vanished(isEarlier(), set(in.rest()));
            case "LIST", "LSUB", "XLIST" -> whole(listed());
            case "STATUS" -> whole(mailboxStatus());
            case "NAMESPACE" -> new Response.Namespaces(prefixes(), prefixes(), prefixes());
            case "ID" -> new Response.Identity(in.value().parameters(Values.ROOT));
            case "QUOTA" -> whole(quota());
            case "QUOTAROOT" -> new Response.QuotaRoots(in.octets(), strings());
            case "FETCH", "EXISTS", "EXPUNGE", "RECENT" -> throw new UnreadableException("a number is missing");
            default -> new Response.Other(keyword);
        };
    }

    /** What is left over would be lost in silence. */
    private Response whole(Response response) throws UnreadableException {
        if (!in.isAtEnd()) {
            throw new UnreadableException("more than a whole response");
        }
        return response;
    }

    private Response mailboxStatus() throws UnreadableException {
        String name = in.octets();
        if (!in.isNext('(')) {
            throw new UnreadableException("STATUS without a list");
        }
        return new Response.MailboxStatus(name, in.value().pairs(Values.ROOT));
    }

    private UidSet set(String text) throws UnreadableException {
        if (text.chars().filter(c -> c == ',').count() >= limits.maxTokens()) {
            throw new UnreadableException("more than " + limits.maxTokens() + " ranges");
        }
        return UidSet.parse(text);
    }

    private List<String> upperWords() throws UnreadableException {
        List<String> words = new ArrayList<>();
        while (!in.isAtEnd()) {
            words.add(upper(in.word()));
        }
        return List.copyOf(words);
    }

    private List<String> strings() throws UnreadableException {
        List<String> strings = new ArrayList<>();
        while (!in.isAtEnd()) {
            strings.add(in.string());
        }
        return List.copyOf(strings);
    }

    private Response search() throws UnreadableException {
        long[] numbers = new long[FIRST_NUMBERS];
        int count = 0;
        long modSeq = 0;
        while (!in.isAtEnd()) {
            if (in.isNext('(')) {
                modSeq = number(in.value().pairs(Values.ROOT), "MODSEQ", 0);
                continue;
            }
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
            }
            numbers[count++] = in.number();
        }
        return new Response.Search(UidSet.of(Arrays.copyOf(numbers, count)), modSeq);
    }

    /** RFC 4731 section 3.1; PARTIAL (RFC 9394 section 3.1) names its range before its numbers. */
    private Response extendedSearch() throws UnreadableException {
        String tag = in.isNext('(') ? in.value().pairs(Values.ROOT).get("TAG") : null;
        boolean uid = false;
        Map<String, String> items = new LinkedHashMap<>();
        while (!in.isAtEnd()) {
            String name = upper(in.word());
            if (name.equals("UID")) {
                uid = true;
            } else {
                items.put(name, in.value().text(Values.ROOT));
            }
        }
        String partial = items.getOrDefault("PARTIAL", "");
        String all = items.getOrDefault("ALL", partial.substring(partial.lastIndexOf(' ') + 1));
        return new Response.ExtendedSearch(
                tag,
                uid,
                set(all),
                number(items, "MIN", 0),
                number(items, "MAX", 0),
                number(items, "COUNT", -1),
                number(items, "MODSEQ", 0));
    }

    private static long number(Map<String, String> items, String name, long absent) throws UnreadableException {
        String text = items.get(name);
        return text == null ? absent : OctetText.number(text);
    }

    private boolean isEarlier() throws UnreadableException {
        if (!in.isNext('(')) {
            return false;
        }
        return in.value().texts(Values.ROOT).stream().anyMatch(word -> word.equalsIgnoreCase("EARLIER"));
    }

    private Response listed() throws UnreadableException {
        List<String> attributes = in.value().texts(Values.ROOT);
        String delimiter = in.value().textOrNull(Values.ROOT);
        String name = in.octets();
        Map<String, String> extended = in.isNext('(') ? in.value().pairs(Values.ROOT) : Map.of();
        return new Response.Listed(
                attributes, delimiter == null || delimiter.isEmpty() ? null : delimiter, name, extended);
    }

    private List<Prefix> prefixes() throws UnreadableException {
        List<Prefix> prefixes = new ArrayList<>();
        Values namespaces = in.value();
        int namespace = Values.first(Values.ROOT);
        for (int i = 0; i < namespaces.size(Values.ROOT); i++, namespace = namespaces.after(namespace)) {
            if (namespaces.size(namespace) < 2) {
                throw new UnreadableException("a namespace without a delimiter");
            }
            int delimiter = namespaces.get(namespace, 1);
            prefixes.add(new Prefix(namespaces.text(Values.first(namespace)), namespaces.textOrNull(delimiter)));
        }
        return List.copyOf(prefixes);
    }

    /** RFC 9208 section 5.1: triples of resource, usage and limit. */
    private Response quota() throws UnreadableException {
        String root = in.string();
        Values values = in.value();
        Map<String, Usage> resources = new LinkedHashMap<>();
        int resource = Values.first(Values.ROOT);
        for (int i = 2; i < values.size(Values.ROOT); i += 3) {
            int used = values.after(resource);
            int limit = values.after(used);
            Usage usage = new Usage(OctetText.number(values.text(used)), OctetText.number(values.text(limit)));
            resources.put(upper(values.text(resource)), usage);
            resource = values.after(limit);
        }
        return new Response.Quota(root, Collections.unmodifiableMap(resources));
    }

    static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }
}
