package dev.steadymail.smtp;

import dev.steadymail.guard.RetryHint;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Reach;
import java.time.InstantSource;

/**
 * Makes failures of replies. The server's text is never in them: it quotes addresses, and may quote a login; what it means is told by
 * {@link RefusalTable} and by the code. Immutable and thread-safe.
 */
final class Refusal {
    private final InstantSource clock;

    Refusal(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Returns the failure that a reply of 400 to 599 is: surely nothing was accepted.
     *
     * @param believed whether it is surely the server that speaks: a time to wait may be stated by nobody else
     */
    MailException of(Stage stage, Reply reply, boolean believed) {
        Kind kind = RefusalTable.kind(stage, reply);
        MailException.Builder failure = MailException.builder(kind, message(stage, kind, reply))
                .providerCode(reply.providerCode())
                .reach(reach(stage, kind))
                .mayHaveTakenEffect(false);
        if (reply.isPermanent()) {
            failure.permanent();
        }
        return believed && reply.isTransient()
                ? failure.retryAt(RetryHint.text(reply.text(), clock.instant())).build()
                : failure.build();
    }

    /** Before anybody said who he is a server can only speak of itself. */
    private static Reach reach(Stage stage, Kind kind) {
        boolean early = stage == Stage.GREETING || stage == Stage.EHLO || stage == Stage.STARTTLS;
        return early && (kind == Kind.UNAVAILABLE || kind == Kind.THROTTLED) ? Reach.HOST : Reach.ACCOUNT;
    }

    private static String message(Stage stage, Kind kind, Reply reply) {
        String what = reply.isClosing()
                ? "the server ended the connection at " + stage.shown()
                : "the server refused " + stage.shown() + " (" + reply.providerCode() + ")";
        return what + "; " + remedy(stage, kind);
    }

    private static String remedy(Stage stage, Kind kind) {
        return switch (kind) {
            case THROTTLED -> "it wants fewer messages for a while";
            case CONCURRENCY -> "it wants fewer connections at once";
            case UNAVAILABLE -> "try again later";
            case AUTH ->
                stage == Stage.AUTH
                        ? "check user name and password (many providers want an app password)"
                        : "it wants a login first; check port and credentials";
            case REAUTH_REQUIRED -> "the account's owner must act: log in anew, or make an app password";
            case TOO_LARGE -> "the message is too large, has too many recipients, or a mailbox is full";
            case INVALID -> "check the addresses and the message";
            case UNSUPPORTED -> "the server cannot do this; write the message in plain ASCII";
            case PROTOCOL -> "check that host and port are those of a submission server";
            default -> "its rules do not allow this sender, recipient or content";
        };
    }
}
