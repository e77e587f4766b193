package dev.steadymail.server.accounts;

import java.util.UUID;

/** Somebody needs an account's sync soon; what is open for the account stays as it is. */
public record SyncAsked(UUID id) {}
