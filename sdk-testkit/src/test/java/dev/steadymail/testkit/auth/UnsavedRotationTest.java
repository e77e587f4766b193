package dev.steadymail.testkit.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.steadymail.auth.AccessToken;
import dev.steadymail.auth.RefreshingTokens;
import dev.steadymail.auth.Secret;
import dev.steadymail.auth.TokenGrant;
import dev.steadymail.auth.TokenStore;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.testkit.time.ManualTime;
import dev.steadymail.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnsavedRotationTest {
    private final ManualTime time = new ManualTime();
    private final List<String> used = new ArrayList<>();
    private final FullDisk store = new FullDisk();

    /** A refresh token that was rotated is void; using it again after a full disk would cost the owner's consent. */
    @Test
    void rotatedTokenThatCouldNotBeSaved_isSavedLaterAndUsedNext() {
        RefreshingTokens tokens = new RefreshingTokens(
                new AccountId("memory"),
                store,
                (refresh, deadline) -> {
                    used.add(refresh.reveal());
                    return new TokenGrant(
                            new AccessToken(
                                    Secret.of("access " + used.size()),
                                    time.now().plusSeconds(3600)),
                            Secret.of("refresh " + used.size()));
                },
                time::now);
        Deadline deadline = time.timeSource(1).deadline(Duration.ofMinutes(1));
        store.full = true;
        for (int i = 0; i < 3; i++) {
            assertEquals(
                    Kind.STORAGE,
                    assertThrows(MailException.class, () -> tokens.token(deadline))
                            .kind());
        }
        assertEquals(List.of("refresh 0"), used);
        store.full = false;
        assertEquals("access 2", tokens.token(deadline).value().reveal());
        assertEquals(List.of("refresh 0", "refresh 1"), used);
        assertEquals("refresh 2", store.kept.reveal());
    }

    private static final class FullDisk implements TokenStore {
        private Secret kept = Secret.of("refresh 0");
        private boolean full;

        @Override
        public Optional<Secret> load(AccountId account) {
            return Optional.of(kept);
        }

        @Override
        public void save(AccountId account, Secret refreshToken) {
            if (full) {
                throw MailException.of(Kind.STORAGE, "the disk is full");
            }
            kept = refreshToken;
        }
    }
}
