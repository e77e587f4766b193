package dev.steadymail.imap.command;

import dev.steadymail.imap.codec.StatusText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * APPEND (RFC 3501 section 6.3.11): puts a message into a mailbox, streamed while it is sent. Not safe to repeat blindly: where the
 * completion got lost, the message may be there.
 */
public final class Append implements Exchange<Append.Appended> {
    private static final String LIMIT = "APPENDLIMIT=";
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("dd-MMM-uuuu HH:mm:ss Z", Locale.ENGLISH);

    private static final Instant YEAR_0 = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");

    private final String mailbox;
    private final ContentSource message;
    private final long size;
    private final List<String> flags;
    private final @Nullable Instant receivedAt;
    private final boolean utf8;

    private Append(
            String mailbox,
            ContentSource message,
            long size,
            Collection<String> flags,
            @Nullable Instant receivedAt,
            boolean utf8) {
        this.mailbox = mailbox;
        this.message = message;
        this.size = size;
        this.flags = List.copyOf(flags);
        this.receivedAt = receivedAt;
        this.utf8 = utf8;
    }

    /**
     * Where the message is now (RFC 4315 section 3).
     *
     * @param uidValidity of the mailbox; 0 where the server did not tell
     * @param uid of the message; 0 where the server did not tell
     */
    public record Appended(long uidValidity, long uid) {}

    /**
     * Appends a message.
     *
     * @param mailbox as the server spells it
     * @param message its octets, with CRLF between lines
     * @param size how many octets they are, exactly; at least 1
     */
    public static Append to(String mailbox, ContentSource message, long size) {
        if (size < 1) {
            throw new IllegalArgumentException("a message must have at least 1 octet, was " + size);
        }
        return new Append(mailbox, message, size, List.of(), null, false);
    }

    /** Gives the message flags. */
    public Append flags(Collection<String> flags) {
        return new Append(mailbox, message, size, flags, receivedAt, utf8);
    }

    /**
     * Says when the message was received, which is the time of the command otherwise; kept to the second.
     *
     * @throws IllegalArgumentException where its year has not four digits
     */
    public Append receivedAt(Instant receivedAt) {
        if (receivedAt.isBefore(YEAR_0) || !receivedAt.isBefore(YEAR_10000)) {
            throw new IllegalArgumentException("a date must have a year of four digits");
        }
        return new Append(mailbox, message, size, flags, receivedAt, utf8);
    }

    /** Says that the message has UTF-8 in its header; the server needs UTF8=ACCEPT, enabled (RFC 6855 section 4). */
    public Append utf8() {
        return new Append(mailbox, message, size, flags, receivedAt, true);
    }

    /**
     * Returns how large a message may be (RFC 7889).
     *
     * @param capabilities names in upper case
     * @return octets, or empty where the server states no limit for all its mailboxes
     */
    public static OptionalLong limit(Set<String> capabilities) {
        return capabilities.stream()
                .filter(name -> name.startsWith(LIMIT))
                .mapToLong(name -> MailboxCounters.number(name.substring(LIMIT.length()), -1))
                .filter(limit -> limit >= 0)
                .min();
    }

    /** Answers whether a server with these capabilities can take so many octets, as far as it says. */
    public static boolean fits(long size, Set<String> capabilities) {
        return size <= limit(capabilities).orElse(Long.MAX_VALUE);
    }

    @Override
    public Command command() {
        Command command = Command.named("APPEND").mailbox(mailbox);
        if (!flags.isEmpty()) {
            command = command.flags(flags);
        }
        if (receivedAt != null) {
            command = command.text(DATE.format(receivedAt.atOffset(ZoneOffset.UTC)));
        }
        return command.content(message, size, utf8);
    }

    @Override
    public Appended result(StatusText completed) {
        String[] numbers = completed.arguments().split(" +");
        if (!"APPENDUID".equals(completed.code()) || numbers.length != 2) {
            return new Appended(0, 0);
        }
        long uidValidity = MailboxCounters.number(numbers[0], 0);
        long uid = MailboxCounters.number(numbers[1], 0);
        return uidValidity == 0 || uid == 0 ? new Appended(0, 0) : new Appended(uidValidity, uid);
    }
}
