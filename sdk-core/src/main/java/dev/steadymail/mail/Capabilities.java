package dev.steadymail.mail;

import java.util.Set;

/**
 * What one account's provider can do.
 *
 * @param values the capabilities it has
 */
public record Capabilities(Set<Capability> values) {
    public Capabilities {
        values = Set.copyOf(values);
    }

    public boolean has(Capability capability) {
        return values.contains(capability);
    }

    /**
     * Does nothing where the capability is there.
     *
     * @throws MailException of kind UNSUPPORTED where it is not
     */
    public void require(Capability capability) {
        if (!has(capability)) {
            throw capability.missing();
        }
    }
}
