package dev.steadymail.imap.proxy;

import dev.steadymail.imap.proxy.ProxyRefusedException.Reason;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** SOCKS version 5 (RFC 1928), without a login or with user and password (RFC 1929). */
public final class Socks5Tunnel implements ProxyTunnel {
    private static final int VERSION = 5;
    private static final int LOGIN_VERSION = 1;
    private static final int NO_LOGIN = 0;
    private static final int PASSWORD = 2;
    private static final int NONE_TAKEN = 0xFF;
    /** The longest user, password and name, since their length is one octet. */
    private static final int LONGEST = 255;

    private static final int IPV4 = 1;
    private static final int NAME = 3;
    private static final int IPV6 = 4;

    private enum Stage {
        UNSENT,
        METHOD,
        LOGIN,
        REPLY,
        OPEN,
        FAILED
    }

    private final Target target;
    private final @Nullable ProxyLogin login;
    /** The answer that is being read: the longest has a head of 5, a name and a port. */
    private final byte[] answer = new byte[5 + LONGEST + 2];

    private int read;
    private int needed = 2;
    private Stage stage = Stage.UNSENT;

    /**
     * Makes a tunnel.
     *
     * @param target the server, resolved
     * @param login what to log in to the proxy with, if it asks
     * @throws IllegalArgumentException where the target is not resolved, or user or password are longer than 255 octets
     */
    public Socks5Tunnel(InetSocketAddress target, @Nullable ProxyLogin login) {
        this.target = Target.of(target);
        this.login = login;
        if (login != null && (utf8(login.user()).length > LONGEST || utf8(password(login)).length > LONGEST)) {
            throw new IllegalArgumentException("SOCKS takes user and password of at most 255 octets");
        }
    }

    @Override
    public byte[] start() {
        if (stage != Stage.UNSENT) {
            throw new IllegalStateException("the tunnel was started before");
        }
        stage = Stage.METHOD;
        return login == null ? new byte[] {VERSION, 1, NO_LOGIN} : new byte[] {VERSION, 2, NO_LOGIN, PASSWORD};
    }

    @Override
    public byte[] feed(ByteBuffer octets) throws ProxyRefusedException {
        Stage before = stage;
        ByteArrayOutputStream answers = new ByteArrayOutputStream();
        // Until the whole buffer is understood, a refusal on the way is final.
        stage = before == Stage.OPEN ? before : Stage.FAILED;
        Stage now = before;
        while (now != Stage.OPEN && isWhole(octets)) {
            now = next(now, answers);
        }
        stage = now;
        return answers.toByteArray();
    }

    private boolean isWhole(ByteBuffer octets) {
        int taken = Math.min(needed - read, octets.remaining());
        octets.get(answer, read, taken);
        read += taken;
        return read == needed;
    }

    private Stage next(Stage now, ByteArrayOutputStream answers) throws ProxyRefusedException {
        return switch (now) {
            case METHOD -> method(answers);
            case LOGIN -> loggedIn(answers);
            case REPLY -> reply();
            default -> throw protocol("the proxy spoke out of turn");
        };
    }

    private Stage method(ByteArrayOutputStream answers) throws ProxyRefusedException {
        requireVersion(VERSION);
        int method = answer[1] & 0xFF;
        if (method == NO_LOGIN) {
            return connect(answers);
        }
        if (method == PASSWORD && login != null) {
            awaitNext(2);
            answers.write(LOGIN_VERSION);
            counted(answers, login.user());
            counted(answers, password(login));
            return Stage.LOGIN;
        }
        if (method == NONE_TAKEN) {
            throw new ProxyRefusedException(
                    Reason.LOGIN,
                    login == null
                            ? "the SOCKS proxy wants a login; give it a user and a password"
                            : "the SOCKS proxy takes neither a password nor no login");
        }
        throw protocol("the SOCKS proxy chose a login that was not offered");
    }

    private Stage loggedIn(ByteArrayOutputStream answers) throws ProxyRefusedException {
        requireVersion(LOGIN_VERSION);
        if (answer[1] != 0) {
            throw new ProxyRefusedException(Reason.LOGIN, "the SOCKS proxy refuses its user or password");
        }
        return connect(answers);
    }

    private Stage connect(ByteArrayOutputStream answers) {
        awaitNext(2);
        byte[] address = target.address().getAddress();
        answers.writeBytes(new byte[] {VERSION, 1, 0, (byte) (address.length == 4 ? IPV4 : IPV6)});
        answers.writeBytes(address);
        answers.write(target.port() >> 8);
        answers.write(target.port());
        return Stage.REPLY;
    }

    /** The reply is read in three steps, so that a refusal is heard even where the rest of it does not come. */
    private Stage reply() throws ProxyRefusedException {
        if (needed == 2) {
            requireVersion(VERSION);
            requireSuccess(answer[1] & 0xFF);
            needed = 5;
            return Stage.REPLY;
        }
        if (needed == 5) {
            needed = 4 + 2 + boundLength();
            return Stage.REPLY;
        }
        return Stage.OPEN;
    }

    private int boundLength() throws ProxyRefusedException {
        return switch (answer[3]) {
            case IPV4 -> 4;
            case IPV6 -> 16;
            case NAME -> 1 + (answer[4] & 0xFF);
            default -> throw protocol("the SOCKS proxy answered with an address of an unknown kind");
        };
    }

    private static void requireSuccess(int reply) throws ProxyRefusedException {
        Reason reason =
                switch (reply) {
                    case 0 -> null;
                    case 2 -> Reason.FORBIDDEN;
                    // 8 is a kind of address that it does not know; one of the other kind may do.
                    case 1, 3, 4, 5, 6, 8 -> Reason.UNREACHABLE;
                    default -> Reason.PROTOCOL;
                };
        if (reason != null) {
            throw new ProxyRefusedException(
                    reason, "the SOCKS proxy did not connect, reply " + reply + " of RFC 1928 section 6");
        }
    }

    private void awaitNext(int octets) {
        read = 0;
        needed = octets;
    }

    private void requireVersion(int version) throws ProxyRefusedException {
        if (answer[0] != version) {
            throw protocol("the proxy does not speak SOCKS 5; check its kind and port");
        }
    }

    private static ProxyRefusedException protocol(String message) {
        return new ProxyRefusedException(Reason.PROTOCOL, message);
    }

    private static void counted(ByteArrayOutputStream answers, String text) {
        byte[] octets = utf8(text);
        answers.write(octets.length);
        answers.writeBytes(octets);
    }

    private static String password(ProxyLogin login) {
        return login.password().reveal();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean isOpen() {
        return stage == Stage.OPEN;
    }
}
