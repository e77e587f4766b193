package dev.steadymail.testkit.guard;

import dev.steadymail.guard.AsyncAttempt;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One mailbox of a simulated provider. */
final class SimulatedMailbox {
    final SimulatedProvider provider;
    final RandomGenerator choices;
    final UnitWindow userUnits;
    Trouble trouble = Trouble.NONE;
    int inFlight;
    int mostInFlight;
    long sent;
    long served;
    long servedUnits;

    SimulatedMailbox(SimulatedProvider provider, RandomGenerator choices, UnitWindow userUnits) {
        this.provider = provider;
        this.choices = choices;
        this.userUnits = userUnits;
    }

    /** Returns a request of so many units, to be started by the guard as often as it likes. */
    AsyncAttempt<Boolean> request(int units) {
        return cancellation -> new Exchange(this, units).start(cancellation);
    }

    /** Lets this mailbox alone meet a trouble for some time. */
    void trouble(Trouble kind, Duration from, Duration length) {
        provider.simulation.at(from, () -> trouble = kind);
        provider.simulation.at(from.plus(length), () -> trouble = Trouble.NONE);
    }

    /** What happens to requests that arrive now. */
    Trouble troubleNow() {
        return provider.trouble == Trouble.NONE ? trouble : provider.trouble;
    }

    /** Decides over a request at its arrival: null where it is served. Refused requests count units too: nobody promises otherwise. */
    @Nullable
    MailException verdict(int units) {
        long now = provider.simulation.elapsed().toNanos();
        if (inFlight > provider.rules.concurrency()) {
            provider.refusedForConcurrency++;
            return MailException.of(Kind.CONCURRENCY, "too many requests at once");
        }
        if (!userUnits.take(now, units) || !provider.projectUnits.take(now, units)) {
            provider.refusedForUnits++;
            return throttled(Duration.ofSeconds(1));
        }
        return switch (troubleNow()) {
            case UNAVAILABLE -> MailException.of(Kind.UNAVAILABLE, "the provider cannot serve now");
            case THROTTLING -> throttled(provider.statedWait);
            case THROTTLING_UNSTATED -> MailException.of(Kind.THROTTLED, "slow down");
            default -> null;
        };
    }

    void enter() {
        inFlight++;
        mostInFlight = Math.max(mostInFlight, inFlight);
    }

    void serve(int units) {
        served++;
        provider.served++;
        provider.servedUnits += units;
        servedUnits += units;
    }

    private MailException throttled(Duration wait) {
        Instant until = provider.simulation.now().plus(wait);
        return MailException.builder(Kind.THROTTLED, "slow down").retryAt(until).build();
    }
}
