package dev.steadymail.observability.events;

import org.jspecify.annotations.Nullable;

/** What this SDK calls itself towards receivers. */
final class SdkVersion {
    /** {@code steadymail/} and the version that the jar states. */
    static final String NAME =
            "steadymail/" + version(SdkVersion.class.getPackage().getImplementationVersion());

    private SdkVersion() {}

    /** Classes outside the jar state none. */
    private static String version(@Nullable String stated) {
        return stated == null ? "unreleased" : stated;
    }
}
