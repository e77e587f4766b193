package dev.steadymail.html;

import static java.util.Objects.requireNonNull;

/**
 * Something remote that a message wanted to load and that is not loaded.
 *
 * @param url absolute, http or https, percent-encoded where a browser would
 * @param kind what it was to be used as
 * @param trackingPixel whether it is an image that nobody can see: two pixels at most each way, nothing one way, hidden, or in
 *     something hidden
 */
public record BlockedResource(String url, Kind kind, boolean trackingPixel) {
    public BlockedResource {
        requireNonNull(url, "url");
        requireNonNull(kind, "kind");
    }

    /** Shows the kind only: the URL may name the reader. */
    @Override
    public String toString() {
        return "BlockedResource[" + kind + (trackingPixel ? ", tracking pixel]" : "]");
    }

    /** What a resource was to be used as. */
    public enum Kind {
        IMAGE,
        /** An image named by a style or an attribute {@code background}. */
        BACKGROUND,
        FONT,
        STYLESHEET,
        /** Audio, video and their tracks. */
        MEDIA,
        /** Frames, objects and applets. */
        FRAME,
        SCRIPT
    }
}
