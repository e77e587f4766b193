package dev.steadymail.provider;

import dev.steadymail.mail.Lane;
import dev.steadymail.time.Deadline;
import java.time.Duration;

/**
 * What every provider call carries along.
 *
 * @param deadline nothing done for this call waits past it
 * @param lane why it is made, which decides how soon it gets its turn
 */
public record Call(Deadline deadline, Lane lane) {
    /** A call whose answer somebody waits for. */
    public Call(Deadline deadline) {
        this(deadline, Lane.INTERACTIVE);
    }

    /** Returns a part of this call that may take at most {@code limit} from now, and no longer than the call itself. */
    public Call within(Duration limit) {
        return new Call(deadline.within(limit), lane);
    }
}
