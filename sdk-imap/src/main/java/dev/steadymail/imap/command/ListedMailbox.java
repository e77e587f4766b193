package dev.steadymail.imap.command;

import dev.steadymail.imap.codec.Response;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A mailbox of a listing (RFC 3501 section 7.2.2).
 *
 * @param name as the server spells it, a character for each octet; {@code INBOX} in upper case
 * @param delimiter between the levels of a name, null where there are none
 * @param attributes in lower case, the backslash included
 * @param counters null where they were not asked for or not told
 */
public record ListedMailbox(
        String name,
        @Nullable String delimiter,
        Set<String> attributes,
        @Nullable MailboxCounters counters) {
    private static final String INBOX = "INBOX";

    /** Takes a copy of the attributes. */
    public ListedMailbox {
        attributes = Set.copyOf(attributes);
    }

    /** XLIST names the inbox in the user's language and marks it. */
    static ListedMailbox of(Response.Listed listed) {
        Set<String> attributes = listed.attributes().stream()
                .map(attribute -> attribute.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        String name = attributes.contains("\\inbox") ? INBOX : canonical(listed.name());
        return new ListedMailbox(name, listed.delimiter(), attributes, null);
    }

    /** Returns the one spelling of a name (RFC 3501 section 5.1). */
    public static String canonical(String name) {
        return name.equalsIgnoreCase(INBOX) ? INBOX : name;
    }

    /** Answers whether it can hold messages (RFC 3501 section 7.2.2, RFC 5258 section 3). */
    public boolean isSelectable() {
        return !attributes.contains("\\noselect") && !attributes.contains("\\nonexistent");
    }

    /** Returns the mailbox with other counters, or none. */
    public ListedMailbox with(@Nullable MailboxCounters told) {
        return new ListedMailbox(name, delimiter, attributes, told);
    }

    /** Names are content. */
    @Override
    public String toString() {
        return "ListedMailbox" + attributes;
    }
}
