package dev.steadymail.testkit.imap;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Wraps accepted connections in TLS. */
final class TlsSockets {

    private TlsSockets() {}

    static SSLSocket serverSide(SSLContext certificate, Socket plain) throws IOException {
        Socket wrapped = certificate
                .getSocketFactory()
                .createSocket(plain, plain.getInetAddress().getHostAddress(), plain.getPort(), true);
        SSLSocket encrypted = (SSLSocket) wrapped;
        encrypted.setUseClientMode(false);
        return encrypted;
    }
}
