package dev.steadymail.gmail.push;

import dev.steadymail.gmail.http.HttpConnections;
import dev.steadymail.gmail.http.HttpRoute;
import dev.steadymail.gmail.http.HttpTimeouts;
import dev.steadymail.gmail.http.Loopback;
import dev.steadymail.gmail.json.SignedToken;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.HostResolver;
import dev.steadymail.time.TimeSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The keys that Google signs with, asked for again after an hour, and at most once a minute where a token names one that is not
 * among them, so that wrong tokens cannot have us ask without end. Thread-safe; close it when done.
 */
public final class SigningKeys implements AutoCloseable {
    /** Google's keys. */
    public static final URI GOOGLE = URI.create("https://www.googleapis.com/oauth2/v3/certs");

    private static final Duration GOOD_FOR = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int MAX_OCTETS = 1 << 18;
    private static final int LEAST_BITS = 2_048;
    private static final int MOST_BITS = 16_384;

    private final URI url;
    private final TimeSource time;
    private final HttpConnections connections;
    // Guarded by this object.
    private Map<String, PublicKey> keys = Map.of();
    private @Nullable Long askedAt;
    /** What asking last ended with. */
    private @Nullable MailException failure;

    private SigningKeys(URI url, TimeSource time, HttpConnections connections) {
        this.url = url;
        this.time = time;
        this.connections = connections;
    }

    /**
     * Returns the keys that an URL serves; asks for none yet.
     *
     * @param url {@link #GOOGLE}, or http towards this machine
     * @param resolver finds the addresses of its host
     */
    public static SigningKeys at(URI url, TimeSource time, HostResolver resolver) {
        URI safe = Loopback.requireSafe("url", url);
        HttpTimeouts timeouts = new HttpTimeouts(LIMIT, LIMIT, LIMIT);
        return new SigningKeys(safe, time, HttpConnections.to(HttpRoute.usual(safe, resolver), timeouts));
    }

    /**
     * Returns the key with an id, or null where there is none.
     *
     * @throws MailException NETWORK where the keys could not be asked for, now or within the last minute
     */
    synchronized @Nullable PublicKey find(String id) {
        Long asked = askedAt;
        long now = time.nanoTime();
        boolean known = keys.containsKey(id);
        if (asked == null || now - asked >= (known ? GOOD_FOR : PAUSE).toNanos()) {
            askedAt = now;
            askAgain();
        } else if (!known && failure != null) {
            throw failure.toBuilder().cause(failure).build();
        }
        return keys.get(id);
    }

    private void askAgain() {
        try {
            keys = ask();
            failure = null;
        } catch (MailException failed) {
            failure = failed;
            throw failed;
        }
    }

    private Map<String, PublicKey> ask() {
        Call call = connections
                .calls()
                .newCall(new Request.Builder().url(url.toString()).build());
        call.timeout().timeout(LIMIT.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
        try (Response response = call.execute()) {
            byte[] body = response.body().byteStream().readNBytes(MAX_OCTETS);
            if (!response.isSuccessful()) {
                throw new IOException("HTTP " + response.code());
            }
            Map<String, PublicKey> found = new HashMap<>();
            SignedToken.keys(new ByteArrayInputStream(body), key -> key)
                    .forEach(key -> put(found, key.id(), key.modulus(), key.exponent()));
            return found;
        } catch (IOException failure) {
            throw MailException.of(
                    Kind.NETWORK,
                    "the keys that pushes are signed with could not be asked for; check the network",
                    failure);
        }
    }

    private static void put(Map<String, PublicKey> keys, String id, BigInteger modulus, BigInteger exponent) {
        int bits = modulus.bitLength();
        if (bits < LEAST_BITS || bits > MOST_BITS) {
            return;
        }
        try {
            keys.put(id, KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent)));
        } catch (GeneralSecurityException notAKey) {
            // One bad key must not keep the others from being used.
            return;
        }
    }

    @Override
    public void close() {
        connections.close();
    }
}
