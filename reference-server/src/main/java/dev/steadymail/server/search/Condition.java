package dev.steadymail.server.search;

import java.time.Instant;
import java.util.UUID;

/** What has to be true of an email beside its words. */
sealed interface Condition {
    /** A field of addresses or the subject has a text in it, ignoring case and accents. */
    record Has(Field field, String text) implements Condition {
        @Override
        public String toString() {
            return "Has[" + field + "]";
        }
    }

    /** It has files. */
    record Attached() implements Condition {}

    /** It bears a keyword. */
    record Marked(String keyword) implements Condition {}

    /** It is in a mailbox of this name, path or role. */
    record In(String name) implements Condition {
        @Override
        public String toString() {
            return "In[hidden]";
        }
    }

    /** It is in this mailbox. */
    record InMailbox(UUID mailbox) implements Condition {}

    /** It is of this account. */
    record OfAccount(UUID account) implements Condition {}

    /** It arrived at that instant or later. */
    record Since(Instant instant) implements Condition {}

    /** It arrived before that instant. */
    record Before(Instant instant) implements Condition {}

    /** It has more octets. */
    record Larger(long octets) implements Condition {}

    /** It has fewer octets. */
    record Smaller(long octets) implements Condition {}

    /** The other condition is not true. */
    record Not(Condition other) implements Condition {}

    /** Where a text is looked for. */
    enum Field {
        FROM,
        TO,
        SUBJECT
    }
}
