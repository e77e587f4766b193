package dev.steadymail.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RefreshingTokensTest {
    private static final Instant NOW = Instant.parse("2024-03-01T12:00:00Z");
    private static final AccountId ACCOUNT = new AccountId("ada");
    private static final Deadline DEADLINE =
            new Deadline(System.nanoTime() + Duration.ofHours(1).toNanos(), System::nanoTime);

    private final List<String> steps = new ArrayList<>();
    private final AtomicInteger refreshes = new AtomicInteger();
    private Instant now = NOW;
    private Secret stored = Secret.of("refresh-0");
    private boolean storeFails;

    @Test
    void token_whileFresh_isRefreshedOnce() {
        RefreshingTokens tokens = tokens(this::grant);
        assertEquals("access-1", value(tokens.token(DEADLINE)));
        assertEquals("access-1", value(tokens.token(DEADLINE)));
        assertEquals(1, refreshes.get());
    }

    @Test
    void token_closeToItsEnd_isRefreshedBeforeUse() {
        RefreshingTokens tokens = tokens(this::grant);
        tokens.token(DEADLINE);
        now = NOW.plus(Duration.ofHours(1)).minus(RefreshingTokens.MARGIN);
        assertEquals("access-2", value(tokens.token(DEADLINE)));
    }

    @Test
    void token_thatLivesForAShortTime_isUsedForMostOfIt() {
        RefreshingTokens tokens = tokens((refreshToken, deadline) -> new TokenGrant(
                new AccessToken(Secret.of("access-" + refreshes.incrementAndGet()), now.plusSeconds(300)), null));
        assertEquals("access-1", value(tokens.token(DEADLINE)));
        now = NOW.plusSeconds(239);
        assertEquals("access-1", value(tokens.token(DEADLINE)));
        now = NOW.plusSeconds(240);
        assertEquals("access-2", value(tokens.token(DEADLINE)));
    }

    @Test
    void tokenAfterRefusal_ofAnOldToken_givesTheNewOneWithoutRefresh() {
        RefreshingTokens tokens = tokens(this::grant);
        AccessToken first = tokens.token(DEADLINE);
        AccessToken second = tokens.tokenAfterRefusal(first, DEADLINE);
        assertEquals("access-2", value(second));
        assertSame(second, tokens.tokenAfterRefusal(first, DEADLINE));
        assertEquals(2, refreshes.get());
    }

    @Test
    void token_forFiftyThreads_isRefreshedOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(50);
        CountDownLatch together = new CountDownLatch(50);
        RefreshingTokens tokens = tokens(this::grant);
        try {
            List<CompletableFuture<String>> calls = Stream.generate(() -> CompletableFuture.supplyAsync(
                            () -> {
                                arrive(together);
                                return value(tokens.token(DEADLINE));
                            },
                            threads))
                    .limit(50)
                    .toList();
            Set<String> values = calls.stream().map(CompletableFuture::join).collect(Collectors.toSet());
            assertEquals(Set.of("access-1"), values);
            assertEquals(1, refreshes.get());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void rotatedRefreshToken_isSavedBeforeTheAccessTokenIsUsed() {
        RefreshingTokens tokens = tokens((refreshToken, deadline) -> rotating(refreshToken));
        steps.add("used " + value(tokens.token(DEADLINE)));
        assertEquals(List.of("asked with refresh-0", "saved refresh-1", "used access-1"), steps);
    }

    @Test
    void rotatedRefreshTokenThatCannotBeSaved_meansNoAccessToken() {
        RefreshingTokens tokens = tokens((refreshToken, deadline) -> rotating(refreshToken));
        storeFails = true;
        MailException failure = assertThrows(MailException.class, () -> tokens.token(DEADLINE));
        assertEquals(Kind.STORAGE, failure.kind());
        storeFails = false;
        tokens.token(DEADLINE);
        assertEquals(2, refreshes.get(), "the token of the failed round was used");
    }

    @Test
    void rotatedRefreshTokenThatCouldNotBeSaved_isSavedLater() {
        RefreshingTokens tokens = tokens((refreshToken, deadline) -> rotating(refreshToken));
        storeFails = true;
        assertThrows(MailException.class, () -> tokens.token(DEADLINE));
        storeFails = false;
        tokens.token(DEADLINE);
        assertEquals(
                List.of("asked with refresh-0", "saved refresh-1", "asked with refresh-1", "saved refresh-2"), steps);
    }

    @Test
    void rotatedRefreshTokenThatCouldNotBeSaved_doesNotReplaceANewLogin() {
        RefreshingTokens tokens = tokens((refreshToken, deadline) -> rotating(refreshToken));
        storeFails = true;
        assertThrows(MailException.class, () -> tokens.token(DEADLINE));
        storeFails = false;
        stored = Secret.of("login");
        tokens.token(DEADLINE);
        assertEquals(List.of("asked with refresh-0", "asked with login", "saved refresh-2"), steps);
    }

    @Test
    void unchangedRefreshToken_isNotSavedAgain() {
        tokens((refreshToken, deadline) -> new TokenGrant(access(), refreshToken))
                .token(DEADLINE);
        assertEquals(List.of(), steps);
    }

    @Test
    void failedRefresh_isNotRemembered() {
        RefreshingTokens tokens = tokens((refreshToken, deadline) -> {
            if (refreshes.get() == 0) {
                refreshes.incrementAndGet();
                throw MailException.of(Kind.UNAVAILABLE, "down");
            }
            return grant(refreshToken, deadline);
        });
        assertThrows(MailException.class, () -> tokens.token(DEADLINE));
        assertEquals("access-2", value(tokens.token(DEADLINE)));
    }

    @Test
    void noRefreshToken_asksForLogin() {
        stored = null;
        MailException failure =
                assertThrows(MailException.class, () -> tokens(this::grant).token(DEADLINE));
        assertEquals(Kind.REAUTH_REQUIRED, failure.kind());
    }

    @Test
    void refusedGrant_failsEveryLaterCallWithoutAskingAgain() {
        RefreshingTokens tokens = tokens(this::revoked);
        MailException first = assertThrows(MailException.class, () -> tokens.token(DEADLINE));
        MailException second = assertThrows(MailException.class, () -> tokens.token(DEADLINE));
        assertEquals(Kind.REAUTH_REQUIRED, first.kind());
        assertEquals(Kind.REAUTH_REQUIRED, second.kind());
        assertEquals(first.getMessage(), second.getMessage());
        assertEquals(1, refreshes.get());
    }

    @Test
    void refusedGrant_endsWhenAnotherTokenIsStored() {
        RefreshingTokens tokens =
                tokens((refreshToken, deadline) -> refreshToken.reveal().equals("refresh-0")
                        ? revoked(refreshToken, deadline)
                        : grant(refreshToken, deadline));
        assertThrows(MailException.class, () -> tokens.token(DEADLINE));
        assertThrows(MailException.class, () -> tokens.token(DEADLINE));
        stored = Secret.of("refresh of a new login");
        assertEquals("access-2", value(tokens.token(DEADLINE)));
    }

    @Test
    void refusedGrant_afterARefusedAccessToken_isNotHiddenByThatToken() {
        RefreshingTokens tokens = tokens((refreshToken, deadline) ->
                refreshes.get() == 0 ? grant(refreshToken, deadline) : revoked(refreshToken, deadline));
        AccessToken access = tokens.token(DEADLINE);
        assertThrows(MailException.class, () -> tokens.tokenAfterRefusal(access, DEADLINE));
        MailException later = assertThrows(MailException.class, () -> tokens.token(DEADLINE));
        assertEquals(Kind.REAUTH_REQUIRED, later.kind());
        assertEquals(2, refreshes.get());
    }

    @Test
    void tokenThatAnotherProcessRotated_isReplacedByWhatThatOneSaved() {
        RefreshingTokens tokens = tokens((refreshToken, deadline) -> {
            if (refreshToken.reveal().equals("refresh-0")) {
                stored = Secret.of("refresh of another process");
                return revoked(refreshToken, deadline);
            }
            return grant(refreshToken, deadline);
        });
        assertEquals("access-2", value(tokens.token(DEADLINE)));
    }

    @Test
    void successorThatIsRefusedToo_isTheEnd() {
        RefreshingTokens tokens = tokens((refreshToken, deadline) -> {
            stored = Secret.of("always the same successor");
            return revoked(refreshToken, deadline);
        });
        assertThrows(MailException.class, () -> tokens.token(DEADLINE));
        assertThrows(MailException.class, () -> tokens.token(DEADLINE));
        assertEquals(2, refreshes.get());
    }

    @Test
    void waiterWithLittleTime_endsByItsOwnDeadline() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answers = new CountDownLatch(1);
        RefreshingTokens tokens = tokens((refreshToken, deadline) -> {
            asked.countDown();
            await(answers);
            return grant(refreshToken, deadline);
        });
        CompletableFuture<AccessToken> slow = CompletableFuture.supplyAsync(() -> tokens.token(DEADLINE));
        await(asked);
        Deadline passed = new Deadline(System.nanoTime(), System::nanoTime);
        MailException failure = assertThrows(MailException.class, () -> tokens.token(passed));
        assertEquals(Kind.DEADLINE, failure.kind());
        answers.countDown();
        assertEquals("access-1", value(slow.get(10, TimeUnit.SECONDS)));
    }

    @Test
    void interruptedWaiter_isCancelledAndStaysInterrupted() {
        RefreshingTokens tokens = tokens(this::grant);
        Thread.currentThread().interrupt();
        MailException failure = assertThrows(MailException.class, () -> tokens.token(DEADLINE));
        assertEquals(Kind.CANCELLED, failure.kind());
        assertTrue(Thread.interrupted());
    }

    private RefreshingTokens tokens(TokenEndpoint endpoint) {
        return new RefreshingTokens(ACCOUNT, new Store(), endpoint, () -> now);
    }

    private TokenGrant grant(Secret refreshToken, Deadline deadline) {
        return new TokenGrant(access(), null);
    }

    private TokenGrant revoked(Secret refreshToken, Deadline deadline) {
        refreshes.incrementAndGet();
        throw MailException.of(Kind.REAUTH_REQUIRED, "invalid_grant");
    }

    private TokenGrant rotating(Secret refreshToken) {
        steps.add("asked with " + refreshToken.reveal());
        AccessToken access = access();
        return new TokenGrant(access, Secret.of("refresh-" + refreshes.get()));
    }

    private AccessToken access() {
        return new AccessToken(Secret.of("access-" + refreshes.incrementAndGet()), NOW.plus(Duration.ofHours(1)));
    }

    private static String value(AccessToken token) {
        return token.value().reveal();
    }

    private static void arrive(CountDownLatch latch) {
        latch.countDown();
        await(latch);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException interrupt) {
            throw new AssertionError(interrupt);
        }
    }

    private final class Store implements TokenStore {
        @Override
        public Optional<Secret> load(AccountId account) {
            return Optional.ofNullable(stored);
        }

        @Override
        public void save(AccountId account, Secret refreshToken) {
            if (storeFails) {
                throw MailException.of(Kind.STORAGE, "disk full");
            }
            steps.add("saved " + refreshToken.reveal());
            stored = refreshToken;
        }
    }
}
