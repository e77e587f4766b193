package dev.steadymail.server.accounts;

import java.util.UUID;

/** An account was connected, moved, or given other credentials: what was opened for it is out of date. */
public record AccountChanged(UUID id) {}
