package dev.steadymail.guard;

import org.jspecify.annotations.Nullable;

/** One account in a scope that it shares with others. Fields are guarded by the scope's lock. */
final class ScopeMember {
    final SharedScope scope;
    final Gate gate;
    /** In which lanes the account waits for the scope, a bit for each. */
    int waiting;
    /** Whether the account's last outcome was a failure: an account that goes on failing counts once. */
    boolean failing;
    /** Why the scope let the account's last request wait: an open circuit, or null for its quota. */
    @Nullable
    CircuitCause openCause;

    ScopeMember(SharedScope scope, Gate gate) {
        this.scope = scope;
        this.gate = gate;
    }
}
