package dev.steadymail.imap;

import dev.steadymail.imap.codec.Response.Namespaces;
import dev.steadymail.imap.command.ListedMailbox;
import dev.steadymail.imap.command.MailboxName;
import dev.steadymail.imap.command.Namespace;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the name of a mailbox as the server spells it. Where one's own mailboxes must be below a prefix ({@code INBOX.} on some
 * servers, RFC 2342), a path that is below no prefix is put below that one.
 */
final class NewMailboxName {
    private NewMailboxName() {}

    /**
     * Returns the name that a path makes.
     *
     * @throws MailException INVALID where a name holds the server's delimiter, or there are levels and the server has none
     */
    static String of(List<String> path, List<ListedMailbox> listed, ImapConnection connection) {
        Namespaces namespaces = connection.can("NAMESPACE") ? connection.run(new Namespace()) : null;
        String delimiter = delimiter(listed, namespaces);
        if (delimiter == null && path.size() > 1) {
            throw MailException.of(Kind.INVALID, "this server has no mailboxes below others; use one name");
        }
        if (delimiter != null && path.stream().anyMatch(name -> name.contains(delimiter))) {
            throw MailException.of(
                    Kind.INVALID,
                    "a name must not hold " + delimiter + ", this server's delimiter; choose another one");
        }
        List<String> encoded =
                path.stream().map(name -> MailboxName.encoded(name, false)).toList();
        String name = String.join(delimiter == null ? "" : delimiter, encoded);
        int first = encoded.get(0).length();
        String canonical = MailboxNames.canonical(name.substring(0, first)) + name.substring(first);
        return prefix(canonical, namespaces) + canonical;
    }

    private static @Nullable String delimiter(List<ListedMailbox> listed, @Nullable Namespaces namespaces) {
        Stream<String> ofMailboxes =
                listed.stream().map(ListedMailbox::delimiter).filter(Objects::nonNull);
        Stream<String> own = namespaces == null
                ? Stream.empty()
                : namespaces.personal().stream()
                        .map(Namespaces.Prefix::delimiter)
                        .filter(Objects::nonNull);
        return Stream.concat(own, ofMailboxes)
                .filter(delimiter -> !delimiter.isEmpty())
                .findFirst()
                .orElse(null);
    }

    private static String prefix(String name, @Nullable Namespaces namespaces) {
        if (namespaces == null || namespaces.personal().isEmpty()) {
            return "";
        }
        boolean below = Stream.of(namespaces.personal(), namespaces.other(), namespaces.shared())
                .flatMap(List::stream)
                .anyMatch(each -> !each.prefix().isEmpty() && name.startsWith(each.prefix()));
        boolean bare =
                namespaces.personal().stream().anyMatch(each -> each.prefix().isEmpty());
        return below || bare || name.equals(MailboxNames.INBOX)
                ? ""
                : namespaces.personal().get(0).prefix();
    }
}
