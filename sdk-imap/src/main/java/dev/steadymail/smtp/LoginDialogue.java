package dev.steadymail.smtp;

import dev.steadymail.auth.Credentials;
import dev.steadymail.imap.sasl.LoginWay;
import dev.steadymail.imap.sasl.MechanismChoice;
import dev.steadymail.imap.sasl.MechanismChoice.Channel;
import dev.steadymail.imap.sasl.SaslMechanism;
import dev.steadymail.imap.sasl.SaslRefusedException;
import dev.steadymail.imap.wire.ReachFailure;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.smtp.SmtpServer.Security;
import dev.steadymail.smtp.Step.Write.Sort;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * From the greeting to a server that is ready for a message: EHLO, STARTTLS where the account wants it and EHLO again, AUTH. No octet of
 * a login leaves before TLS but to this machine, for a server that is used without. Not thread-safe.
 */
final class LoginDialogue implements Phase {
    private final Security security;
    private final String ehlo;
    private final boolean preferXoauth2;
    private final LoginSource login;
    private final Refusal refusal;
    private Extensions extensions = Extensions.NONE;
    private Step next = new Step.Await(Stage.GREETING);
    private Stage stage = Stage.GREETING;
    private boolean secured;
    private boolean tried;
    private @Nullable LoginWay way;
    private @Nullable SaslExchange exchange;

    LoginDialogue(Security security, String ehlo, boolean preferXoauth2, LoginSource login, Refusal refusal) {
        this.security = security;
        this.ehlo = ehlo;
        this.preferXoauth2 = preferXoauth2;
        this.login = login;
        this.refusal = refusal;
        this.secured = security == Security.IMPLICIT_TLS;
    }

    /** Returns what the server can do, once it is ready. */
    Extensions extensions() {
        return extensions;
    }

    /** Answers whether it is surely the server that speaks. */
    boolean isBelieved() {
        return secured || security == Security.NONE_LOOPBACK_ONLY;
    }

    /** Answers whether the server has agreed to TLS, which is not on yet. */
    boolean isSecuring() {
        return next instanceof Step.Secure;
    }

    @Override
    public boolean isCommitted() {
        return false;
    }

    /** What is to be written is taken once; after that the answer is awaited. */
    @Override
    public Step next() {
        Step taken = next;
        if (taken instanceof Step.Write) {
            next = new Step.Await(stage);
        }
        return taken;
    }

    /** TLS is on; what was said before is forgotten (RFC 3207 section 4.2). */
    void secured() {
        secured = true;
        extensions = Extensions.NONE;
        sayHello();
    }

    @Override
    public void reply(Reply reply) {
        if (!(next instanceof Step.Await)) {
            throw MailException.builder(Kind.PROTOCOL, "the server spoke without having been asked")
                    .mayHaveTakenEffect(false)
                    .build();
        }
        switch (stage) {
            case GREETING -> greeted(reply);
            case EHLO -> introduced(reply);
            case STARTTLS -> consented(reply);
            case AUTH -> answered(reply);
            default -> throw new IllegalStateException("no such stage of a login: " + stage);
        }
    }

    private void greeted(Reply reply) {
        requirePositive(reply);
        sayHello();
    }

    private void sayHello() {
        send(Stage.EHLO, "EHLO " + ehlo);
    }

    private void introduced(Reply reply) {
        requirePositive(reply);
        extensions = Extensions.of(reply);
        if (security == Security.STARTTLS && !secured) {
            if (!extensions.has("STARTTLS")) {
                throw untrusted(
                        "the server does not offer STARTTLS, and nothing is sent without TLS; use implicit TLS");
            }
            send(Stage.STARTTLS, "STARTTLS");
        } else if (security == Security.NONE_LOOPBACK_ONLY && !extensions.offersLogin()) {
            // A program on this machine may know who we are without a login.
            next = new Step.Ready();
        } else {
            authenticate();
        }
    }

    private void consented(Reply reply) {
        if (reply.isTransient()) {
            throw refusal.of(stage, reply, isBelieved());
        }
        if (!reply.isPositive()) {
            throw untrusted("the server refused STARTTLS, and nothing is sent without TLS; use implicit TLS");
        }
        next = new Step.Secure();
    }

    private void authenticate() {
        Channel channel = secured ? Channel.TLS : Channel.LOOPBACK;
        LoginWay chosen =
                new MechanismChoice(channel, preferXoauth2).choose(extensions.asCapabilities(), login.credentials());
        if (chosen instanceof LoginWay.None none) {
            throw MailException.builder(Kind.AUTH, none.reason())
                    .mayHaveTakenEffect(false)
                    .build();
        }
        way = chosen;
        try {
            begin(login.begin(chosen));
        } catch (SaslRefusedException unusable) {
            throw SaslExchange.explained(unusable);
        }
    }

    private void begin(SaslMechanism mechanism) {
        SaslExchange begun = new SaslExchange(mechanism);
        exchange = begun;
        stage = Stage.AUTH;
        next = new Step.Write(begun.command(), Sort.COMMANDS);
    }

    private void answered(Reply reply) {
        SaslExchange current = Objects.requireNonNull(exchange);
        if (reply.isIntermediate()) {
            next = new Step.Write(current.answer(reply), Sort.SECRET);
        } else if (reply.isPositive()) {
            current.requireComplete();
            next = new Step.Ready();
        } else {
            current.requireNotRefused();
            refused(reply);
        }
    }

    private void refused(Reply reply) {
        MailException failure = refusal.of(Stage.AUTH, reply, isBelieved());
        if (failure.kind() != Kind.AUTH || reply.isClosing()) {
            throw failure;
        }
        SaslMechanism other = another();
        if (other != null) {
            begin(other);
        } else if (login.credentials() instanceof Credentials.Bearer) {
            throw MailException.builder(
                            Kind.REAUTH_REQUIRED,
                            "the server refused a fresh access token; the account's owner must consent again")
                    .providerCode(reply.providerCode())
                    .mayHaveTakenEffect(false)
                    .build();
        } else {
            throw failure;
        }
    }

    private @Nullable SaslMechanism another() {
        if (tried) {
            return null;
        }
        tried = true;
        try {
            return login.again(Objects.requireNonNull(way));
        } catch (SaslRefusedException unusable) {
            throw SaslExchange.explained(unusable);
        }
    }

    private void send(Stage to, String command) {
        stage = to;
        next = new Step.Write(CommandLine.of(command), Sort.COMMANDS);
    }

    private void requirePositive(Reply reply) {
        if (reply.isTransient() || reply.isPermanent()) {
            throw refusal.of(stage, reply, isBelieved());
        }
        if (!reply.isPositive()) {
            throw MailException.builder(
                            Kind.PROTOCOL,
                            "the server does not speak SMTP as it should; check that host and port are right")
                    .providerCode(reply.providerCode())
                    .mayHaveTakenEffect(false)
                    .build();
        }
    }

    private static MailException untrusted(String message) {
        return ReachFailure.untrusted(message, null).toBuilder()
                .mayHaveTakenEffect(false)
                .build();
    }
}
