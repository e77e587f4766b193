package dev.steadymail.imap.command;

import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.codec.StatusText;
import java.util.Optional;
import java.util.Set;

/**
 * LOGIN (RFC 3501 section 6.2.3), not where the server says LOGINDISABLED. The result is what the server can do now, where it tells that
 * unasked; else it is to be asked for, since it may differ from what it said before.
 */
public final class Login implements Exchange<Optional<Set<String>>> {
    private final String user;
    private final String password;
    private Optional<Set<String>> capabilities = Optional.empty();

    /** Takes the user and a password, which is shown nowhere but on the wire. */
    public Login(String user, String password) {
        this.user = user;
        this.password = password;
    }

    @Override
    public Command command() {
        return Command.named("LOGIN").text(user).text(password);
    }

    @Override
    public void observe(Reply reply) {
        Response response = reply.response();
        capabilities = Capability.in(response).or(() -> capabilities);
    }

    @Override
    public Optional<Set<String>> result(StatusText completed) {
        return Capability.in(completed).or(() -> capabilities);
    }

    /** Both are secret. */
    @Override
    public String toString() {
        return "Login";
    }
}
