package dev.steadymail.imap;

import dev.steadymail.auth.AccessToken;
import dev.steadymail.auth.Credentials;
import dev.steadymail.imap.ImapAccount.Security;
import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.codec.StatusText;
import dev.steadymail.imap.command.Capability;
import dev.steadymail.imap.command.Command;
import dev.steadymail.imap.command.Login;
import dev.steadymail.imap.sasl.LoginWay;
import dev.steadymail.imap.sasl.LoginWay.Mechanism;
import dev.steadymail.imap.sasl.MechanismChoice;
import dev.steadymail.imap.sasl.MechanismChoice.Channel;
import dev.steadymail.imap.sasl.OauthBearer;
import dev.steadymail.imap.sasl.Plain;
import dev.steadymail.imap.sasl.SaslMechanism;
import dev.steadymail.imap.sasl.SaslRefusedException;
import dev.steadymail.imap.sasl.ScramSha256;
import dev.steadymail.imap.sasl.Xoauth2;
import dev.steadymail.imap.wire.FarewellException;
import dev.steadymail.imap.wire.ImapSession;
import dev.steadymail.imap.wire.Inbox;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.time.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Logs in, in the way that {@link MechanismChoice} finds; with a token once more where a first one is refused. Used once. */
final class LoginSequence {
    private final ImapAccount account;
    private final Credentials credentials;
    private final ResponseClassifier classifier;
    private final MechanismChoice choice;
    private final Duration silence;
    private final List<String> said = new ArrayList<>();

    LoginSequence(ImapAccount account, boolean preferXoauth2, ResponseClassifier classifier) {
        this.account = account;
        this.credentials = account.credentials();
        this.classifier = classifier;
        this.choice = new MechanismChoice(
                account.security() == Security.NONE_LOOPBACK_ONLY ? Channel.LOOPBACK : Channel.TLS, preferXoauth2);
        this.silence = account.settings().loginTimeout();
    }

    void run(ImapSession session, Deadline deadline) throws IOException {
        if (session.capabilities().isEmpty()) {
            askCapabilities(session);
        }
        int before = session.capabilitiesTold();
        ResponseCode answer;
        try {
            answer = answer(session, deadline);
        } catch (FarewellException farewell) {
            StatusText text = farewell.said();
            throw classifier.byeBeforeLogin(
                    repeats(text.text()) ? new StatusText(text.code(), text.arguments(), "") : text);
        }
        if (!answer.isOk()) {
            throw refusal(answer);
        }
        // RFC 3501 section 6.2.3: what the server can do may differ after login, and often it says so by itself.
        if (session.capabilitiesTold() == before) {
            askCapabilities(session);
        }
    }

    private void askCapabilities(ImapSession session) throws IOException {
        Response.Completed unused =
                Inbox.run(session, new Capability().command(), silence, reply -> {}, challenge -> "");
    }

    /** Servers are known to repeat the line that they refuse; what was in it must not get into a message. */
    private MailException refusal(ResponseCode response) {
        String text = repeats(response.text()) ? "" : response.text();
        ResponseCode shown = new ResponseCode(response.status(), response.code(), response.arguments(), text);
        MailException refusal = classifier.loginRefusal(shown);
        if (refusal.kind() == Kind.AUTH && credentials instanceof Credentials.Bearer) {
            return MailException.builder(
                            Kind.REAUTH_REQUIRED,
                            "the server refused a fresh access token; the account's owner must consent again")
                    .providerCode(response.code())
                    .build();
        }
        return refusal;
    }

    private boolean repeats(String text) {
        return said.stream().anyMatch(text::contains);
    }

    private ResponseCode answer(ImapSession session, Deadline deadline) throws IOException {
        if (credentials instanceof Credentials.Bearer bearer) {
            return bearer(session, bearer, deadline);
        }
        return password(session, (Credentials.Password) credentials);
    }

    private ResponseCode password(ImapSession session, Credentials.Password login) throws IOException {
        said.add(login.user());
        said.add(login.password().reveal());
        LoginWay way = choice.choose(session.capabilities(), login);
        if (way instanceof LoginWay.LoginCommand) {
            Command command = new Login(login.user(), login.password().reveal()).command();
            return ResponseCode.of(Inbox.run(session, command, silence, reply -> {}, challenge -> ""));
        }
        LoginWay.Authenticate authenticate = requireWay(way);
        try {
            SaslMechanism mechanism = authenticate.mechanism() == Mechanism.SCRAM_SHA_256
                    ? new ScramSha256(login.user(), login.password())
                    : new Plain(login.user(), login.password());
            return authenticate(session, mechanism, authenticate.initialResponse());
        } catch (SaslRefusedException unusable) {
            throw unusable(unusable);
        }
    }

    private static LoginWay.Authenticate requireWay(LoginWay way) {
        if (way instanceof LoginWay.Authenticate authenticate) {
            return authenticate;
        }
        throw MailException.of(Kind.AUTH, ((LoginWay.None) way).reason());
    }

    private ResponseCode bearer(ImapSession session, Credentials.Bearer login, Deadline deadline) throws IOException {
        LoginWay.Authenticate way = requireWay(choice.choose(session.capabilities(), login));
        said.add(login.user());
        AccessToken token = login.tokens().token(deadline);
        ResponseCode first = authenticate(session, bearer(way, login, token), way.initialResponse());
        if (first.isOk() || classifier.loginRefusal(first).kind() != Kind.AUTH) {
            return first;
        }
        AccessToken other = login.tokens().tokenAfterRefusal(token, deadline);
        return authenticate(session, bearer(way, login, other), way.initialResponse());
    }

    private SaslMechanism bearer(LoginWay.Authenticate way, Credentials.Bearer login, AccessToken token) {
        said.add(token.value().reveal());
        try {
            return way.mechanism() == Mechanism.OAUTHBEARER
                    ? new OauthBearer(login.user(), account.host(), account.port(), token.value())
                    : new Xoauth2(login.user(), token.value());
        } catch (SaslRefusedException unusable) {
            throw unusable(unusable);
        }
    }

    /** Credentials that the mechanism cannot carry, with line breaks for example. */
    private static MailException unusable(SaslRefusedException why) {
        return MailException.of(Kind.AUTH, String.valueOf(why.getMessage()), why);
    }

    private ResponseCode authenticate(ImapSession session, SaslMechanism mechanism, boolean withCommand)
            throws IOException {
        SaslDialogue dialogue = new SaslDialogue(mechanism);
        Command command = dialogue.command(withCommand);
        ResponseCode answer;
        try {
            answer = ResponseCode.of(Inbox.run(session, command, silence, reply -> {}, dialogue::answer));
        } finally {
            said.addAll(dialogue.said());
        }
        dialogue.requireComplete(answer.isOk());
        return answer;
    }
}
