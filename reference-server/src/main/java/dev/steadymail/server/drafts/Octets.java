package dev.steadymail.server.drafts;

import dev.steadymail.mail.RawContent;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.deser.std.StdDeserializer;

/** Octets that JSON carries as base64, decoded while they are read. Immutable. */
@JsonDeserialize(using = Octets.FromBase64.class)
public final class Octets {
    private final RawContent content;
    private final String sha256;

    private Octets(byte[] octets) {
        this.content = RawContent.of(octets);
        this.sha256 = digest(octets);
    }

    RawContent content() {
        return content;
    }

    /** Returns their SHA-256 in hexadecimal. */
    public String sha256() {
        return sha256;
    }

    private static String digest(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    @Override
    public String toString() {
        return "Octets[hidden]";
    }

    static final class FromBase64 extends StdDeserializer<Octets> {
        FromBase64() {
            super(Octets.class);
        }

        @Override
        public Octets deserialize(JsonParser parser, DeserializationContext context) {
            return new Octets(parser.getBinaryValue());
        }
    }
}
