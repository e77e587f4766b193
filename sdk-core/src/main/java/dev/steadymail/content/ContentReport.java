package dev.steadymail.content;

import dev.steadymail.sync.ParkedEmail;
import java.util.List;

/**
 * What a run did so far.
 *
 * @param total emails that the policy names; -1 where that is not known yet
 * @param stored emails of which everything wanted is held now, and was not before
 * @param held emails that needed nothing
 * @param gone emails that were no longer there
 * @param parked emails that could not be read or kept; later runs try them again
 * @param contents whole messages and parts written
 * @param octets octets written, decoded
 * @param reasons why emails were parked, the first 100
 */
public record ContentReport(
        long total,
        long stored,
        long held,
        long gone,
        long parked,
        long contents,
        long octets,
        List<ParkedEmail> reasons) {
    public ContentReport {
        reasons = List.copyOf(reasons);
    }

    /** Returns how many emails have been dealt with, of {@link #total}. */
    public long done() {
        return stored + held + gone + parked;
    }
}
