package dev.steadymail.provider;

import dev.steadymail.guard.GuardProfile;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Protocol;

/** Where an account is and how to get in: an immutable recipe that {@code MailRuntime.open} turns into a client. */
public interface MailAccount {
    /** Returns the identity under which state of this account is kept. */
    AccountId id();

    /** Returns how the account's requests are guarded, and what they share with those of other accounts. */
    GuardProfile guard();

    /** Returns what is spoken with its server, for events and figures. */
    default Protocol protocol() {
        return Protocol.OTHER;
    }

    /** Makes the provider. Does no I/O: the first call connects. */
    MailProvider open(ProviderContext context);
}
