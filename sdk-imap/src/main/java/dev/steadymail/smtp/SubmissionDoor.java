package dev.steadymail.smtp;

import dev.steadymail.guard.GuardProfile;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Capability;
import dev.steadymail.mail.Protocol;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.ProviderContext;
import java.time.Duration;

/**
 * A submission server as the guard sees it: an account of its own, so that a mailbox and its submission server never wait for each
 * other's circuits; one message at a time. It cannot be opened.
 *
 * @param user who logs in
 * @param scope what all accounts on the server share
 */
record SubmissionDoor(String user, String scope) implements MailAccount {
    private static final Duration USUAL_ATTEMPT = Duration.ofMinutes(2);

    @Override
    public AccountId id() {
        return new AccountId("smtp:" + user + "@" + scope);
    }

    @Override
    public GuardProfile guard() {
        GuardSettings settings = GuardSettings.IMAP.toBuilder()
                .maxInFlight(1)
                .attemptTimeout(USUAL_ATTEMPT)
                .build();
        return new GuardProfile(settings, null, scope);
    }

    @Override
    public Protocol protocol() {
        return Protocol.SMTP;
    }

    @Override
    public MailProvider open(ProviderContext context) {
        throw Capability.IMPORT.missing();
    }

    @Override
    public String toString() {
        return "SubmissionDoor[hidden]";
    }
}
