package dev.steadymail.mime;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a signature is about, and the signature, of a {@code multipart/signed} (RFC 1847 section 2.1). Nothing is verified here: that a
 * message has a signature says nothing about who wrote it. Content is private: {@link #toString} hides it. Immutable.
 */
public final class SignedContent {
    private final ParsedPart multipart;
    private final Content content;
    private final ParsedPart signature;

    SignedContent(ParsedPart multipart, Content content, ParsedPart signature) {
        this.multipart = multipart;
        this.content = content;
        this.signature = signature;
    }

    /** Returns the media type of signature that was declared, for example {@code application/pgp-signature}, or null. */
    public @Nullable String protocol() {
        return multipart.parameter("protocol");
    }

    /** Returns the digest that was declared, for example {@code sha-256} or {@code pgp-sha512}, or null. */
    public @Nullable String digest() {
        return multipart.parameter("micalg");
    }

    /**
     * Returns the signed octets from the start each time: the first part with its header fields, encoded as it is, without the line end in
     * front of the boundary. They are as the message had them; signatures are made with CRLF as line ends (RFC 8551 section 3.1.1, RFC 3156
     * section 5), which is what providers hand over.
     */
    public InputStream open() {
        return content.open();
    }

    /** Returns how many signed octets there are here. */
    public long size() {
        return content.size();
    }

    /** Returns whether the message had more of them than the limit on contents left room for: nothing can be verified then. */
    public boolean isCut() {
        return content.isCut();
    }

    /** Returns the signature, decoded; an empty part where the message has none. */
    public ParsedPart signature() {
        return signature;
    }

    @Override
    public String toString() {
        return "SignedContent[" + size() + " octets]";
    }
}
