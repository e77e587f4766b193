package dev.steadymail.testkit.smtp;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Takes lines as the responses of a login (RFC 4954 section 4). */
final class SaslLines implements LineIntake.Lines {
    private final Conversation talk;
    private final SaslExchange exchange;
    private final Intake lines = new LineIntake(this);

    SaslLines(Conversation talk, SaslExchange exchange) {
        this.talk = talk;
        this.exchange = exchange;
    }

    /** Asks a client for its first response. */
    void invite() {
        challenge(exchange.invitation());
    }

    /** Takes a response in base64, or the asterisk that gives up. */
    void respond(String text) {
        byte[] response = text.equals("*") ? null : decoded(text);
        if (response == null) {
            end();
            talk.violation(text.equals("*") ? null : SmtpViolation.SYNTAX);
            talk.reply(501, "5.7.0", text.equals("*") ? "the login was given up" : "not base64");
            return;
        }
        SaslStep step = exchange.next(response);
        if (step instanceof SaslStep.Challenge challenge) {
            challenge(challenge.text());
            return;
        }
        end();
        if (step instanceof SaslStep.Accepted accepted) {
            talk.logIn(accepted.user());
            talk.reply(235, "2.7.0", "welcome");
        } else if (step instanceof SaslStep.Malformed) {
            talk.violation(SmtpViolation.SYNTAX);
            talk.reply(501, "5.5.2", "not what the mechanism says");
        } else {
            talk.reply(535, "5.7.8", "credentials invalid");
        }
    }

    @Override
    public void line(byte[] octets, boolean moreInHand) {
        talk.moreInHand(moreInHand);
        talk.mailroom().command("<response>");
        respond(new String(octets, StandardCharsets.ISO_8859_1));
        talk.mustBeLast();
    }

    @Override
    public void bad(SmtpViolation why) {
        end();
        talk.violation(why);
        talk.reply(500, "5.5.6", "the response is no good line");
        if (why == SmtpViolation.BARE_LF) {
            talk.output().end(new SmtpAction.Close());
        }
    }

    private void challenge(String text) {
        talk.intake(lines);
        talk.reply(334, "", Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void end() {
        talk.backToCommands();
    }

    private static byte @Nullable [] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }
}
