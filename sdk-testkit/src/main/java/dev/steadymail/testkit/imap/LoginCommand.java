package dev.steadymail.testkit.imap;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** LOGIN, RFC 3501 section 6.2.3. */
final class LoginCommand implements Command {

    @Override
    public Completion run(ImapSession session, CommandReader args) {
        args.space();
        String user = args.astring();
        args.space();
        String password = args.astring();
        args.end();
        return logIn(session, user, credentials -> credentials.acceptsPassword(password));
    }

    /** Lets a user in if the credentials suffice; AUTHENTICATE ends here too. */
    static Completion logIn(ImapSession session, @Nullable String user, Predicate<Credentials> suffices) {
        if (!session.mayLogin()) {
            return Completion.no("PRIVACYREQUIRED", "use STARTTLS first");
        }
        ServerContext.Account account =
                user == null ? null : session.context().accounts().get(user);
        if (account == null || !suffices.test(account.credentials())) {
            return Completion.no("AUTHENTICATIONFAILED", "invalid credentials");
        }
        session.logIn(account);
        return Completion.ok("CAPABILITY " + CapabilityCommand.list(session), "logged in");
    }
}
