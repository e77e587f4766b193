package dev.steadymail.accounts;

import dev.steadymail.imap.ImapAccount.Security;
import java.util.List;
import java.util.Locale;

/**
 * Where an account is, in one line without secrets:
 *
 * <pre>
 * imaps://USER@HOST[:PORT][?PARAMETERS]     ca=FILE, smtp=HOST:PORT, smtptls=implicit|starttls|none
 * imap://USER@HOST[:PORT][?PARAMETERS]      the same, and tls=none
 * gmail://USER[?root=URL&amp;token=URL]
 * </pre>
 *
 * <p>{@code imap} requires STARTTLS; {@code tls=none}, {@code smtptls=none} and unencrypted URLs are taken towards this machine only (127.0.0.0/8, ::1,
 * localhost). This is not a URI of RFC 3986: USER may hold {@code @}, and IMAP splits at the last one.
 * With {@code smtp} the account can send; without {@code smtptls} it is implicit TLS at port 465, and STARTTLS at any other. USER and values are
 * percent-decoded. Immutable and thread-safe; {@code toString} hides everything.
 */
public sealed interface AccountUrl permits ImapUrl, GmailUrl {
    /** Returns the user, decoded. */
    String user();

    /** Returns the URL in one spelling for all that mean the same: lower case, no usual port, as few escapes as possible. */
    String text();

    /** Returns every host that a client of this account may connect to, in lower case and without brackets. */
    List<String> hosts();

    /**
     * Reads a URL. Asks no name server and no file.
     *
     * @throws InvalidAccountUrlException where a rule is broken
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
                throw InvalidAccountUrlException.of("an account URL must start with imaps://, imap:// or gmail://,"
                        + " for example imaps://ada@mail.example.com");
        };
    }
}
