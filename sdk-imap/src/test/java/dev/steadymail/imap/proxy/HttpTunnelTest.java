package dev.steadymail.imap.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.auth.Secret;
import dev.steadymail.imap.proxy.ProxyRefusedException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTunnelTest extends TunnelTestCase {
    private static final String DONE = "HTTP/1.1 200 Connection established\r\nVia: 1.1 x\r\n\r\n";

    @Test
    void request_namesTheAddress() {
        assertEquals(
                "CONNECT 192.0.2.7:993 HTTP/1.1\r\nHost: 192.0.2.7:993\r\n\r\n",
                text(new HttpTunnel(IPV4, null).start()));
        assertEquals(
                "CONNECT [2001:db8:0:0:0:0:0:7]:993 HTTP/1.1\r\nHost: [2001:db8:0:0:0:0:0:7]:993\r\n\r\n",
                text(new HttpTunnel(IPV6, null).start()));
    }

    @Test
    void login_goesAsBasic() {
        String request = text(new HttpTunnel(IPV4, LOGIN).start());
        assertTrue(request.endsWith("\r\nProxy-Authorization: Basic YWRhOnPDtmNrcw==\r\n\r\n"), request);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                DONE,
                "HTTP/1.0 200\r\n\r\n",
                "HTTP/1.1 299 \u00ff\r\nContent-Length: 9\r\n\r\n",
                "HTTP/1.1 200 OK\nServer: bare\n\n",
                "HTTP/1.1 100 Continue\r\nX: y\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"
            })
    void answersThatOpen_areReadToTheirEndAndNoFurther(String answer) throws ProxyRefusedException {
        HttpTunnel whole = started();
        ByteBuffer octets = ByteBuffer.wrap(latin(answer + "* OK"));
        assertEquals(0, whole.feed(octets).length);
        assertTrue(whole.isOpen());
        assertEquals(4, octets.remaining());
        assertEquals(0, whole.feed(octets).length);
        assertEquals(4, octets.remaining());

        HttpTunnel dripped = started();
        drip(dripped, latin(answer.substring(0, answer.length() - 1)));
        assertFalse(dripped.isOpen());
        drip(dripped, latin("\n"));
        assertTrue(dripped.isOpen());
    }

    @ParameterizedTest
    @CsvSource({
        "407, LOGIN",
        "403, FORBIDDEN",
        "405, FORBIDDEN",
        "404, UNREACHABLE",
        "429, UNREACHABLE",
        "500, UNREACHABLE",
        "502, UNREACHABLE",
        "504, UNREACHABLE",
        "302, PROTOCOL",
        "101, PROTOCOL",
    })
    void refusals_needNoMoreThanTheirFirstLine(int status, Reason reason) {
        refused(reason, started(), latin("HTTP/1.1 " + status + " No\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><body>502 Bad Gateway</body></html>\n",
                "\r\n",
                "HTTP/2 200 OK\r\n",
                "HTTP/1.1 2000 OK\r\n",
                "HTTP/1.1  200 OK\r\n",
                "HTTP/1.1 200OK\r\n",
                "http/1.1 200 OK\r\n",
                "HTTP/1.1 020 OK\r\n",
                "HTTP/1.1 \u0662\u0660\u0660 OK\r\n",
                "* OK IMAP4rev1 ready\r\n"
            })
    void whatIsNoHttp_isRefused(String answer) {
        refused(Reason.PROTOCOL, started(), latin(answer));
    }

    @Test
    void answer_isBounded() throws ProxyRefusedException {
        String head = "HTTP/1.1 200 OK\r\nX: ";
        HttpTunnel fits = started();
        drip(fits, latin(head + "y".repeat(8192 - head.length() - 4) + "\r\n\r\n"));
        assertTrue(fits.isOpen());
        refused(Reason.PROTOCOL, started(), latin(head + "y".repeat(8193 - head.length() - 4) + "\r\n\r\n"));
        refused(Reason.PROTOCOL, started(), latin("x".repeat(9000)));
        refused(Reason.PROTOCOL, started(), latin("HTTP/1.1 100 Continue\r\n\r\n".repeat(400)));
    }

    @Test
    void start_servesOnceAndComesFirst() {
        HttpTunnel tunnel = started();
        assertThrows(IllegalStateException.class, tunnel::start);
        refused(Reason.PROTOCOL, new HttpTunnel(IPV4, null), latin(DONE));
    }

    @Test
    void logins_cannotWriteHeaders() {
        assertThrows(IllegalArgumentException.class, () -> new ProxyLogin("a\r\nX: y", Secret.of("p")));
        assertThrows(IllegalArgumentException.class, () -> new ProxyLogin("", Secret.of("p")));
        assertThrows(IllegalArgumentException.class, () -> new ProxyLogin("a", Secret.of("p\u0007")));
        ProxyLogin colon = new ProxyLogin("a:b", Secret.of("p"));
        assertThrows(IllegalArgumentException.class, () -> new HttpTunnel(IPV4, colon));
        assertEquals("ProxyLogin[hidden]", LOGIN.toString());
    }

    private static HttpTunnel started() {
        HttpTunnel tunnel = new HttpTunnel(IPV4, null);
        tunnel.start();
        return tunnel;
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.US_ASCII);
    }
}
