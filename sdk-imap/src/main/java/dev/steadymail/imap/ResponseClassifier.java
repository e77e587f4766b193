package dev.steadymail.imap;

import dev.steadymail.guard.RetryHint;
import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.codec.StatusText;
import dev.steadymail.imap.redact.Words;
import dev.steadymail.imap.wire.BrokenProtocolException;
import dev.steadymail.imap.wire.FarewellException;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Reach;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns refusals and broken connections into {@link MailException}: see {@link RefusalKind} for what they mean. What did no more
 * than look surely had no effect; whether a command that writes had one is left open unless the server refused it. Thread-safe.
 */
final class ResponseClassifier {
    private static final Set<String> OPENS = Set.of("SELECT", "EXAMINE");
    private static final Set<String> WRITES =
            Set.of("UID STORE", "UID COPY", "UID MOVE", "UID EXPUNGE", "APPEND", "CREATE", "RENAME", "DELETE");

    private final InstantSource clock;

    ResponseClassifier(InstantSource clock) {
        this.clock = clock;
    }

    /** Classifies the answer to a command that is no login. */
    MailException refusal(String command, ResponseCode response) {
        Kind plain = WRITES.contains(command) ? Kind.FORBIDDEN : Kind.UNAVAILABLE;
        Kind kind = RefusalKind.ofCommand(response, plain);
        MailException.Builder failure = failure(kind, "the server refused " + command, response);
        // RFC 6851 section 3.3: a MOVE that is refused may have moved some messages.
        if (!command.equals("UID MOVE")) {
            failure.mayHaveTakenEffect(false);
        }
        // RFC 3501 section 6.3.1: a NO here is about the mailbox, and asking again at once changes nothing.
        boolean settled = kind == Kind.UNAVAILABLE
                && response.isNo()
                && OPENS.contains(command)
                && response.code() == null
                && !RefusalKind.saysLater(response);
        return (settled ? failure.permanent() : failure).build();
    }

    /** Classifies the answer to a login. */
    MailException loginRefusal(ResponseCode response) {
        Kind kind = RefusalKind.ofLogin(response);
        return failure(kind, loginMessage(kind), response)
                .mayHaveTakenEffect(false)
                .build();
    }

    /** Classifies a farewell; the connection is over. */
    MailException bye(StatusText said) {
        ResponseCode response = ResponseCode.of(Response.Status.BYE, said);
        return failure(RefusalKind.ofBye(response), "the server ended the connection", response)
                .build();
    }

    /** Classifies a farewell to somebody who did not say yet who he is: where it gives a reason, that is the server's own. */
    MailException byeBeforeLogin(StatusText said) {
        MailException failure = bye(said);
        boolean wide = failure.kind() == Kind.THROTTLED || failure.kind() == Kind.UNAVAILABLE;
        boolean host = wide && RefusalKind.isAboutServer(ResponseCode.of(Response.Status.BYE, said));
        return failure.toBuilder()
                .reach(host ? Reach.HOST : Reach.ACCOUNT)
                .mayHaveTakenEffect(false)
                .build();
    }

    /** Classifies a broken connection; a farewell explains it better than its end does. */
    MailException broken(String command, IOException failure) {
        if (failure instanceof FarewellException farewell) {
            return explained(command, farewell);
        }
        if (failure instanceof BrokenProtocolException broken) {
            return broken.isTooLarge() ? tooLarge(command, broken) : unreadable(command);
        }
        boolean silent = failure instanceof SocketTimeoutException;
        if (!silent
                && (failure instanceof InterruptedIOException
                        || Thread.currentThread().isInterrupted())) {
            return during(command, Kind.CANCELLED, "the calling thread was interrupted during " + command)
                    .cause(failure)
                    .build();
        }
        return during(
                        command,
                        silent ? Kind.TIMEOUT : Kind.NETWORK,
                        (silent ? "the server fell silent during " : "the connection broke during ") + command)
                .cause(failure)
                .build();
    }

    private MailException explained(String command, FarewellException farewell) {
        MailException.Builder explained = bye(farewell.said()).toBuilder().cause(farewell);
        if (!WRITES.contains(command)) {
            explained.mayHaveTakenEffect(false);
        }
        return explained.build();
    }

    private static MailException tooLarge(String command, BrokenProtocolException failure) {
        String message = failure.getMessage() + "; raise the limit in ImapSettings where that is meant";
        return during(command, Kind.TOO_LARGE, message).cause(failure).build();
    }

    /** Classifies an answer that no reader understands; what the reader says quotes it, and so is left out. */
    MailException unreadable(String command) {
        return during(command, Kind.PROTOCOL, "the server's answer to " + command + " cannot be understood")
                .build();
    }

    private static MailException.Builder during(String command, Kind kind, String message) {
        MailException.Builder failure = MailException.builder(kind, message);
        return WRITES.contains(command) ? failure : failure.mayHaveTakenEffect(false);
    }

    private static String loginMessage(Kind kind) {
        if (kind == Kind.AUTH) {
            return "the server refused user name or password; check both (many providers want an app password)";
        }
        if (kind == Kind.REAUTH_REQUIRED || kind == Kind.FORBIDDEN) {
            return "the server does not let this account in; its owner must act";
        }
        return "the server refused the login";
    }

    /** In brackets a server may say anything; what it is not known to say may be somebody's name. */
    private static @Nullable String known(@Nullable String code) {
        return code == null ? null : Words.CODES.find(code);
    }

    private MailException.Builder failure(Kind kind, String what, ResponseCode response) {
        String said = ShownText.of(response.text());
        return MailException.builder(kind, said.isEmpty() ? what : what + ": " + said)
                .providerCode(known(response.code()))
                .retryAt(RetryHint.text(response.text(), clock.instant()));
    }
}
