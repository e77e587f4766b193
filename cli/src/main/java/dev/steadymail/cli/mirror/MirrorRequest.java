package dev.steadymail.cli.mirror;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to copy and where to.
 *
 * @param dir the folder, made where missing
 * @param mailboxes full names of mailboxes; empty for all
 * @param deadline the longest that the whole run may take, or null
 * @param patience how long to go on trying
 */
public record MirrorRequest(
        Path dir, List<String> mailboxes, @Nullable Duration deadline, Patience patience) {
    public MirrorRequest {
        mailboxes = List.copyOf(mailboxes);
    }
}
