package dev.steadymail.oauth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** A signed JSON Web Token as an authorization grant (RFC 7523 section 2.1), with the algorithm RS256 (RFC 7518 section 3.3). */
final class Assertion {
    private static final JsonFactory JSON = new JsonFactory();
    private static final long LIFETIME_SECONDS = 3_600;

    private final Map<String, String> claims = new LinkedHashMap<>();

    Assertion claim(String name, String value) {
        claims.put(name, value);
        return this;
    }

    /**
     * Returns the token.
     *
     * @param keyId names the key for the server
     * @param now from when it is good, for an hour
     */
    String sign(String keyId, PrivateKey key, Instant now) {
        Map<String, String> header = new LinkedHashMap<>();
        header.put("alg", "RS256");
        header.put("typ", "JWT");
        header.put("kid", keyId);
        String signed = encoded(json(header, -1)) + "." + encoded(json(claims, now.getEpochSecond()));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("a key that was read as RSA signs", unusable);
        }
    }

    private static String json(Map<String, String> texts, long issuedAt) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            for (Map.Entry<String, String> entry : texts.entrySet()) {
                json.writeStringField(entry.getKey(), entry.getValue());
            }
            if (issuedAt >= 0) {
                json.writeNumberField("iat", issuedAt);
                json.writeNumberField("exp", issuedAt + LIFETIME_SECONDS);
            }
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
