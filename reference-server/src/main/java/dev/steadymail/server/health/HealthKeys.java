package dev.steadymail.server.health;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who may see the details: who has a key or, where there is no key, who asks from this machine. Thread-safe. */
@Component
class HealthKeys {
    static final String HEADER = "x-health-api-key";

    private static final List<String> FORWARDED = List.of("Forwarded", "X-Forwarded-For");

    private final List<byte[]> keys;

    HealthKeys(HealthSettings settings) {
        this.keys = settings.apiKeys().stream()
                .map(key -> key.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** Returns whether the caller may see the details. */
    boolean areOpenTo(HttpServletRequest request) {
        return keys.isEmpty() ? isFromHere(request) : isKey(request.getHeader(HEADER));
    }

    /** Compares with each, and in the same time whatever the guess, so that the time tells nothing of how near it came. */
    private boolean isKey(@Nullable String guess) {
        byte[] bytes = guess == null ? new byte[0] : guess.getBytes(StandardCharsets.UTF_8);
        boolean found = false;
        for (byte[] key : keys) {
            found |= MessageDigest.isEqual(key, bytes);
        }
        return found;
    }

    /** What came through a proxy on this machine is not from here, even where the proxy is not one that is believed. */
    private static boolean isFromHere(HttpServletRequest request) {
        return FORWARDED.stream().allMatch(name -> request.getHeader(name) == null)
                && isLoopback(request.getRemoteAddr());
    }

    /** The address is one, and so is not looked up. */
    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException none) {
            return false;
        }
    }
}
