package dev.steadymail.auth;

import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.time.Deadline;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens kept fresh with a refresh token. One refresh at a time: callers that come meanwhile wait for it and share its
 * token, each no longer than its own deadline. A rotated refresh token is saved before the access token that came with it is
 * used (RFC 9700 section 4.14), so that a crash cannot lose it.
 *
 * <p>A refresh token that was refused for good (REAUTH_REQUIRED) is not shown to the endpoint again: every call fails at once, until
 * the store holds another token. Thread-safe.
 */
public final class RefreshingTokens implements TokenSource {
    /** A token with less time left than this is refreshed before use, unless it lives for a short time only. */
    static final Duration MARGIN = FreshToken.MARGIN;

    private final AccountId account;
    private final TokenStore store;
    private final TokenEndpoint endpoint;
    /** Asks for one refresh at a time, so what follows needs no lock of its own. */
    private final FreshToken current;

    /** A rotated refresh token that the store failed to take. */
    private @Nullable Rotation unsaved;

    private @Nullable Refusal refusal;

    public RefreshingTokens(AccountId account, TokenStore store, TokenEndpoint endpoint, InstantSource clock) {
        this.account = account;
        this.store = store;
        this.endpoint = endpoint;
        this.current = new FreshToken(clock, this::refresh);
    }

    @Override
    public AccessToken token(Deadline deadline) {
        return current.token(deadline);
    }

    @Override
    public AccessToken tokenAfterRefusal(AccessToken refused, Deadline deadline) {
        return current.tokenAfterRefusal(refused, deadline);
    }

    private AccessToken refresh(Deadline deadline) {
        Secret refreshToken = refreshToken();
        requireNotRefused(refreshToken);
        try {
            return refresh(refreshToken, deadline);
        } catch (MailException refused) {
            if (refused.kind() != Kind.REAUTH_REQUIRED) {
                throw refused;
            }
            return refresh(successor(refreshToken, refused), deadline);
        }
    }

    private AccessToken refresh(Secret refreshToken, Deadline deadline) {
        TokenGrant grant = ask(refreshToken, deadline);
        Secret rotated = grant.newRefreshToken();
        if (rotated != null && !rotated.equals(refreshToken)) {
            save(new Rotation(refreshToken, rotated));
        }
        return grant.access();
    }

    private TokenGrant ask(Secret refreshToken, Deadline deadline) {
        try {
            TokenGrant grant = endpoint.refresh(refreshToken, deadline);
            refusal = null;
            return grant;
        } catch (MailException refused) {
            if (refused.kind() == Kind.REAUTH_REQUIRED) {
                refusal = new Refusal(refreshToken, refused);
            }
            throw refused;
        }
    }

    /** Another process may have had the token rotated between our reading and our asking; what it saved is good. */
    private Secret successor(Secret refreshToken, MailException refused) {
        Secret now = stored();
        if (now.equals(refreshToken)) {
            throw refused;
        }
        return now;
    }

    private void requireNotRefused(Secret refreshToken) {
        Refusal last = refusal;
        if (last != null && last.token().equals(refreshToken)) {
            throw last.answer().toBuilder().cause(last.answer()).build();
        }
    }

    /**
     * The token before a rotation is used up, and using it again may revoke all (RFC 9700 section 4.14.2). What somebody stored in its
     * place meanwhile, as by a new login, is not overwritten.
     */
    private Secret refreshToken() {
        Secret now = stored();
        Rotation waiting = unsaved;
        if (waiting != null && now.equals(waiting.before())) {
            save(waiting);
            return waiting.after();
        }
        unsaved = null;
        return now;
    }

    private Secret stored() {
        return store.load(account)
                .orElseThrow(() -> MailException.of(
                        Kind.REAUTH_REQUIRED, "no refresh token is stored for this account; its owner must log in"));
    }

    private void save(Rotation rotation) {
        unsaved = rotation;
        store.save(account, rotation.after());
        unsaved = null;
    }

    private record Rotation(Secret before, Secret after) {}

    private record Refusal(Secret token, MailException answer) {}
}
