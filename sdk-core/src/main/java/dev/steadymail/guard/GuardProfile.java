package dev.steadymail.guard;

import org.jspecify.annotations.Nullable;

/**
 * How an account is guarded, and what it shares with others.
 *
 * @param settings limits of the account
 * @param project who registered the client at the provider; accounts with the same project share its quota and its circuit; null
 *     where there is none
 * @param host the server; accounts on the same host share its circuit; null where there is none
 */
public record GuardProfile(
        GuardSettings settings,
        @Nullable String project,
        @Nullable String host) {
    /** Returns a profile that shares nothing. */
    public static GuardProfile alone(GuardSettings settings) {
        return new GuardProfile(settings, null, null);
    }

    public GuardProfile withSettings(GuardSettings settings) {
        return new GuardProfile(settings, project, host);
    }
}
