package dev.steadymail.testkit.smtp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * XOAUTH2 and OAUTHBEARER (RFC 7628). A wrong token is explained in a challenge; the login fails when the client has answered it, with an
 * empty response or, for OAUTHBEARER, with a single control-A.
 */
final class BearerExchange implements SaslExchange {
    private static final String XOAUTH2_ERROR =
            "{\"status\":\"400\",\"schemes\":\"Bearer\",\"scope\":\"https://mail.google.com/\"}";
    private static final String OAUTHBEARER_ERROR =
            "{\"status\":\"invalid_token\",\"scope\":\"https://mail.google.com/\"}";

    private final SmtpUsers users;
    private final boolean standard;
    private boolean explained;

    BearerExchange(SmtpUsers users, boolean standard) {
        this.users = users;
        this.standard = standard;
    }

    @Override
    public SaslStep next(byte[] response) {
        String text = new String(response, StandardCharsets.UTF_8);
        if (explained) {
            return text.equals(standard ? "\1" : "") ? new SaslStep.Refused() : new SaslStep.Malformed();
        }
        if (!text.endsWith("\1\1")) {
            return new SaslStep.Malformed();
        }
        List<String> fields = Arrays.asList(text.split("\1", -1));
        String token = field(fields, "auth=Bearer ");
        if (token == null) {
            return new SaslStep.Malformed();
        }
        return standard ? standard(fields.get(0), token) : check(field(fields, "user="), token);
    }

    /** The first field is a GS2 header: {@code n,a=user,}, where the identity may be missing. */
    private SaslStep standard(String header, String token) {
        if (!header.matches("[ny],(a=[^,]*)?,")) {
            return new SaslStep.Malformed();
        }
        String identity = header.substring(2, header.length() - 1);
        return check(identity.isEmpty() ? users.userOf(token) : ScramExchange.name(identity.substring(2)), token);
    }

    private SaslStep check(@Nullable String user, String token) {
        if (user != null && users.acceptsToken(user, token)) {
            return new SaslStep.Accepted(user);
        }
        explained = true;
        return new SaslStep.Challenge(standard ? OAUTHBEARER_ERROR : XOAUTH2_ERROR);
    }

    private static @Nullable String field(List<String> fields, String prefix) {
        return fields.stream()
                .filter(field -> field.startsWith(prefix))
                .map(field -> field.substring(prefix.length()))
                .findFirst()
                .orElse(null);
    }
}
