package dev.steadymail.imap.command;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A command with its arguments, before it has a tag. The only place where arguments are made: octets that could end a command or begin
 * another (CR, LF, NUL) are refused here, whatever they are part of. Immutable; each method that takes a value returns a longer copy.
 */
public final class Command {
    /** Octets of content that one command may bring where it states nothing else: 8 MiB. */
    public static final int USUAL_ROOM = 8 << 20;

    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9-]{0,20}( [A-Z]{1,20})?");

    /** RFC 3501 section 9: a part of a {@code sequence-set}, with {@code *} for the last message. */
    private static final Pattern RANGE = Pattern.compile("(?:[0-9]{1,10}|\\*)(?::(?:[0-9]{1,10}|\\*))?");
    /** RFC 7162 section 4 lets a line have 8,192 octets. */
    private static final int LONGEST_SET = 8_000;
    /** A flag is an atom, a backslash in front where the protocol gives it its meaning; servers have brackets in their own. */
    private static final Pattern FLAG = Pattern.compile("\\\\?[!#$&'+-\\[\\]^-z|}~]{1,255}");

    private final String name;
    private final List<Argument> arguments;
    private final int room;
    private final boolean roomForEach;

    private Command(String name, List<Argument> arguments, int room, boolean roomForEach) {
        this.name = name;
        this.arguments = arguments;
        this.room = room;
        this.roomForEach = roomForEach;
    }

    /**
     * Begins a command.
     *
     * @param name in upper case, {@code UID FETCH} for example
     */
    public static Command named(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("no name of a command");
        }
        return new Command(name, List.of(), USUAL_ROOM, false);
    }

    /**
     * Adds words of the protocol: atoms, numbers, parentheses. Nothing that comes from outside. A space goes between arguments, but for
     * the inside of a parenthesis that ends or begins the words.
     *
     * @throws IllegalArgumentException where one could be a string or a literal, is no printable ASCII, or is separated by more than a
     *     space
     */
    public Command words(String words) {
        boolean bad = words.chars().anyMatch(c -> c < ' ' || c > '~' || c == '"' || c == '{');
        if (bad || words.isEmpty() || !words.equals(words.strip()) || words.contains("  ")) {
            throw new IllegalArgumentException("words must be printable ASCII without quotes and braces");
        }
        return with(new Argument.Words(words));
    }

    /**
     * Adds a set of UIDs, {@code 1:3,7} or {@code 5:*} for example.
     *
     * @throws IllegalArgumentException where it is none, or too long for a line: see {@code UidSet.lines()}
     */
    public Command uids(String set) {
        if (set.length() > LONGEST_SET) {
            throw new IllegalArgumentException("a set must have at most " + LONGEST_SET + " octets");
        }
        for (String range : set.split(",", -1)) {
            if (!RANGE.matcher(range).matches()) {
                throw new IllegalArgumentException("no set of UIDs");
            }
        }
        return with(new Argument.Words(set));
    }

    /**
     * Adds a list of flags in parentheses, {@code \Seen} or {@code $Junk} for example.
     *
     * @throws IllegalArgumentException where one is no flag
     */
    public Command flags(Collection<String> flags) {
        for (String flag : flags) {
            if (!FLAG.matcher(flag).matches()) {
                throw new IllegalArgumentException("no flag");
            }
        }
        return with(new Argument.Flags("(" + String.join(" ", flags) + ")"));
    }

    /**
     * Adds one flag of a user, as SEARCH wants it.
     *
     * @throws IllegalArgumentException where it is none
     */
    Command keyword(String flag) {
        if (flag.startsWith("\\") || !FLAG.matcher(flag).matches()) {
            throw new IllegalArgumentException("no flag");
        }
        return with(new Argument.Flags(flag));
    }

    /**
     * Adds a string.
     *
     * @throws IllegalArgumentException where it holds CR, LF, NUL or half a surrogate pair
     */
    public Command text(String text) {
        requireOneLine(text);
        for (int i = 0; i < text.length(); i++) {
            boolean half = Character.isSurrogate(text.charAt(i));
            boolean pair = i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
            if (half && !pair) {
                throw new IllegalArgumentException("text must not hold half a character");
            }
            i += pair ? 1 : 0;
        }
        return with(new Argument.Text(text));
    }

    /**
     * Adds the name of a mailbox as the server spells it, a character for each octet.
     *
     * @throws IllegalArgumentException where it holds CR, LF, NUL or a character of more than an octet
     */
    public Command mailbox(String name) {
        requireOneLine(name);
        if (name.chars().anyMatch(c -> c > 0xff)) {
            throw new IllegalArgumentException("a mailbox name must hold octets");
        }
        return with(new Argument.Octets(name));
    }

    /** Adds content that is read while it is sent, exactly {@code size} octets of it. */
    Command content(ContentSource source, long size, boolean utf8) {
        if (size < 0) {
            throw new IllegalArgumentException("size must not be negative, was " + size);
        }
        return with(new Argument.Content(source, size, utf8));
    }

    /**
     * Sets how many octets of content each answer may bring, where answers are handed on as they come and none is kept; without this
     * they may bring 8 MiB together. What is over it is passed over.
     *
     * @throws IllegalArgumentException where it is negative
     */
    public Command roomForEach(int octets) {
        if (octets < 0) {
            throw new IllegalArgumentException("room must not be negative, was " + octets);
        }
        return new Command(name, arguments, octets, true);
    }

    /** Returns the name, {@code UID FETCH} for example. */
    public String name() {
        return name;
    }

    /** Returns how many octets of content the answers may bring, together or each. */
    public int room() {
        return room;
    }

    /** Answers whether there is as much room again for each answer. */
    public boolean isRoomForEach() {
        return roomForEach;
    }

    /** Adds the arguments of another command. */
    Command argumentsOf(Command other) {
        Command longer = this;
        for (Argument argument : other.arguments) {
            longer = longer.with(argument);
        }
        return longer;
    }

    /** Returns the command as a log may show it: no string, name, flag or date of anybody, but how long each is. */
    public String redacted(String tag) {
        return new RedactedCommand(tag, this).line();
    }

    List<Argument> arguments() {
        return arguments;
    }

    private Command with(Argument argument) {
        List<Argument> longer = new ArrayList<>(arguments);
        longer.add(argument);
        return new Command(name, List.copyOf(longer), room, roomForEach);
    }

    private static void requireOneLine(String text) {
        if (text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0 || text.indexOf(0) >= 0) {
            throw new IllegalArgumentException("an argument must hold neither CR nor LF nor NUL");
        }
    }

    /** Arguments may be secret. */
    @Override
    public String toString() {
        return "Command[" + name + "]";
    }
}
