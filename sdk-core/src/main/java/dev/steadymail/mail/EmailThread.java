package dev.steadymail.mail;

import java.util.List;

/**
 * A conversation as the provider groups it (RFC 8621 section 3).
 *
 * @param id the provider's id
 * @param emailIds its emails, oldest first
 */
public record EmailThread(ThreadId id, List<EmailId> emailIds) {
    public EmailThread {
        emailIds = List.copyOf(emailIds);
    }
}
