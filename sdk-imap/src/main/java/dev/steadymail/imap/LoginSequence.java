package dev.steadymail.imap;

import dev.steadymail.auth.AccessToken;
import dev.steadymail.auth.Credentials;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.time.Deadline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.eclipse.angus.mail.iap.Argument;
import org.eclipse.angus.mail.iap.ProtocolException;

/** Logs in: by LOGIN, AUTHENTICATE PLAIN where LOGIN is disabled, or XOAUTH2 with one more try after a refused token. */
final class LoginSequence {
    private final Credentials credentials;
    private final ResponseClassifier classifier;
    private final List<String> said = new ArrayList<>();

    LoginSequence(Credentials credentials, ResponseClassifier classifier) {
        this.credentials = credentials;
        this.classifier = classifier;
    }

    void run(ImapWire wire, Deadline deadline) throws IOException, ProtocolException {
        Map<String, String> before = wire.getCapabilities();
        Farewell farewell = new Farewell();
        ResponseCode response = answer(wire, farewell, deadline);
        if (!response.isOk()) {
            throw farewell.orElse(classifier, refusal(response));
        }
        // RFC 3501 section 6.2.3: what the server can do may differ after login, and often it says so by itself.
        if (wire.getCapabilities() == before) {
            wire.capability();
        }
    }

    /** Servers are known to repeat the line that they refuse; what was in it must not get into a message. */
    private MailException refusal(ResponseCode response) {
        boolean repeated = said.stream().anyMatch(word -> response.text().contains(word));
        String text = repeated ? "" : response.text();
        ResponseCode shown = new ResponseCode(response.status(), response.code(), response.arguments(), text);
        MailException refusal = classifier.loginRefusal(shown);
        if (refusal.kind() == Kind.AUTH && credentials instanceof Credentials.Bearer) {
            return MailException.builder(
                            Kind.REAUTH_REQUIRED,
                            "the server refused a fresh access token; the account's owner must consent again")
                    .providerCode(response.code())
                    .build();
        }
        return refusal;
    }

    private ResponseCode answer(ImapWire wire, Farewell farewell, Deadline deadline)
            throws IOException, ProtocolException {
        if (credentials instanceof Credentials.Bearer bearer) {
            return bearer(wire, bearer, farewell, deadline);
        }
        return password(wire, (Credentials.Password) credentials, farewell);
    }

    private ResponseCode password(ImapWire wire, Credentials.Password login, Farewell farewell)
            throws IOException, ProtocolException {
        said.add(login.user());
        said.add(login.password().reveal());
        if (!wire.hasCapability("LOGINDISABLED")) {
            Argument arguments = new Argument();
            arguments.writeString(login.user(), StandardCharsets.UTF_8);
            arguments.writeString(login.password().reveal(), StandardCharsets.UTF_8);
            return wire.execute("LOGIN", arguments, farewell::observe);
        }
        if (!wire.hasCapability("AUTH=PLAIN")) {
            throw MailException.of(
                    Kind.AUTH, "the server takes no password on this connection; use TLS, or an access token");
        }
        String message = base64("\0" + login.user() + "\0" + login.password().reveal());
        said.add(message);
        return wire.authenticate("PLAIN", message, wire.hasCapability("SASL-IR"), farewell::observe);
    }

    private ResponseCode bearer(ImapWire wire, Credentials.Bearer login, Farewell farewell, Deadline deadline)
            throws IOException, ProtocolException {
        AccessToken token = login.tokens().token(deadline);
        ResponseCode first = xoauth2(wire, login.user(), token, farewell);
        if (first.isOk() || classifier.loginRefusal(first).kind() != Kind.AUTH) {
            return first;
        }
        AccessToken other = login.tokens().tokenAfterRefusal(token, deadline);
        return xoauth2(wire, login.user(), other, farewell);
    }

    private ResponseCode xoauth2(ImapWire wire, String user, AccessToken token, Farewell farewell)
            throws IOException, ProtocolException {
        String message =
                base64("user=" + user + "\u0001auth=Bearer " + token.value().reveal() + "\u0001\u0001");
        said.addAll(List.of(user, token.value().reveal(), message));
        return wire.authenticate("XOAUTH2", message, wire.hasCapability("SASL-IR"), farewell::observe);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
