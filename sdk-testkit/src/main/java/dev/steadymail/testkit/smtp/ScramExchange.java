package dev.steadymail.testkit.smtp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SCRAM-SHA-256 (RFC 5802, RFC 7677) without channel binding. An unknown user fails as late as a wrong password. The server's last message
 * is a challenge that the client answers with an empty response, because a 235 carries no data (RFC 4954 section 4).
 */
final class ScramExchange implements SaslExchange {
    private static final Pattern CLIENT_FIRST =
            Pattern.compile("([ny],(?:a=([^,]*))?,)(n=([^,]+),r=([!-+\\--~]+)(?:,.*)?)");
    private static final Pattern CLIENT_FINAL = Pattern.compile("(c=([^,]+),r=([^,]+)(?:,.*)?),p=([A-Za-z0-9+/]+=*)");

    private final SmtpUsers users;
    private Phase phase = Phase.FIRST;
    private String user = "";
    private String gs2Header = "";
    private String clientFirstBare = "";
    private String serverFirst = "";
    private String nonce = "";

    ScramExchange(SmtpUsers users) {
        this.users = users;
    }

    @Override
    public SaslStep next(byte[] response) {
        String text = new String(response, StandardCharsets.UTF_8);
        return switch (phase) {
            case FIRST -> first(text);
            case FINAL -> last(text);
            case DONE -> text.isEmpty() ? new SaslStep.Accepted(user) : new SaslStep.Malformed();
        };
    }

    private SaslStep first(String text) {
        Matcher message = CLIENT_FIRST.matcher(text);
        if (!message.matches()) {
            return new SaslStep.Malformed();
        }
        gs2Header = message.group(1);
        clientFirstBare = message.group(3);
        user = name(message.group(4));
        if (message.group(2) != null && !name(message.group(2)).equals(user)) {
            return new SaslStep.Refused();
        }
        nonce = message.group(5) + users.nonce();
        serverFirst = "r=" + nonce + ",s=" + base64(ScramSecret.salt(user)) + ",i=" + ScramSecret.ITERATIONS;
        phase = Phase.FINAL;
        return new SaslStep.Challenge(serverFirst);
    }

    private SaslStep last(String text) {
        Matcher message = CLIENT_FINAL.matcher(text);
        if (!message.matches() || !message.group(3).equals(nonce)) {
            return new SaslStep.Malformed();
        }
        String password = users.passwordOf(user);
        if (password == null || !message.group(2).equals(base64(gs2Header.getBytes(StandardCharsets.UTF_8)))) {
            return new SaslStep.Refused();
        }
        ScramSecret secret = ScramSecret.of(user, password);
        String exchange = clientFirstBare + "," + serverFirst + "," + message.group(1);
        if (!MessageDigest.isEqual(secret.clientProof(exchange), decoded(message.group(4)))) {
            return new SaslStep.Refused();
        }
        phase = Phase.DONE;
        return new SaslStep.Challenge("v=" + base64(secret.serverSignature(exchange)));
    }

    /** Undoes the escapes of a name (RFC 5802 section 5.1). */
    static String name(String escaped) {
        return escaped.replace("=2C", ",").replace("=3D", "=");
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    private enum Phase {
        FIRST,
        FINAL,
        DONE
    }
}
