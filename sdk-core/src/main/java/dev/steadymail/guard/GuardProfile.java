package dev.steadymail.guard;

import org.jspecify.annotations.Nullable;

/**
 * How an account is guarded, and what it shares with others.
 *
 * @param settings limits of the account
 * @param project who registered the client at the provider; accounts with the same project share its quota and its circuit; null
 *     where there is none
 * @param host the server; accounts on the same host share its circuit; null where there is none
 * @param remembered whether what the provider counted and stated outlives a closed client: true where the account's id names one
 *     mailbox and no other
 */
public record GuardProfile(
        GuardSettings settings,
        @Nullable String project,
        @Nullable String host,
        boolean remembered) {
    /** A profile of an account whose id names one mailbox. */
    public GuardProfile(GuardSettings settings, @Nullable String project, @Nullable String host) {
        this(settings, project, host, true);
    }

    /** Returns a profile that shares nothing and is forgotten when its client is closed. */
    public static GuardProfile alone(GuardSettings settings) {
        return new GuardProfile(settings, null, null, false);
    }

    public GuardProfile withSettings(GuardSettings settings) {
        return new GuardProfile(settings, project, host, remembered);
    }
}
