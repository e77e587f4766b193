package dev.steadymail.testkit.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * RETURN of SEARCH, and the ESEARCH response that it asks for (RFC 4731).
 *
 * @param options in the order of the client, each once
 */
record SearchReturn(List<String> options) {

    private static final Set<String> KNOWN = Set.of("ALL", "COUNT", "MIN", "MAX");

    SearchReturn {
        options = List.copyOf(options);
    }

    /** Reads the options with the space after them, or returns null if the client wants the plain response. */
    static @Nullable SearchReturn read(ImapSession session, CommandReader args) {
        if (!args.skipKeyword("RETURN")) {
            return null;
        }
        session.require(ImapCapability.ESEARCH);
        args.space();
        List<String> options = args.list(args::keyword);
        args.space();
        if (!KNOWN.containsAll(options)) {
            throw new CommandSyntaxException("RETURN knows ALL, COUNT, MIN and MAX");
        }
        // An empty list means ALL (RFC 4731 section 3.1).
        return new SearchReturn(
                options.isEmpty() ? List.of("ALL") : options.stream().distinct().toList());
    }

    /** Returns the response; of an empty result it tells nothing but the count (RFC 4731 section 3.1). */
    ResponseLine answer(String tag, Numbering numbering, List<SelectedMailbox.Numbered> found, boolean withModSeq) {
        List<Long> numbers = found.stream().map(each -> each.number(numbering)).toList();
        List<String> results = new ArrayList<>();
        for (String option : options) {
            if (option.equals("COUNT")) {
                results.add("COUNT " + numbers.size());
            } else if (!numbers.isEmpty()) {
                results.add(option + " " + value(option, numbers));
            }
        }
        if (withModSeq && !found.isEmpty()) {
            results.add("MODSEQ " + highestModSeq(told(found)));
        }
        ResponseLine line = ResponseLine.untagged("ESEARCH (TAG ").string(tag).text(")");
        line.text(numbering == Numbering.UID ? " UID" : "");
        results.forEach(result -> line.text(" " + result));
        return line;
    }

    private static String value(String option, List<Long> numbers) {
        return switch (option) {
            case "MIN" -> numbers.get(0).toString();
            case "MAX" -> numbers.get(numbers.size() - 1).toString();
            default -> NumberSet.compact(numbers);
        };
    }

    /** Returns what MODSEQ covers: the messages at the ends if only MIN and MAX were asked for, else all (RFC 4731 section 3.2). */
    private List<SelectedMailbox.Numbered> told(List<SelectedMailbox.Numbered> found) {
        if (options.contains("ALL") || options.contains("COUNT")) {
            return found;
        }
        List<SelectedMailbox.Numbered> ends = new ArrayList<>();
        if (options.contains("MIN")) {
            ends.add(found.get(0));
        }
        if (options.contains("MAX")) {
            ends.add(found.get(found.size() - 1));
        }
        return ends;
    }

    static long highestModSeq(List<SelectedMailbox.Numbered> found) {
        return found.stream().mapToLong(each -> each.message().modSeq()).max().orElse(0);
    }
}
