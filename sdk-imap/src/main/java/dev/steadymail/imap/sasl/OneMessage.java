package dev.steadymail.imap.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A mechanism that says all in one message. A challenge after it can only tell of an error, where the mechanism knows such. */
abstract sealed class OneMessage implements SaslMechanism permits Plain, Xoauth2, OauthBearer {
    private static final int LONGEST_CHALLENGE = 8192;
    /** RFC 7628 section 3.2.2: the error is JSON, of which only this field is of use; its bounds keep it fit for a log. */
    private static final Pattern STATUS = Pattern.compile("\"status\"\\s{0,9}:\\s{0,9}\"([A-Za-z0-9_-]{1,40})\"");

    private final String name;
    private final @Nullable String answerToError;
    private byte @Nullable [] message;
    private boolean failed;
    private @Nullable String serverError;

    OneMessage(String name, String message, @Nullable String answerToError) {
        this.name = name;
        this.message = message.getBytes(StandardCharsets.UTF_8);
        this.answerToError = answerToError;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final byte[] initialResponse() {
        byte[] taken = message;
        if (taken == null) {
            throw new IllegalStateException("the initial response was taken before");
        }
        message = null;
        return taken;
    }

    @Override
    public final byte[] respond(byte[] challenge) throws SaslRefusedException {
        if (message != null && challenge.length == 0 && !failed) {
            return initialResponse();
        }
        boolean expected = message == null && !failed && challenge.length <= LONGEST_CHALLENGE;
        failed = true;
        if (!expected || answerToError == null) {
            throw SaslRefusedException.server("the server sent a challenge that " + name + " does not know");
        }
        Matcher status = STATUS.matcher(new String(challenge, StandardCharsets.ISO_8859_1));
        serverError = status.find() ? status.group(1) : null;
        return answerToError.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public final void finish() throws SaslRefusedException {
        if (message != null || failed) {
            throw SaslRefusedException.server("the server said OK although " + name + " was not complete");
        }
    }

    @Override
    public final Optional<String> serverError() {
        return Optional.ofNullable(serverError);
    }

    @Override
    public final String toString() {
        return name;
    }
}
