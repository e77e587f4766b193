package dev.steadymail.smtp;

import dev.steadymail.imap.sasl.LoginPrompts;
import dev.steadymail.imap.sasl.SaslMechanism;
import dev.steadymail.imap.sasl.SaslRefusedException;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** One AUTH (RFC 4954 section 4): turns the mechanism's octets into lines and back. Not thread-safe. */
final class SaslExchange {
    /** Cancels the exchange. */
    private static final String CANCEL = "*";

    private final SaslMechanism mechanism;
    private boolean begun;
    private String first = "";
    private @Nullable MailException refused;

    SaslExchange(SaslMechanism mechanism) {
        this.mechanism = mechanism;
    }

    /** Returns the command, with the initial response where it fits: a long token goes in an answer of its own. */
    ByteBuffer command() {
        String plain = "AUTH " + mechanism.name();
        if (mechanism instanceof LoginPrompts) {
            begun = true;
            return CommandLine.of(plain);
        }
        first = base64(mechanism.initialResponse());
        String whole = plain + " " + first;
        begun = whole.length() <= CommandLine.LONGEST_AUTH;
        return CommandLine.of(begun ? whole : plain);
    }

    /** Returns the answer to a challenge (RFC 4954 section 4, code 334). */
    ByteBuffer answer(Reply challenge) {
        String answer = refused == null ? respond(challenge.lines().get(0).strip()) : CANCEL;
        return CommandLine.ofResponse(answer);
    }

    private String respond(String challenge) {
        if (!begun) {
            begun = true;
            return first;
        }
        try {
            return base64(mechanism.respond(Base64.getDecoder().decode(challenge)));
        } catch (SaslRefusedException failure) {
            refused = explained(failure);
        } catch (IllegalArgumentException noBase64) {
            refused = failure(Kind.PROTOCOL, "the server sent a challenge that is not base64", noBase64);
        }
        return CANCEL;
    }

    /** Checks that the server may be believed when it says that the login went well. */
    void requireComplete() {
        requireNotRefused();
        try {
            mechanism.finish();
        } catch (SaslRefusedException incomplete) {
            throw explained(incomplete);
        }
    }

    /** Throws what we ended the exchange for, where it was we. */
    void requireNotRefused() {
        if (refused != null) {
            throw refused;
        }
    }

    /** Credentials that the mechanism cannot carry, or a server that does not prove who it is. */
    static MailException explained(SaslRefusedException failure) {
        boolean ours = failure.fault() == SaslRefusedException.Fault.CREDENTIALS;
        return failure(ours ? Kind.AUTH : Kind.PROTOCOL, String.valueOf(failure.getMessage()), failure);
    }

    private static MailException failure(Kind kind, String message, Exception cause) {
        return MailException.builder(kind, message)
                .mayHaveTakenEffect(false)
                .cause(cause)
                .build();
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }
}
