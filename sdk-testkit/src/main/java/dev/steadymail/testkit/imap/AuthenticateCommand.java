package dev.steadymail.testkit.imap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** AUTHENTICATE with PLAIN (RFC 4616) and XOAUTH2, the initial response included (RFC 4959). */
final class AuthenticateCommand implements Command {

    private static final String CHALLENGE =
            base64("{\"status\":\"400\",\"schemes\":\"Bearer\",\"scope\":\"https://mail.google.com/\"}");

    @Override
    public Completion run(ImapSession session, CommandReader args) throws IOException {
        args.space();
        String mechanism = args.keyword();
        boolean plain = mechanism.equals("PLAIN") && session.offers(ImapCapability.AUTH_PLAIN);
        boolean token = mechanism.equals("XOAUTH2") && session.offers(ImapCapability.AUTH_XOAUTH2);
        if (!plain && !token) {
            return Completion.no("CANNOT", "this mechanism is not supported");
        }
        String response = response(session, args);
        return plain ? plain(session, response) : token(session, response);
    }

    private static String response(ImapSession session, CommandReader args) throws IOException {
        if (args.atEnd()) {
            return decode(ask(session, ""));
        }
        session.require(ImapCapability.SASL_IR);
        args.space();
        String initial = args.rest();
        return initial.equals("=") ? "" : decode(initial);
    }

    private static String ask(ImapSession session, String challenge) throws IOException {
        session.writer().continuation(challenge);
        session.writer().flush();
        String answer = session.input().requireLine();
        if (answer.equals("*")) {
            throw new CommandSyntaxException("AUTHENTICATE was given up");
        }
        return answer;
    }

    private static Completion plain(ImapSession session, String response) {
        String[] parts = response.split("\0", -1);
        if (parts.length != 3) {
            return Completion.bad("PLAIN takes authzid, NUL, user, NUL, password");
        }
        return LoginCommand.logIn(session, parts[1], credentials -> credentials.acceptsPassword(parts[2]));
    }

    /** A wrong token is explained in a challenge, which the client answers with an empty line. */
    private static Completion token(ImapSession session, String response) throws IOException {
        String user = field(response, "user=");
        String token = field(response, "auth=Bearer ");
        Completion completion =
                LoginCommand.logIn(session, user, credentials -> token != null && credentials.acceptsToken(token));
        if (!completion.status().equals("OK")) {
            String ignored = ask(session, CHALLENGE);
            return ignored.isEmpty() ? completion : Completion.bad("the error challenge takes an empty answer");
        }
        return completion;
    }

    private static @Nullable String field(String response, String prefix) {
        for (String field : response.split("\1", -1)) {
            if (field.startsWith(prefix)) {
                return field.substring(prefix.length());
            }
        }
        return null;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String decode(String base64) {
        try {
            return CommandReader.utf8(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw new CommandSyntaxException("the answer is not valid base64", e);
        }
    }
}
