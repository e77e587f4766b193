package dev.steadymail.server.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.server.accounts.AccountState;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NextSyncTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @ParameterizedTest
    @CsvSource({"0,0,48000", "0.999999,0,53999", "0,50000,56000", "0,600000,606000"})
    void afterSuccess_isWithinTheIntervalFromItsBegin_andLeavesAPause(double chance, long tookMillis, long millis) {
        Instant next = NextSync.afterSuccess(NOW, NOW.plusMillis(tookMillis), MINUTE, chance);
        assertEquals(NOW.plusMillis(millis), next);
    }

    @ParameterizedTest
    @CsvSource({"0,60", "1,120", "2,240", "3,480", "4,900", "40,900"})
    void after_failuresInARow_doublesUpToAQuarterOfAnHour(int failures, long seconds) {
        NextSync next = NextSync.after(MailException.of(Kind.NETWORK, "away"), failures, MINUTE, NOW);
        assertEquals(new NextSync(AccountState.FAILING, NOW.plusSeconds(seconds)), next);
    }

    @ParameterizedTest
    @CsvSource({"0,5", "1,10", "5,160", "40,900"})
    void after_storageFailures_isSoonAtFirst(int failures, long seconds) {
        NextSync next = NextSync.after(MailException.of(Kind.STORAGE, "full"), failures, MINUTE, NOW);
        assertEquals(NOW.plusSeconds(seconds), next.at());
    }

    @Test
    void after_aStatedTime_isNeverBeforeIt() {
        Instant stated = NOW.plus(Duration.ofHours(2));
        MailException throttled =
                MailException.builder(Kind.THROTTLED, "wait").retryAt(stated).build();
        assertEquals(stated, NextSync.after(throttled, 0, MINUTE, NOW).at());
        MailException soon = MailException.builder(Kind.THROTTLED, "wait")
                .retryAt(NOW.plusSeconds(3))
                .build();
        assertEquals(NOW.plus(MINUTE), NextSync.after(soon, 0, MINUTE, NOW).at());
    }

    @Test
    void after_refusedCredentials_waitsForTheOwner() {
        NextSync next = NextSync.after(MailException.of(Kind.AUTH, "refused"), 0, MINUTE, NOW);
        assertEquals(new NextSync(AccountState.REAUTH_REQUIRED, NOW.plus(Duration.ofHours(1))), next);
    }

    @Test
    void after_longInterval_isNoShorterThanIt() {
        Duration day = Duration.ofDays(1);
        assertEquals(
                NOW.plus(day),
                NextSync.after(MailException.of(Kind.NETWORK, "away"), 3, day, NOW)
                        .at());
    }
}
