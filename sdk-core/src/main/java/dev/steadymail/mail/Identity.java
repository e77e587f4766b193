package dev.steadymail.mail;

import java.util.List;

/**
 * Somebody the account may send as (RFC 8621 section 6). It is personal data, so {@link #toString} hides it.
 *
 * @param id the provider's id
 * @param name the name to put into From, empty where none is set
 * @param email the address to put into From
 * @param replyTo what to put into Reply-To, may be empty
 * @param bcc who gets a blind copy of everything, may be empty
 * @param textSignature what to put under a text, empty where none is set
 * @param htmlSignature what to put under an HTML text, empty where none is set; written by the account's owner, not by us: clean it
 *     before it is shown
 * @param mayDelete whether the owner may remove it
 */
public record Identity(
        IdentityId id,
        String name,
        String email,
        List<EmailAddress> replyTo,
        List<EmailAddress> bcc,
        String textSignature,
        String htmlSignature,
        boolean mayDelete) {
    public Identity {
        replyTo = List.copyOf(replyTo);
        bcc = List.copyOf(bcc);
    }

    @Override
    public String toString() {
        return "Identity[hidden]";
    }
}
