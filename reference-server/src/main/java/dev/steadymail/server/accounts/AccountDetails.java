package dev.steadymail.server.accounts;

import dev.steadymail.accounts.AccountUrl;
import dev.steadymail.accounts.ImapUrl;
import dev.steadymail.accounts.SmtpPlace;
import org.jspecify.annotations.Nullable;

/**
 * What an account's owner chose for it.
 *
 * @param name what the owner calls it, or null
 * @param smtp where its mail is submitted, or null where its URL says it or nothing does
 */
public record AccountDetails(
        @Nullable String name, @Nullable SmtpPlace smtp, Priority priority) {
    /** What an account has until somebody chooses. */
    public static final AccountDetails USUAL = new AccountDetails(null, null, Priority.MEDIUM);

    /**
     * Returns the URL with the server that takes the account's mail.
     *
     * @throws UnusableAccountException where an account of this kind takes none
     */
    AccountUrl with(AccountUrl url) {
        if (smtp == null) {
            return url;
        }
        if (url instanceof ImapUrl imap) {
            return new ImapUrl(imap.user(), imap.host(), imap.port(), imap.security(), imap.ca(), smtp);
        }
        throw new UnusableAccountException(
                "smtp is for IMAP accounts; a Gmail account sends by Google's API, leave it out");
    }

    /** Returns these details where others are silent. */
    AccountDetails changedBy(Wishes wishes) {
        return new AccountDetails(
                wishes.name() == null ? name : wishes.name().isEmpty() ? null : wishes.name(),
                wishes.smtp() == null ? smtp : wishes.smtp().isEmpty() ? null : SmtpUrl.parse(wishes.smtp()),
                wishes.priority() == null ? priority : wishes.priority());
    }

    @Override
    public String toString() {
        return "AccountDetails[hidden]";
    }

    /** What a request asks to change; null leaves a detail as it is, an empty text takes it away. */
    record Wishes(
            @Nullable String name,
            @Nullable String smtp,
            @Nullable Priority priority) {
        private static final int LONGEST_NAME = 200;
        private static final int LONGEST_URL = 400;

        /** Nothing is asked. */
        static final Wishes NONE = new Wishes(null, null, null);

        Wishes {
            if (name != null && (name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl))) {
                throw new UnusableAccountException(
                        "name must have at most 200 characters, without line ends or other control characters");
            }
            if (smtp != null && smtp.length() > LONGEST_URL) {
                throw new UnusableAccountException("smtp must have at most 400 characters");
            }
        }

        @Override
        public String toString() {
            return "Wishes[hidden]";
        }
    }
}
