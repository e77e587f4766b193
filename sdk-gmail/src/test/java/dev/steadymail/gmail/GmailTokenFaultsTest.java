package dev.steadymail.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.steadymail.MailClient;
import dev.steadymail.auth.AccessToken;
import dev.steadymail.auth.TokenSource;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.testkit.gmail.GmailFaults;
import dev.steadymail.time.Deadline;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What tokens that are refused cost, over many calls. */
@Timeout(120)
class GmailTokenFaultsTest {
    private static final int CALLS = 50;

    @Test
    void freshTokenThatIsRefused_isNotShownAgainForFiveMinutes() {
        try (FaultedAccount account = new FaultedAccount()) {
            account.inject(GmailFaults.unauthorized().onPath("/users/").always());
            assertAllNeedConsent(account);
            assertAsked(account, 2, 1);
            account.time.advance(RefusedToken.REST.minusMillis(1));
            assertAllNeedConsent(account);
            assertAsked(account, 2, 1);
            account.time.advance(Duration.ofMillis(1));
            assertAllNeedConsent(account);
            assertAsked(account, 4, 2);
        }
    }

    @Test
    void refusalThatEnds_isForgottenByTheCallThatAsksAgain() {
        try (FaultedAccount account = new FaultedAccount()) {
            account.inject(GmailFaults.unauthorized().onPath("/users/").times(2));
            assertEquals(Kind.REAUTH_REQUIRED, list(account).kind());
            account.time.advance(RefusedToken.REST);
            for (int i = 0; i < 3; i++) {
                assertNull(list(account).failure());
            }
            assertAsked(account, 2 + 3, 1);
        }
    }

    @Test
    void revokedGrant_isAskedForOnce_andOtherAccountsGoOn() {
        try (FaultedAccount account = new FaultedAccount();
                MailClient other = account.openOther()) {
            account.server.expireToken("fake-access-1");
            account.server.revokeRefreshToken(FaultedAccount.REFRESH_TOKEN);
            assertAllNeedConsent(account);
            assertAsked(account, 1, 1);
            account.time.advance(Duration.ofHours(1));
            assertAllNeedConsent(account);
            assertAsked(account, 1, 1);
            assertEquals(
                    1,
                    other.mailboxes().list().stream()
                            .filter(one -> one.id().value().equals("INBOX"))
                            .count());
            assertAsked(account, 2, 1);
        }
    }

    @Test
    void tokenThatCannotBeReplaced_isNotShownAgainForFiveMinutes() {
        try (FaultedAccount account = new FaultedAccount();
                MailClient other = account.openOther()) {
            account.server.expireToken(FaultedAccount.OTHER);
            for (int i = 0; i < CALLS; i++) {
                assertEquals(
                        Kind.REAUTH_REQUIRED,
                        account.clock
                                .run(other, () -> false, () -> other.mailboxes().list())
                                .kind());
            }
            assertAsked(account, 1, 0);
        }
    }

    @Test
    void hundredCallsWithOneExpiredToken_refreshItOnce() throws Exception {
        CyclicBarrier all = new CyclicBarrier(100);
        AtomicBoolean together = new AtomicBoolean();
        GuardSettings guard = Unpaced.GUARD.toBuilder().maxInFlight(20).build();
        try (FaultedAccount account =
                new FaultedAccount(guard, server -> {}, tokens -> new Together(tokens, all, together))) {
            account.server.expireToken("fake-access-1");
            together.set(true);
            ExecutorService threads = Executors.newFixedThreadPool(100);
            try {
                Callable<Integer> list = () -> account.mail.mailboxes().list().size();
                List<Future<Integer>> calls = threads.invokeAll(Collections.nCopies(100, list), 60, TimeUnit.SECONDS);
                for (Future<Integer> call : calls) {
                    assertEquals(calls.get(0).get(), call.get());
                }
            } finally {
                threads.shutdownNow();
            }
            assertAsked(account, 200, 1);
        }
    }

    private static void assertAllNeedConsent(FaultedAccount account) {
        for (int i = 0; i < CALLS; i++) {
            assertEquals(Kind.REAUTH_REQUIRED, list(account).kind());
        }
    }

    private static VirtualTime.Ended<?> list(FaultedAccount account) {
        return account.run(() -> account.mail.mailboxes().list());
    }

    private static void assertAsked(FaultedAccount account, int gets, int tokens) {
        assertEquals(gets, account.requests("GET"));
        assertEquals(tokens, account.tokenRequests());
    }

    /** Lets nobody have a token before all have asked for one. */
    private record Together(TokenSource tokens, CyclicBarrier all, AtomicBoolean together) implements TokenSource {
        @Override
        public AccessToken token(Deadline deadline) {
            AccessToken token = tokens.token(deadline);
            try {
                if (together.get()) {
                    all.await(30, TimeUnit.SECONDS);
                }
            } catch (Exception broken) {
                throw new AssertionError(broken);
            }
            return token;
        }

        @Override
        public AccessToken tokenAfterRefusal(AccessToken refused, Deadline deadline) {
            return tokens.tokenAfterRefusal(refused, deadline);
        }
    }
}
