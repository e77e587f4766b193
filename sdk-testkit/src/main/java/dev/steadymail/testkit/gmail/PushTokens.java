package dev.steadymail.testkit.gmail;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** OIDC tokens of pushes (RFC 7519, RS256) and the keys that verify them (RFC 7517). Threadsafe. */
final class PushTokens {
    static final String CERTS_PATH = "/oauth2/v3/certs";

    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final InstantSource clock;
    private @Nullable Key key; // guarded by this; made when first asked for, which takes some 100 ms
    private int keys;

    private record Key(String id, KeyPair pair) {}

    PushTokens(InstantSource clock) {
        this.clock = clock;
    }

    /** Returns the key set with the key that signs now. */
    Reply certs() {
        Key current = key();
        RSAPublicKey shown = (RSAPublicKey) current.pair().getPublic();
        JsonObject json = new JsonObject();
        json.addProperty("kty", "RSA");
        json.addProperty("alg", "RS256");
        json.addProperty("use", "sig");
        json.addProperty("kid", current.id());
        json.addProperty("n", unsigned(shown.getModulus()));
        json.addProperty("e", unsigned(shown.getPublicExponent()));
        JsonArray all = new JsonArray();
        all.add(json);
        JsonObject reply = new JsonObject();
        reply.add("keys", all);
        return Reply.json(reply).with(Map.of("Cache-Control", "public, max-age=3600"));
    }

    /** Signs with a new key from now on; the old one is no longer served. */
    synchronized void rotate() {
        key = null;
    }

    String token(PushEndpoint endpoint, PushTokenFlaw flaw) {
        Key current = key();
        JsonObject header = new JsonObject();
        header.addProperty("alg", flaw == PushTokenFlaw.ALGORITHM_NONE ? "none" : "RS256");
        header.addProperty("kid", flaw == PushTokenFlaw.UNKNOWN_KEY ? "nobodys-key" : current.id());
        header.addProperty("typ", "JWT");
        String signed = base64(header) + "." + base64(claims(endpoint, flaw));
        boolean foreign = flaw == PushTokenFlaw.SIGNATURE || flaw == PushTokenFlaw.UNKNOWN_KEY;
        return switch (flaw) {
            case ALGORITHM_NONE -> signed + ".";
            default -> signed + "." + signature(signed, (foreign ? newPair() : current.pair()).getPrivate());
        };
    }

    private JsonObject claims(PushEndpoint endpoint, PushTokenFlaw flaw) {
        Instant issued = clock.instant()
                .plus(
                        flaw == PushTokenFlaw.EXPIRED
                                ? LIFETIME.multipliedBy(-2)
                                : flaw == PushTokenFlaw.NOT_YET_VALID ? LIFETIME : Duration.ZERO);
        JsonObject claims = new JsonObject();
        claims.addProperty(
                "iss", flaw == PushTokenFlaw.ISSUER ? "https://accounts.example.com" : "https://accounts.google.com");
        claims.addProperty("aud", flaw == PushTokenFlaw.AUDIENCE ? "https://other.example.com/" : endpoint.audience());
        claims.addProperty("azp", "113000000000000000001");
        claims.addProperty("sub", "113000000000000000001");
        claims.addProperty(
                "email", flaw == PushTokenFlaw.ACCOUNT ? "mallory@evil.example.com" : endpoint.serviceAccount());
        claims.addProperty("email_verified", flaw != PushTokenFlaw.UNVERIFIED_EMAIL);
        claims.addProperty("iat", issued.getEpochSecond());
        claims.addProperty("exp", issued.plus(LIFETIME).getEpochSecond());
        return claims;
    }

    private synchronized Key key() {
        Key known = key;
        if (known == null) {
            keys++;
            known = new Key("fake-gmail-key-" + keys, newPair());
            key = known;
        }
        return known;
    }

    private static KeyPair newPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2_048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("this JDK has no RSA", absent);
        }
    }

    private static String signature(String text, PrivateKey by) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(by);
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("this JDK has no SHA256withRSA", absent);
        }
    }

    private static String base64(JsonObject json) {
        return BASE64.encodeToString(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Big-endian without the sign's leading zero (RFC 7518 section 2). */
    private static String unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int from = bytes[0] == 0 ? 1 : 0;
        return BASE64.encodeToString(Arrays.copyOfRange(bytes, from, bytes.length));
    }
}
