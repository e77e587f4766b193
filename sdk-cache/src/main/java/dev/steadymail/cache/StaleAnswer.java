package dev.steadymail.cache;

import dev.steadymail.mail.AccountId;
import java.time.Duration;

/**
 * Says that an answer is older than the bound, as the account's circuit is open.
 *
 * @param account whose
 * @param kind what was asked for
 * @param age how long ago it was true for sure
 */
public record StaleAnswer(AccountId account, CachedKind kind, Duration age) {}
