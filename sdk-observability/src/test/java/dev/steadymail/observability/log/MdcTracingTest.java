package dev.steadymail.observability.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import ch.qos.logback.classic.Level;
import dev.steadymail.event.CallTrace;
import dev.steadymail.event.Tracing;
import dev.steadymail.event.WorkTrace;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Protocol;
import dev.steadymail.observability.AccountNames;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class MdcTracingTest {
    private static final AccountId ADA = new AccountId("ada.canary@example.com");

    @AfterEach
    void clear() {
        MDC.clear();
    }

    private static CallTrace call(Tracing tracing, String operation) {
        CallTrace call = tracing.call(ADA, Protocol.IMAP, operation, Lane.SEND);
        assertNotNull(call);
        return call;
    }

    @Test
    void linesOfAnAttempt_haveItsKeys_andOthersWhatTheyHad() {
        MDC.put("steadymail.operation", "mine");
        MDC.put("request", "7");
        CallTrace call = call(MdcTracing.standard(), "UID FETCH");
        try (KeptLines kept = new KeptLines("some.log", Level.DEBUG)) {
            LoggerFactory.getLogger("some.log").debug("before");
            for (int attempt = 1; attempt <= 2; attempt++) {
                call.attemptBegan(attempt, 0);
                LoggerFactory.getLogger("some.log").debug("during");
                call.attemptLeft(attempt);
                call.attemptFailed(attempt, Kind.TIMEOUT, 1);
            }
            call.failed(Kind.TIMEOUT, 0);
            LoggerFactory.getLogger("some.log").debug("after");
            Map<String, String> outside = Map.of("steadymail.operation", "mine", "request", "7");
            Map<String, String> inside = Map.of(
                    "steadymail.protocol", "imap",
                    "steadymail.operation", "UID FETCH",
                    "steadymail.lane", "send",
                    "request", "7");
            assertEquals(
                    List.of(outside, inside, inside, outside),
                    kept.events().stream()
                            .map(event -> event.getMDCPropertyMap())
                            .toList());
        }
        assertEquals("mine", MDC.get("steadymail.operation"));
    }

    @Test
    void account_isToldByANameWhereAskedFor_andNoNameThatIsNotKnown() {
        CallTrace call = call(MdcTracing.standard().withAccounts(AccountNames.random()), "SEARCH canary");
        call.attemptBegan(1, 0);
        Map<String, String> keys = MDC.getCopyOfContextMap();
        call.attemptLeft(1);
        call.attemptSucceeded(1);
        call.succeeded();
        assertEquals("other", keys.get("steadymail.operation"));
        assertEquals(16, keys.get("steadymail.account").length());
        assertEquals(4, keys.size());
        assertEquals(0, MDC.getCopyOfContextMap().size());
    }

    @Test
    void work_hasNoKeys() {
        assertEquals(WorkTrace.NONE, MdcTracing.standard().work(Tracing.Work.SYNC, ADA, Protocol.IMAP));
    }
}
