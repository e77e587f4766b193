package dev.steadymail.mail;

import org.jspecify.annotations.Nullable;

/**
 * One address of a header field (RFC 5322 section 3.4), decoded. It is personal data, so {@link #toString} hides it; use
 * {@link #display} to show it to its owner.
 *
 * @param name the display name, or null where the header has none
 * @param address the address as written; hostile mail may put anything here
 */
public record EmailAddress(@Nullable String name, String address) {
    /** Returns {@code Ada Lovelace <ada@example.com>}, or the bare address where there is no name. */
    public String display() {
        return name == null || name.isBlank() ? address : name + " <" + address + ">";
    }

    @Override
    public String toString() {
        return "EmailAddress[hidden]";
    }
}
