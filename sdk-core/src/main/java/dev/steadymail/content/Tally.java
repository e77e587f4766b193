package dev.steadymail.content;

import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.sync.ParkedEmail;
import java.util.ArrayList;
import java.util.List;

/** Counts what is done. Used by one thread. */
final class Tally {
    private static final int MOST_REASONS = 100;

    private long total = -1;
    private long stored;
    private long held;
    private long gone;
    private long parked;
    private long contents;
    private long octets;
    private final List<ParkedEmail> reasons = new ArrayList<>();

    void expect(long emails) {
        total = emails;
    }

    void wrote(long count) {
        contents++;
        octets += count;
    }

    void stored() {
        stored++;
    }

    void held(long emails) {
        held += emails;
    }

    void gone() {
        gone++;
    }

    ParkedEmail parked(EmailId email, MailException reason) {
        ParkedEmail told = new ParkedEmail(email, reason.kind() + ": " + reason.getMessage());
        parked++;
        if (reasons.size() < MOST_REASONS) {
            reasons.add(told);
        }
        return told;
    }

    ContentReport report() {
        return new ContentReport(total, stored, held, gone, parked, contents, octets, reasons);
    }

    /** Returns the report at the end, when as many are known as there were. */
    ContentReport end() {
        total = stored + held + gone + parked;
        return report();
    }
}
