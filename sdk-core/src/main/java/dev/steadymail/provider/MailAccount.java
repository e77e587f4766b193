package dev.steadymail.provider;

import dev.steadymail.guard.GuardProfile;
import dev.steadymail.mail.AccountId;

/** Where an account is and how to get in: an immutable recipe that {@code MailRuntime.open} turns into a client. */
public interface MailAccount {
    /** Returns the identity under which state of this account is kept. */
    AccountId id();

    /** Returns how the account's requests are guarded, and what they share with those of other accounts. */
    GuardProfile guard();

    /** Makes the provider. Does no I/O: the first call connects. */
    MailProvider open(ProviderContext context);
}
