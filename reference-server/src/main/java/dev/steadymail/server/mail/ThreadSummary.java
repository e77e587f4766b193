package dev.steadymail.server.mail;

import dev.steadymail.server.mail.EmailContent.Address;
import java.util.List;
import java.util.UUID;

/**
 * Emails that belong together, as a list shows them.
 *
 * @param id lasts while its emails stay apart from those of other threads: an email that answers two threads makes one of them
 * @param participants who wrote the newest twenty of its emails, the last one first, ten at most
 * @param latest its newest email
 */
record ThreadSummary(UUID id, long count, long unread, List<Address> participants, EmailSummary latest) {
    ThreadSummary {
        participants = List.copyOf(participants);
    }

    @Override
    public String toString() {
        return "ThreadSummary[" + id + "]";
    }
}
