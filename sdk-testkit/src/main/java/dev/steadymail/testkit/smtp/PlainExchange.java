package dev.steadymail.testkit.smtp;

import java.nio.charset.StandardCharsets;

/** PLAIN (RFC 4616). Nobody may act for somebody else. */
final class PlainExchange implements SaslExchange {
    private final SmtpUsers users;

    PlainExchange(SmtpUsers users) {
        this.users = users;
    }

    @Override
    public SaslStep next(byte[] response) {
        String[] parts = new String(response, StandardCharsets.UTF_8).split("\0", -1);
        if (parts.length != 3 || parts[1].isEmpty() || parts[2].isEmpty()) {
            return new SaslStep.Malformed();
        }
        boolean same = parts[0].isEmpty() || parts[0].equals(parts[1]);
        return same && users.acceptsPassword(parts[1], parts[2])
                ? new SaslStep.Accepted(parts[1])
                : new SaslStep.Refused();
    }
}
