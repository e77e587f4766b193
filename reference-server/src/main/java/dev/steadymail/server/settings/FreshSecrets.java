package dev.steadymail.server.settings;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** New secrets for a server, as the environment takes them. */
public final class FreshSecrets {
    private static final int BYTES = 32;

    private FreshSecrets() {}

    /** Returns NAME=VALUE for each secret that a server needs, with values that were never there before. */
    public static List<String> lines() {
        SecureRandom random = new SecureRandom();
        return Stream.of("JWT_SECRET", "JWT_REFRESH_SECRET", "ENCRYPTION_KEY", "HEALTH_API_KEY")
                .map(name -> name + "=" + value(random))
                .toList();
    }

    private static String value(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
