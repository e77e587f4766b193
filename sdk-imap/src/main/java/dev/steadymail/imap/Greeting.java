package dev.steadymail.imap;

import dev.steadymail.imap.ImapAccount.Security;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Reads the greeting (RFC 3501 section 7.1) and, where asked for, does STARTTLS before anything else sees the connection, so that
 * nothing said in plain text survives: neither capabilities nor octets slipped in before the handshake (CVE-2011-0411).
 */
final class Greeting {
    private static final String TLS_TAG = "S1";
    private static final int MOST_LINES = 20;
    private static final byte[] NEUTRAL = "* OK ready\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ImapAccount account;
    private final TlsLayer tls;
    private final ResponseClassifier classifier;

    Greeting(ImapAccount account, TlsLayer tls, ResponseClassifier classifier) {
        this.account = account;
        this.tls = tls;
        this.classifier = classifier;
    }

    /** Returns the connection to go on with; its greeting is still to be read. */
    ImapSocket receive(ImapSocket socket) throws IOException {
        socket.readTimeout(account.settings().greetingTimeout());
        String line = readLine(socket);
        require(line);
        if (account.security() != Security.STARTTLS) {
            socket.unread((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            return socket;
        }
        return startTls(socket);
    }

    private void require(String line) {
        String upper = line.toUpperCase(Locale.ROOT);
        if (upper.startsWith("* BYE")) {
            throw classifier.byeBeforeLogin(line);
        }
        if (upper.startsWith("* PREAUTH")) {
            throw MailException.of(
                    Kind.PROTOCOL,
                    "the server logged us in before it was asked to, which is not trusted; check the host");
        }
        if (!upper.startsWith("* OK")) {
            throw MailException.of(
                    Kind.PROTOCOL,
                    account.host() + " port " + account.port()
                            + " does not greet as an IMAP server; check host and port");
        }
    }

    private ImapSocket startTls(ImapSocket socket) throws IOException {
        socket.getOutputStream().write((TLS_TAG + " STARTTLS\r\n").getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        awaitConsent(socket);
        if (socket.getInputStream().available() > 0) {
            throw TlsLayer.untrusted(
                    "the server sent data between STARTTLS and the handshake; somebody may be in between", null);
        }
        Socket secured = tls.wrap(socket.tcp());
        ImapSocket result = socket.over(secured, account.settings().maxLiteralBytes());
        result.readTimeout(account.settings().greetingTimeout());
        result.unread(NEUTRAL);
        return result;
    }

    private void awaitConsent(ImapSocket socket) throws IOException {
        for (int i = 0; i < MOST_LINES; i++) {
            String line = readLine(socket);
            if (line.startsWith(TLS_TAG + " ")) {
                if (!line.regionMatches(true, TLS_TAG.length() + 1, "OK", 0, 2)) {
                    throw noTls();
                }
                return;
            }
        }
        throw noTls();
    }

    private MailException noTls() {
        return TlsLayer.untrusted(
                account.host() + " refused STARTTLS, and nothing is sent without TLS; use implicit TLS on its port",
                null);
    }

    /** Reads octet by octet, so that nothing behind the line is taken. */
    private static String readLine(ImapSocket socket) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int octet = socket.getInputStream().read();
            if (octet < 0) {
                throw new EOFException("the server closed the connection instead of greeting");
            }
            if (octet == '\n') {
                return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
            }
            if (line.size() >= ImapSocket.LONGEST_GREETING - 2) {
                throw new ResponseTooLargeException("a greeting of more than " + line.size() + " octets");
            }
            line.write(octet);
        }
    }
}
