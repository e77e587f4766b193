"""Small bad servers on loopback: one that says nothing, one with a foreign certificate, one without STARTTLS."""
import socket
import ssl
import threading

from lab import process
from lab.checks import CannotRun


class Listener:
    """Accepts connections and hands each to `serve` in a thread of its own; closed with the stack."""

    def __init__(self, stack):
        self.received = bytearray()
        self._open = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        stack.callback(self._close)
        threading.Thread(target=self._accept, daemon=True).start()

    def serve(self, connection):
        raise NotImplementedError

    def _accept(self):
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self._open.append(connection)
            threading.Thread(target=self._guarded, args=(connection,), daemon=True).start()

    def _guarded(self, connection):
        try:
            self.serve(connection)
        except OSError:
            connection.close()

    def _read_all(self, connection):
        while data := connection.recv(4096):
            self.received += data

    def _close(self):
        self._socket.close()
        for connection in self._open:
            connection.close()


class Silent(Listener):
    """Accepts and says nothing."""

    def serve(self, connection):
        self._read_all(connection)


class ForeignName(Listener):
    """Speaks TLS with a certificate for other.example; what a client sends inside TLS is kept in `received`."""

    def __init__(self, stack, folder):
        self.certificate, key = folder / "other.pem", folder / "other.key"
        made = process.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                            "/CN=other.example", "-addext", "subjectAltName=DNS:other.example", "-keyout", key, "-out",
                            self.certificate], 60)
        if made.code != 0:
            raise CannotRun(f"openssl made no certificate: {made.stderr.strip()[-200:]}")
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(self.certificate, key)
        super().__init__(stack)

    def serve(self, connection):
        with self._context.wrap_socket(connection, server_side=True) as secure:
            secure.sendall(b"* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready\r\n")
            self._read_all(secure)


class WithoutStartTls(Listener):
    """An IMAP server that offers no STARTTLS and answers NO to whatever it is asked, but CAPABILITY and LOGOUT."""

    def serve(self, connection):
        lines = connection.makefile("rwb")
        self._say(lines, b"* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready")
        for line in lines:
            self.received += line
            tag, _, command = line.strip().partition(b" ")
            self._say(lines, *self._answer(tag, command.upper()))

    def _answer(self, tag, command):
        if command == b"CAPABILITY":
            return b"* CAPABILITY IMAP4rev1 AUTH=PLAIN", tag + b" OK done"
        return (tag + (b" OK bye" if command == b"LOGOUT" else b" NO not here"),)

    @staticmethod
    def _say(lines, *answers):
        for answer in answers:
            lines.write(answer + b"\r\n")
        lines.flush()
