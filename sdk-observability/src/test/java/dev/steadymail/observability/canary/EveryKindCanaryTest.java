package dev.steadymail.observability.canary;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.testkit.memory.InMemoryAccount;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Failures of every kind, whatever a provider writes into them beside message and code. */
@Timeout(120)
class EveryKindCanaryTest {
    @Test
    void noKind_showsWhoseAccountItIs() {
        Set<Kind> met = EnumSet.noneOf(Kind.class);
        try (Trail trail = new Trail()) {
            for (Kind kind : Kind.values()) {
                InMemoryAccount account = InMemoryAccount.labels();
                account.deliver("INBOX", Canaries.message(1), Set.of(), Instant.EPOCH);
                account.faults().failAlways(MailException.of(kind, "a failure of every kind"));
                try (MailRuntime runtime = trail.runtime()
                                .retryPolicy(new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(2)))
                                .callTimeout(Duration.ofMillis(700))
                                .build();
                        MailClient mail = runtime.open(new Renamed(account, new AccountId(Canaries.USER)))) {
                    mail.protocolLog().start();
                    Usage usage = new Usage(mail);
                    usage.everything();
                    met.addAll(usage.kinds());
                    trail.failed(usage.errors());
                    trail.left(mail);
                }
            }
            assertEquals(EnumSet.allOf(Kind.class), met);
            assertEquals(List.of(), trail.hits(false));
        }
    }
}
