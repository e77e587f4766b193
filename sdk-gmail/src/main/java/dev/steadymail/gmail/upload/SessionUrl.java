package dev.steadymail.gmail.upload;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the pieces of a resumable upload go. They bear the access token, so it must be Google's, or the server's own. */
public final class SessionUrl {
    private static final int MAX_LENGTH = 8_192;
    private static final String GOOGLE = ".googleapis.com";

    private SessionUrl() {}

    /**
     * Returns a session's URL.
     *
     * @param root where requests go
     * @param location what the server answered
     * @return empty where it is missing, malformed or leads elsewhere
     */
    public static Optional<String> of(URI root, @Nullable String location) {
        if (location == null || location.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            URI session = root.resolve(location);
            return isSafe(root, session) ? Optional.of(session.toString()) : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static boolean isSafe(URI root, URI session) {
        String host = host(session);
        boolean same = host.equals(host(root)) && session.getPort() == root.getPort();
        boolean google = host(root).endsWith(GOOGLE) && host.endsWith(GOOGLE) && session.getPort() == -1;
        return !host.isEmpty()
                && session.getUserInfo() == null
                && String.valueOf(root.getScheme()).equalsIgnoreCase(session.getScheme())
                && (same || google);
    }

    private static String host(URI uri) {
        return uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    }
}
