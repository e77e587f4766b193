package dev.steadymail.gmail.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A JSON web token (RFC 7519) taken apart; nothing of it is verified here.
 *
 * @param algorithm {@code alg}, empty where missing
 * @param keyId {@code kid}, empty where missing
 * @param issuer {@code iss}, empty where missing
 * @param audience {@code aud}, empty where missing or several
 * @param email {@code email}, empty where missing
 * @param emailVerified whether {@code email_verified} is true
 * @param issuedAt {@code iat} in seconds, -1 where missing
 * @param expiresAt {@code exp} in seconds, -1 where missing
 * @param signed what the signature is of, in ASCII
 * @param signature as base64url text
 */
public record SignedToken(
        String algorithm,
        String keyId,
        String issuer,
        String audience,
        String email,
        boolean emailVerified,
        long issuedAt,
        long expiresAt,
        String signed,
        String signature) {
    private static final int PARTS = 3;

    /** Takes a token apart; null for what is none. */
    public static @Nullable SignedToken parse(String token) {
        List<String> parts = List.of(token.split("\\.", -1));
        if (parts.size() != PARTS) {
            return null;
        }
        try {
            Claims claims = new Claims();
            JsonObjects.document(decoded(parts.get(0)), claims::header);
            JsonObjects.document(decoded(parts.get(1)), claims);
            return claims.token(parts.get(0) + "." + parts.get(1), parts.get(2));
        } catch (IOException | IllegalArgumentException malformed) {
            return null;
        }
    }

    /** Reads a set of keys (RFC 7517): id, modulus and exponent of each RSA key, handed to {@code key}. */
    public static <T> List<T> keys(InputStream content, Function<Key, T> key) throws IOException {
        List<T> keys = new ArrayList<>();
        JsonObjects.document(content, (name, json) -> {
            if (name.equals("keys")) {
                JsonObjects.array(json, SignedToken::key).forEach(each -> keys.add(key.apply(each)));
            }
        });
        return keys;
    }

    /** One RSA key. */
    public record Key(String id, BigInteger modulus, BigInteger exponent) {}

    private static @Nullable Key key(JsonParser json) throws IOException {
        String[] texts = {"", "", "", ""};
        List<String> names = List.of("kty", "kid", "n", "e");
        JsonObjects.object(json, (name, value) -> {
            int index = names.indexOf(name);
            String text = index < 0 ? null : JsonObjects.text(value);
            if (text != null) {
                texts[index] = text;
            }
        });
        try {
            return texts[0].equals("RSA") && !texts[2].isEmpty() && !texts[3].isEmpty()
                    ? new Key(texts[1], number(texts[2]), number(texts[3]))
                    : null;
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    private static BigInteger number(String text) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(text));
    }

    private static InputStream decoded(String part) {
        return new ByteArrayInputStream(Base64.getUrlDecoder().decode(part.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Override
    public String toString() {
        return "SignedToken[hidden]";
    }

    private static final class Claims implements JsonObjects.FieldReader {
        private String algorithm = "";
        private String keyId = "";
        private String issuer = "";
        private String audience = "";
        private String email = "";
        private boolean emailVerified;
        private long issuedAt = -1;
        private long expiresAt = -1;

        void header(String name, JsonParser json) throws IOException {
            switch (name) {
                case "alg" -> algorithm = text(json);
                case "kid" -> keyId = text(json);
                default -> json.skipChildren();
            }
        }

        @Override
        public void read(String name, JsonParser json) throws IOException {
            switch (name) {
                case "iss" -> issuer = text(json);
                case "aud" -> audience = text(json);
                case "email" -> email = text(json);
                case "email_verified" -> emailVerified = json.currentToken() == JsonToken.VALUE_TRUE;
                case "iat" -> issuedAt = JsonObjects.number(json, -1);
                case "exp" -> expiresAt = JsonObjects.number(json, -1);
                default -> json.skipChildren();
            }
        }

        private static String text(JsonParser json) throws IOException {
            String text = JsonObjects.text(json);
            return text == null ? "" : text;
        }

        SignedToken token(String signed, String signature) {
            return new SignedToken(
                    algorithm, keyId, issuer, audience, email, emailVerified, issuedAt, expiresAt, signed, signature);
        }
    }
}
