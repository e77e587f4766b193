package dev.steadymail.cli.outcome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.steadymail.mail.MailException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExitCodeTest {
    @ParameterizedTest
    @CsvSource({
        "THROTTLED,4",
        "CONCURRENCY,4",
        "UNAVAILABLE,4",
        "NETWORK,4",
        "TIMEOUT,4",
        "DEADLINE,4",
        "PROTOCOL,4",
        "CIRCUIT_OPEN,4",
        "QUEUE_FULL,4",
        "AUTH,3",
        "REAUTH_REQUIRED,3",
        "FORBIDDEN,3",
        "STORAGE,6",
        "CANCELLED,130",
        "NOT_FOUND,1",
        "CONFLICT,1",
        "INVALID,1",
        "TOO_LARGE,1",
        "UNSUPPORTED,1",
        "CURSOR_EXPIRED,1"
    })
    void of_mapsEachKind(Kind kind, int number) {
        assertEquals(number, ExitCode.of(kind).number());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyKind_endsSomewhereButWell(Kind kind) {
        assertNotEquals(ExitCode.DONE, ExitCode.of(kind));
        assertNotEquals(ExitCode.PARKED, ExitCode.ofQuestion(kind));
    }

    @Test
    void namingWhatIsNotThere_isWrongUsage() {
        assertEquals(ExitCode.USAGE, ExitCode.ofQuestion(Kind.NOT_FOUND));
        assertEquals(ExitCode.USAGE, ExitCode.ofQuestion(Kind.UNSUPPORTED));
        assertEquals(ExitCode.USAGE, ExitCode.ofQuestion(Kind.CONFLICT));
        assertEquals(ExitCode.USAGE, ExitCode.ofQuestion(Kind.TOO_LARGE));
        assertEquals(ExitCode.CREDENTIALS, ExitCode.ofQuestion(Kind.AUTH));
    }
}
