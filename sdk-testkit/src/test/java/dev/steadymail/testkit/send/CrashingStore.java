package dev.steadymail.testkit.send;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.RawContent;
import dev.steadymail.send.OutboxEntry;
import dev.steadymail.send.OutboxStore;
import dev.steadymail.testkit.simulation.Simulation;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** A store that survives its process, which dies around writes; sometimes the disk is full. */
final class CrashingStore extends ForwardingStore {
    /** The process ended here. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;

        Crash() {
            super("crashed", null, false, false);
        }
    }

    private final Simulation simulation;
    private double often;

    CrashingStore(OutboxStore disk, Simulation simulation) {
        super(disk);
        this.simulation = simulation;
    }

    /** Sets how probable each fault is at each write. */
    void faults(double probability) {
        often = probability;
    }

    private <T> T write(String what, Supplier<T> writing) {
        if (simulation.happens("store.full." + what, often)) {
            throw MailException.of(Kind.STORAGE, "the disk is full");
        }
        if (simulation.happens("crash.before." + what, often)) {
            throw new Crash();
        }
        T answer = writing.get();
        if (simulation.happens("crash.after." + what, often)) {
            throw new Crash();
        }
        return answer;
    }

    @Override
    public Optional<OutboxEntry> add(OutboxEntry entry, RawContent content) {
        return write("add", () -> super.add(entry, content));
    }

    @Override
    public boolean replace(OutboxEntry next) {
        return write("replace." + next.state(), () -> super.replace(next));
    }

    @Override
    public int forget(Instant settledBefore) {
        return write("forget", () -> super.forget(settledBefore));
    }
}
