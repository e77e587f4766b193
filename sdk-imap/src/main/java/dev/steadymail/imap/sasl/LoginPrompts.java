package dev.steadymail.imap.sasl;

import dev.steadymail.auth.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * LOGIN (draft-murchison-sasl-login): the server asks for the user and then for the password, so for protected connections only. Never
 * standardised; some submission servers know nothing else. The server speaks first here: no initial response goes with the command.
 */
public final class LoginPrompts implements SaslMechanism {
    private static final int LONGEST_PROMPT = 1024;

    private final String user;
    private final Secret password;
    private int answered;

    /**
     * Makes an exchange.
     *
     * @throws SaslRefusedException where the user name is empty or holds a control character
     */
    public LoginPrompts(String user, Secret password) throws SaslRefusedException {
        this.user = SaslText.user(user);
        this.password = password;
    }

    @Override
    public String name() {
        return "LOGIN";
    }

    @Override
    public byte[] initialResponse() {
        if (answered > 0) {
            throw new IllegalStateException("the initial response was taken before");
        }
        answered = 1;
        return user.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] respond(byte[] challenge) throws SaslRefusedException {
        if (answered > 1 || challenge.length > LONGEST_PROMPT) {
            throw SaslRefusedException.server("the server sent a challenge that LOGIN does not know");
        }
        if (answered == 0) {
            return initialResponse();
        }
        answered = 2;
        return password.reveal().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void finish() throws SaslRefusedException {
        if (answered < 2) {
            throw SaslRefusedException.server("the server said OK although LOGIN was not complete");
        }
    }

    @Override
    public Optional<String> serverError() {
        return Optional.empty();
    }

    @Override
    public String toString() {
        return name();
    }
}
