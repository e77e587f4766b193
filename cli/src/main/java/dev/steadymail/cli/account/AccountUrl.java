package dev.steadymail.cli.account;

import dev.steadymail.cli.outcome.CommandException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The ACCOUNT argument, taken apart:
 *
 * <pre>
 * imaps://USER@HOST[:PORT][?ca=FILE]
 * imap://USER@HOST[:PORT][?ca=FILE|tls=none]
 * gmail://USER[?root=URL&amp;token=URL]
 * </pre>
 *
 * <p>This is not a URI of RFC 3986: USER may hold {@code @}, and IMAP splits at the last one. Values are percent-decoded. Errors
 * repeat nothing of the argument, since people paste passwords into it.
 */
public sealed interface AccountUrl {
    /** Returns the user, decoded. */
    String user();

    /**
     * Reads an argument.
     *
     * @throws CommandException wrong usage, with a remedy
     */
    static AccountUrl parse(String text) {
        int end = text.indexOf("://");
        String scheme = end < 0 ? "" : text.substring(0, end).toLowerCase(Locale.ROOT);
        String rest = end < 0 ? "" : text.substring(end + 3);
        return switch (scheme) {
            case "imaps" -> ImapUrl.parse(rest, Security.IMPLICIT_TLS);
            case "imap" -> ImapUrl.parse(rest, Security.STARTTLS);
            case "gmail" -> GmailUrl.parse(rest);
            default ->
                throw CommandException.usage(
                        "ACCOUNT must start with imaps://, imap:// or gmail://, for example imaps://ada@mail.example.com");
        };
    }

    /** How an IMAP connection is protected. */
    enum Security {
        IMPLICIT_TLS,
        STARTTLS,
        /** No TLS, towards this machine only. */
        NONE
    }

    /**
     * An IMAP account.
     *
     * @param user the user name
     * @param host a name or an address, without brackets
     * @param port 1 to 65,535
     * @param security how to protect the connection
     * @param ca a PEM file of certificates to trust instead of the system's, or null
     */
    record Imap(
            String user,
            String host,
            int port,
            Security security,
            @Nullable Path ca) implements AccountUrl {
        @Override
        public String toString() {
            return "Imap[hidden]";
        }
    }

    /**
     * A Gmail account.
     *
     * @param user the address, or {@code me}
     * @param root where the API is instead of Google's own place, or null
     * @param token where access tokens are refreshed instead of Google's own place, or null
     */
    record Gmail(String user, @Nullable URI root, @Nullable URI token) implements AccountUrl {
        @Override
        public String toString() {
            return "Gmail[hidden]";
        }
    }
}
