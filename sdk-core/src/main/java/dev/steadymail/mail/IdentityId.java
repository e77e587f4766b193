package dev.steadymail.mail;

/**
 * The provider's id of an identity: opaque, compared by value.
 *
 * @param value the provider's own text, never blank, at most 2,048 characters
 */
public record IdentityId(String value) {
    public IdentityId {
        Ids.check("IdentityId", value);
    }

    /** Shows a digest only: some providers use the address. */
    @Override
    public String toString() {
        return Ids.digest("IdentityId", value);
    }
}
