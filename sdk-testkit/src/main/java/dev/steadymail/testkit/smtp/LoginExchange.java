package dev.steadymail.testkit.smtp;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** LOGIN: the user, which may come as initial response, then the password. */
final class LoginExchange implements SaslExchange {
    private final SmtpUsers users;
    private @Nullable String user;

    LoginExchange(SmtpUsers users) {
        this.users = users;
    }

    @Override
    public String invitation() {
        return "Username:";
    }

    @Override
    public SaslStep next(byte[] response) {
        String text = new String(response, StandardCharsets.UTF_8);
        String name = user;
        if (name == null) {
            user = text;
            return new SaslStep.Challenge("Password:");
        }
        return users.acceptsPassword(name, text) ? new SaslStep.Accepted(name) : new SaslStep.Refused();
    }
}
