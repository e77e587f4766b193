package dev.steadymail.server.accounts;

import java.util.UUID;

/** An account is about to be removed, with everything stored of it: what runs for it ends. */
public record AccountRemoved(UUID id) {}
