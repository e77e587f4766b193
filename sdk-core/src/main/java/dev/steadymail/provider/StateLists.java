package dev.steadymail.provider;

import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import java.time.Instant;
import java.util.Optional;

/**
 * Tells the states of all emails of an account by few lists instead of a request for each. A provider that can has it, to be had by
 * {@link MailProvider#unwrap}. Thread-safe.
 */
public interface StateLists {
    /** Begins to list. Does no I/O; whatever is told later was asked for after this call. */
    Listed begin();

    /** What was listed. Thread-safe. */
    interface Listed {
        /**
         * Lists all that is not listed yet. After a failure, or where the deadline came first, another call goes on where this one
         * ended. Does nothing once all is there.
         *
         * @throws dev.steadymail.mail.MailException TOO_LARGE where the account has more emails than can be kept
         */
        void complete(Call call);

        /** Returns how many emails were listed. */
        int size();

        /**
         * Returns an email with the thread, mailboxes and keywords that the lists tell: each of them as it was at some time since
         * {@link StateLists#begin}, so that changes known since then, told again, lead to the state of now. Empty where the email was
         * not there when the lists began, or where not all is listed yet.
         *
         * @param receivedAt when it arrived, which lists do not tell
         * @param size octets of the raw message
         */
        Optional<Email> find(EmailId id, Instant receivedAt, long size);
    }
}
