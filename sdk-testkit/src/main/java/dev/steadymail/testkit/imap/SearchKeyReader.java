package dev.steadymail.testkit.imap;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.function.ToLongFunction;

/** Reads search keys (RFC 3501 section 6.4.4) into one condition. Nesting is bounded. */
final class SearchKeyReader {

    private static final int MAX_DEPTH = 50;

    private final ImapSession session;
    private final CommandReader args;
    private boolean usesModSeq;
    private int depth;

    SearchKeyReader(ImapSession session, CommandReader args) {
        this.session = session;
        this.args = args;
    }

    /** Tells whether MODSEQ was among the keys, which changes the response (RFC 7162 section 3.1.5). */
    boolean usesModSeq() {
        return usesModSeq;
    }

    /** Reads keys separated by spaces; all of them must hold. */
    SearchKey readAll() {
        List<SearchKey> keys = new ArrayList<>();
        do {
            keys.add(key());
        } while (args.skip(' '));
        return candidate -> keys.stream().allMatch(key -> key.matches(candidate));
    }

    private SearchKey key() {
        if (++depth > MAX_DEPTH) {
            throw new CommandSyntaxException("search keys may be nested " + MAX_DEPTH + " deep");
        }
        SearchKey key;
        if (args.skip('(')) {
            key = readAll();
            args.expect(')');
        } else if (Character.isDigit(args.peek()) || args.peek() == '*') {
            key = numbers(Numbering.SEQUENCE);
        } else {
            key = named(args.keyword());
        }
        depth--;
        return key;
    }

    private SearchKey numbers(Numbering numbering) {
        NumberSet set = args.numberSet();
        SelectedMailbox selected = session.selected();
        return candidate -> set.contains(candidate.number(numbering), selected.largest(numbering));
    }

    private SearchKey named(String name) {
        return switch (name) {
            case "ALL", "OLD" -> candidate -> true;
            case "NEW", "RECENT" -> candidate -> false;
            case "NOT" -> not(argument());
            case "OR" -> or(argument(), argument());
            case "UID" -> {
                args.space();
                yield numbers(Numbering.UID);
            }
            case "MODSEQ" -> modSeq();
            case "EMAILID" -> emailId(objectId());
            case "THREADID" -> threadId(objectId());
            case "X-GM-MSGID" -> gmail(GmailAttributes::messageId);
            case "X-GM-THRID" -> gmail(GmailAttributes::threadId);
            case "LARGER" -> larger(number());
            case "SMALLER" -> smaller(number());
            default -> flagOrText(name);
        };
    }

    private SearchKey flagOrText(String name) {
        return switch (name) {
            case "ANSWERED", "DELETED", "DRAFT", "FLAGGED", "SEEN" -> flag("\\" + name);
            case "UNANSWERED", "UNDELETED", "UNDRAFT", "UNFLAGGED", "UNSEEN" -> not(flag("\\" + name.substring(2)));
            case "KEYWORD" -> flag(keyword());
            case "UNKEYWORD" -> not(flag(keyword()));
            case "BEFORE" -> date(LocalDate::isBefore);
            case "ON" -> date(LocalDate::equals);
            case "SINCE" -> date((day, since) -> !day.isBefore(since));
            case "SENTBEFORE" -> sent(LocalDate::isBefore);
            case "SENTON" -> sent(LocalDate::equals);
            case "SENTSINCE" -> sent((day, since) -> !day.isBefore(since));
            default -> text(name);
        };
    }

    private SearchKey text(String name) {
        return switch (name) {
            case "FROM", "TO", "CC", "BCC", "SUBJECT" -> header(name, string());
            case "HEADER" -> header(string(), string());
            case "BODY" -> body(string());
            case "TEXT" -> anywhere(string());
            default -> throw new CommandSyntaxException("unknown search key");
        };
    }

    private SearchKey argument() {
        args.space();
        return key();
    }

    private String string() {
        args.space();
        return args.astring();
    }

    private String keyword() {
        args.space();
        return args.flag();
    }

    private String objectId() {
        session.require(ImapCapability.OBJECTID);
        args.space();
        return args.objectId();
    }

    /** Numbers of 64 bits, as Gmail documents them. */
    private SearchKey gmail(ToLongFunction<GmailAttributes> id) {
        session.require(ImapCapability.X_GM_EXT_1);
        String wanted = string();
        return (SearchKey.OnMessage) message ->
                Long.toUnsignedString(id.applyAsLong(message.content().gmail())).equals(wanted);
    }

    private long number() {
        args.space();
        return args.number();
    }

    private static SearchKey not(SearchKey key) {
        return candidate -> !key.matches(candidate);
    }

    private static SearchKey or(SearchKey first, SearchKey second) {
        return candidate -> first.matches(candidate) || second.matches(candidate);
    }

    private static SearchKey flag(String flag) {
        return (SearchKey.OnMessage) message -> message.has(flag);
    }

    private static SearchKey emailId(String id) {
        return (SearchKey.OnMessage) message -> message.content().emailId().equals(id);
    }

    private static SearchKey threadId(String id) {
        return (SearchKey.OnMessage) message -> message.content().threadId().equals(id);
    }

    private static SearchKey larger(long octets) {
        return (SearchKey.OnMessage) message -> message.size() > octets;
    }

    private static SearchKey smaller(long octets) {
        return (SearchKey.OnMessage) message -> message.size() < octets;
    }

    /** Reads {@code MODSEQ [entry type] n}; the entry makes no difference, as there is one sequence for each message. */
    private SearchKey modSeq() {
        args.space();
        if (args.peek() == '"') {
            args.stringBytes();
            args.space();
            args.keyword();
            args.space();
        }
        long least = args.number();
        session.enableCondstore();
        usesModSeq = true;
        return (SearchKey.OnMessage) message -> message.modSeq() >= least;
    }

    /** Compares days as written, whatever the zone. */
    private SearchKey date(BiPredicate<LocalDate, LocalDate> relation) {
        LocalDate wanted = ImapDates.parseDate(string());
        return (SearchKey.OnMessage)
                message -> relation.test(message.internalDate().toLocalDate(), wanted);
    }

    private SearchKey sent(BiPredicate<LocalDate, LocalDate> relation) {
        LocalDate wanted = ImapDates.parseDate(string());
        return (SearchKey.OnMessage) message -> {
            String header = message.structure().fields().first("Date");
            LocalDate sent = header == null ? null : ImapDates.sentOn(header);
            return sent != null && relation.test(sent, wanted);
        };
    }

    private static SearchKey header(String name, String wanted) {
        String text = fold(wanted);
        return (SearchKey.OnMessage) message -> message.structure().fields().all(name).stream()
                .anyMatch(value -> fold(SearchText.decodeHeader(value)).contains(text));
    }

    private static SearchKey body(String wanted) {
        String text = fold(wanted);
        return (SearchKey.OnMessage)
                message -> fold(SearchText.ofBody(message.structure())).contains(text);
    }

    private static SearchKey anywhere(String wanted) {
        String text = fold(wanted);
        return (SearchKey.OnMessage)
                message -> fold(SearchText.ofHeader(message.structure())).contains(text)
                        || fold(SearchText.ofBody(message.structure())).contains(text);
    }

    private static String fold(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
