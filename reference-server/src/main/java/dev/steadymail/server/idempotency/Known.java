package dev.steadymail.server.idempotency;

import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** What is known of a key that was used. */
final class Known {
    private final String method;
    private final String path;
    private final boolean longAgo;
    private final byte @Nullable [] bodyHash;
    private final @Nullable KeptAnswer answer;

    /**
     * Makes it.
     *
     * @param longAgo whether it began longer ago than any run takes
     * @param answer null where there is none, or none yet
     */
    Known(String method, String path, boolean longAgo, byte @Nullable [] bodyHash, @Nullable KeptAnswer answer) {
        this.method = method;
        this.path = path;
        this.longAgo = longAgo;
        this.bodyHash = bodyHash;
        this.answer = answer;
    }

    boolean isOfRoute(Run run) {
        return method.equals(run.method()) && path.equals(run.path());
    }

    boolean hasBody(byte[] hash) {
        return MessageDigest.isEqual(bodyHash, hash);
    }

    boolean isLongAgo() {
        return longAgo;
    }

    @Nullable
    KeptAnswer answer() {
        return answer;
    }
}
