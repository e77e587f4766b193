package dev.steadymail.server.drafts;

import org.jspecify.annotations.Nullable;

/**
 * A file that goes with an email: its content, or the part of the draft that is to stay.
 *
 * @param fileName what recipients see; of a part that stays, null for the name that it has
 * @param type the media type; null for that of the part, or {@code application/octet-stream}
 * @param contentBase64 its octets
 * @param partId in a draft that is saved again: the file that it has already, as the draft was shown
 */
public record AttachedFile(
        @Nullable String fileName,
        @Nullable String type,
        @Nullable Octets contentBase64,
        @Nullable String partId) {
    @Override
    public String toString() {
        return "AttachedFile[hidden]";
    }
}
