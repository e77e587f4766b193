package dev.steadymail.testkit.script;

import org.jspecify.annotations.Nullable;

/**
 * The client sends octets that do not matter.
 *
 * @param count how many; null for the number last remembered
 */
record SkipOctets(@Nullable Long count) implements Step {

    @Override
    public void play(Conversation conversation) throws OffScriptException {
        long octets = count == null ? Long.parseLong(conversation.memory().number()) : count;
        conversation.wire().in().skip(octets);
        conversation.transcript().octets(octets);
    }
}
