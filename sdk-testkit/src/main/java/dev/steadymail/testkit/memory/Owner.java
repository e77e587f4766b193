package dev.steadymail.testkit.memory;

import dev.steadymail.mail.Identity;
import dev.steadymail.mail.IdentityId;
import dev.steadymail.mail.VacationResponse;
import java.util.ArrayList;
import java.util.List;

/** What the owner of the in-memory account set, and what left it. Thread-safe. */
final class Owner {
    private final List<byte[]> sent = new ArrayList<>();
    private List<Identity> identities = List.of(new Identity(
            new IdentityId("identity-1"), "Ada Lovelace", "ada@example.com", List.of(), List.of(), "", "", false));
    private VacationResponse vacation = VacationResponse.OFF;

    synchronized void send(byte[] message) {
        sent.add(message.clone());
    }

    synchronized List<byte[]> sent() {
        return sent.stream().map(byte[]::clone).toList();
    }

    synchronized List<Identity> identities() {
        return identities;
    }

    synchronized void setIdentities(List<Identity> identities) {
        this.identities = List.copyOf(identities);
    }

    synchronized VacationResponse vacation() {
        return vacation;
    }

    synchronized boolean setVacation(VacationResponse vacation) {
        this.vacation = vacation;
        return true;
    }
}
