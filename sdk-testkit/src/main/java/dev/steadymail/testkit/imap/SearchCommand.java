package dev.steadymail.testkit.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** SEARCH and UID SEARCH (RFC 3501 section 6.4.4), with RETURN (RFC 4731) and MODSEQ (RFC 7162 section 3.1.5). */
final class SearchCommand implements Command {

    private static final Set<String> RETURN_OPTIONS = Set.of("ALL", "COUNT", "MIN", "MAX");

    private final Numbering numbering;

    SearchCommand(Numbering numbering) {
        this.numbering = numbering;
    }

    @Override
    public Completion run(ImapSession session, CommandReader args) {
        args.space();
        boolean extended = args.skipKeyword("RETURN");
        List<String> options = extended ? returnOptions(session, args) : List.of();
        readCharset(args);
        SearchKeyReader keys = new SearchKeyReader(session, args);
        SearchKey key = keys.readAll();
        args.end();
        List<SelectedMailbox.Numbered> found = session.store().call(() -> find(session, key));
        long modSeq = keys.usesModSeq() ? session.store().call(() -> highestModSeq(found)) : 0;
        List<Long> numbers = found.stream().map(each -> each.number(numbering)).toList();
        session.writer().send(extended ? extended(session.tag(), options, numbers, modSeq) : plain(numbers, modSeq));
        return Completion.ok("SEARCH done");
    }

    private static List<String> returnOptions(ImapSession session, CommandReader args) {
        session.require(ImapCapability.ESEARCH);
        args.space();
        List<String> options = args.list(args::keyword);
        args.space();
        if (!RETURN_OPTIONS.containsAll(options)) {
            throw new CommandSyntaxException("RETURN knows ALL, COUNT, MIN and MAX");
        }
        return options.isEmpty() ? List.of("ALL") : options;
    }

    private static void readCharset(CommandReader args) {
        if (!args.skipKeyword("CHARSET")) {
            return;
        }
        args.space();
        String charset = args.astring();
        args.space();
        if (!charset.equalsIgnoreCase("UTF-8") && !charset.equalsIgnoreCase("US-ASCII")) {
            throw new CommandRefusedException("BADCHARSET (US-ASCII UTF-8)", "unknown charset");
        }
    }

    private static List<SelectedMailbox.Numbered> find(ImapSession session, SearchKey key) {
        return session.selected().existing().stream().filter(key::matches).toList();
    }

    private static long highestModSeq(List<SelectedMailbox.Numbered> found) {
        return found.stream().mapToLong(each -> each.message().modSeq()).max().orElse(0);
    }

    private static ResponseLine plain(List<Long> numbers, long modSeq) {
        String list = numbers.stream().map(number -> " " + number).collect(Collectors.joining());
        return ResponseLine.untagged("SEARCH" + list + (modSeq > 0 ? " (MODSEQ " + modSeq + ")" : ""));
    }

    private ResponseLine extended(String tag, List<String> options, List<Long> numbers, long modSeq) {
        List<String> results = new ArrayList<>();
        for (String option : options.stream().distinct().toList()) {
            if (option.equals("COUNT")) {
                results.add("COUNT " + numbers.size());
            } else if (!numbers.isEmpty()) {
                results.add(option + " " + value(option, numbers));
            }
        }
        if (modSeq > 0) {
            results.add("MODSEQ " + modSeq);
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
}
