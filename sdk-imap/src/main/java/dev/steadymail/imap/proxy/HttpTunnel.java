package dev.steadymail.imap.proxy;

import dev.steadymail.imap.proxy.ProxyRefusedException.Reason;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** HTTP CONNECT (RFC 9110 section 9.3.6) in HTTP/1.1, without a login or with Basic (RFC 7617). */
public final class HttpTunnel implements ProxyTunnel {
    /** All that a proxy may say before the tunnel is open, interim answers included. */
    private static final int LONGEST_ANSWER = 8192;

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[0-9] ([1-5][0-9]{2})(?: .*)?");
    private static final int NO_STATUS = 0;

    private enum Stage {
        UNSENT,
        ANSWER,
        OPEN,
        FAILED
    }

    private final Target target;
    private final @Nullable ProxyLogin login;
    private final StringBuilder line = new StringBuilder();
    private int taken;
    private int status = NO_STATUS;
    private Stage stage = Stage.UNSENT;

    /**
     * Makes a tunnel.
     *
     * @param target the server, resolved
     * @param login what to log in to the proxy with; it is sent without being asked for
     * @throws IllegalArgumentException where the target is not resolved, or the user holds a colon
     */
    public HttpTunnel(InetSocketAddress target, @Nullable ProxyLogin login) {
        this.target = Target.of(target);
        this.login = login;
        if (login != null && login.user().contains(":")) {
            throw new IllegalArgumentException("a user of HTTP Basic must not hold a colon (RFC 7617 section 2)");
        }
    }

    @Override
    public byte[] start() {
        if (stage != Stage.UNSENT) {
            throw new IllegalStateException("the tunnel was started before");
        }
        stage = Stage.ANSWER;
        String authority = target.authority();
        String request = "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n" + authorization() + "\r\n";
        return request.getBytes(StandardCharsets.US_ASCII);
    }

    private String authorization() {
        if (login == null) {
            return "";
        }
        byte[] pair = (login.user() + ":" + login.password().reveal()).getBytes(StandardCharsets.UTF_8);
        return "Proxy-Authorization: Basic " + Base64.getEncoder().encodeToString(pair) + "\r\n";
    }

    @Override
    public byte[] feed(ByteBuffer octets) throws ProxyRefusedException {
        Stage before = stage;
        if (before == Stage.UNSENT || before == Stage.FAILED) {
            throw protocol("the proxy spoke out of turn");
        }
        // Until the whole buffer is understood, a refusal on the way is final.
        stage = before == Stage.OPEN ? before : Stage.FAILED;
        boolean open = before == Stage.OPEN;
        while (!open && octets.hasRemaining()) {
            open = take((char) (octets.get() & 0xFF));
        }
        stage = open ? Stage.OPEN : Stage.ANSWER;
        return new byte[0];
    }

    /** Returns whether this octet ended an answer that opens the tunnel. RFC 9112 section 2.2 lets a line end with LF alone. */
    private boolean take(char octet) throws ProxyRefusedException {
        taken++;
        if (taken > LONGEST_ANSWER) {
            throw protocol("the HTTP proxy's answer is longer than " + LONGEST_ANSWER + " octets");
        }
        if (octet != '\n') {
            line.append(octet);
            return false;
        }
        int end = line.length();
        String text = end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
        line.setLength(0);
        return isEnd(text);
    }

    private boolean isEnd(String text) throws ProxyRefusedException {
        if (status == NO_STATUS) {
            status = status(text);
            return false;
        }
        if (!text.isEmpty()) {
            return false;
        }
        boolean success = status >= 200;
        // RFC 9110 section 15.2: an interim answer may come before the final one.
        status = success ? status : NO_STATUS;
        return success;
    }

    /** Returns a status that leads on; a refusal needs no more than its first line, its page is nobody's. */
    private static int status(String text) throws ProxyRefusedException {
        Matcher matcher = STATUS.matcher(text);
        if (!matcher.matches()) {
            throw protocol("the proxy does not speak HTTP/1; check its kind and port");
        }
        int status = Integer.parseInt(matcher.group(1));
        if (status < 300 && status != 101) {
            return status;
        }
        Reason reason =
                switch (status) {
                    case 407 -> Reason.LOGIN;
                    case 403, 405 -> Reason.FORBIDDEN;
                    default -> status >= 400 ? Reason.UNREACHABLE : Reason.PROTOCOL;
                };
        throw new ProxyRefusedException(reason, "the HTTP proxy did not connect, status " + status);
    }

    private static ProxyRefusedException protocol(String message) {
        return new ProxyRefusedException(Reason.PROTOCOL, message);
    }

    @Override
    public boolean isOpen() {
        return stage == Stage.OPEN;
    }
}
