package dev.steadymail.server.accounts;

import java.util.UUID;

/** An account is gone, with everything stored of it. */
public record AccountRemoved(UUID id) {}
