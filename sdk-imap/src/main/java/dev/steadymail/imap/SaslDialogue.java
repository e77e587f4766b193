package dev.steadymail.imap;

import dev.steadymail.imap.command.Command;
import dev.steadymail.imap.sasl.SaslMechanism;
import dev.steadymail.imap.sasl.SaslRefusedException;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One AUTHENTICATE (RFC 3501 section 6.2.2): turns the mechanism's octets into lines and back. */
final class SaslDialogue {
    /** Cancels the exchange. */
    private static final String CANCEL = "*";

    private final SaslMechanism mechanism;
    private final List<String> said = new ArrayList<>();
    private boolean begun;
    private @Nullable SaslRefusedException refused;

    SaslDialogue(SaslMechanism mechanism) {
        this.mechanism = mechanism;
    }

    Command command(boolean withMessage) {
        begun = withMessage;
        String first = withMessage ? " " + base64(mechanism.initialResponse()) : "";
        return Command.named("AUTHENTICATE").words(mechanism.name() + first);
    }

    String answer(String challenge) {
        if (refused != null) {
            return CANCEL;
        }
        try {
            if (!begun) {
                begun = true;
                return base64(mechanism.initialResponse());
            }
            return base64(mechanism.respond(Base64.getDecoder().decode(challenge.strip())));
        } catch (SaslRefusedException failure) {
            refused = failure;
            return CANCEL;
        } catch (IllegalArgumentException noBase64) {
            // Some servers explain themselves in plain words here; an empty line has them go on to the refusal.
            return "";
        }
    }

    /** What was sent: a server that repeats it must not get it into a message. */
    List<String> said() {
        return said;
    }

    /** Checks that the server may be believed. */
    void requireComplete(boolean accepted) {
        SaslRefusedException failure = refused;
        try {
            if (failure == null && accepted) {
                mechanism.finish();
            }
        } catch (SaslRefusedException incomplete) {
            failure = incomplete;
        }
        if (failure != null) {
            boolean ours = failure.fault() == SaslRefusedException.Fault.CREDENTIALS;
            throw MailException.of(ours ? Kind.AUTH : Kind.PROTOCOL, String.valueOf(failure.getMessage()), failure);
        }
    }

    private String base64(byte[] octets) {
        String text = Base64.getEncoder().encodeToString(octets);
        if (text.length() > 8) {
            said.add(text);
        }
        return text;
    }
}
