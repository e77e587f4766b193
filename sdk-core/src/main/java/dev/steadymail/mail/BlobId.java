package dev.steadymail.mail;

/**
 * Names the exact octets of a message (RFC 8621 section 4.1.1 {@code blobId}): opaque, compared by value.
 *
 * @param value the provider's own text, never blank, at most 2,048 characters
 */
public record BlobId(String value) {
    public BlobId {
        Ids.check("BlobId", value);
    }
}
