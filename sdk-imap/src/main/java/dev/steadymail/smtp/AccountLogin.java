package dev.steadymail.smtp;

import dev.steadymail.auth.AccessToken;
import dev.steadymail.auth.Credentials;
import dev.steadymail.imap.sasl.LoginPrompts;
import dev.steadymail.imap.sasl.LoginWay;
import dev.steadymail.imap.sasl.LoginWay.Mechanism;
import dev.steadymail.imap.sasl.OauthBearer;
import dev.steadymail.imap.sasl.Plain;
import dev.steadymail.imap.sasl.SaslMechanism;
import dev.steadymail.imap.sasl.SaslRefusedException;
import dev.steadymail.imap.sasl.ScramSha256;
import dev.steadymail.imap.sasl.Xoauth2;
import dev.steadymail.time.Deadline;
import org.jspecify.annotations.Nullable;

/** Logs in with an account's credentials; a token that was refused is asked for anew, once. Used for one login. */
final class AccountLogin implements LoginSource {
    private final Credentials credentials;
    private final String host;
    private final int port;
    private final Deadline deadline;
    private @Nullable AccessToken used;

    AccountLogin(Credentials credentials, String host, int port, Deadline deadline) {
        this.credentials = credentials;
        this.host = host;
        this.port = port;
        this.deadline = deadline;
    }

    @Override
    public Credentials credentials() {
        return credentials;
    }

    @Override
    public SaslMechanism begin(LoginWay way) throws SaslRefusedException {
        if (credentials instanceof Credentials.Bearer bearer) {
            AccessToken token = bearer.tokens().token(deadline);
            used = token;
            return bearer(way, bearer, token);
        }
        return password(way, (Credentials.Password) credentials);
    }

    @Override
    public @Nullable SaslMechanism again(LoginWay way) throws SaslRefusedException {
        AccessToken refused = used;
        if (refused == null || !(credentials instanceof Credentials.Bearer bearer)) {
            return null;
        }
        return bearer(way, bearer, bearer.tokens().tokenAfterRefusal(refused, deadline));
    }

    private static SaslMechanism password(LoginWay way, Credentials.Password login) throws SaslRefusedException {
        if (!(way instanceof LoginWay.Authenticate authenticate)) {
            return new LoginPrompts(login.user(), login.password());
        }
        return authenticate.mechanism() == Mechanism.SCRAM_SHA_256
                ? new ScramSha256(login.user(), login.password())
                : new Plain(login.user(), login.password());
    }

    private SaslMechanism bearer(LoginWay way, Credentials.Bearer login, AccessToken token)
            throws SaslRefusedException {
        boolean standard =
                way instanceof LoginWay.Authenticate authenticate && authenticate.mechanism() == Mechanism.OAUTHBEARER;
        return standard
                ? new OauthBearer(login.user(), host, port, token.value())
                : new Xoauth2(login.user(), token.value());
    }
}
