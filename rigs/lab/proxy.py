"""A loopback TCP proxy that counts IMAP commands and can be slow."""
import re
import socket
import threading
import time
from collections import Counter

COMMAND = re.compile(rb"[^\s(){%*\"\\\]]+ ((?:UID )?[A-Za-z]+)", re.IGNORECASE)
LITERAL = re.compile(rb"\{(\d+)\+?\}$")


class CommandCounter:
    """Counts tagged lines in a client's stream of bytes; what is inside a literal is skipped (RFC 9051 section 4.3)."""

    def __init__(self):
        self.names = Counter()
        self._line = bytearray()
        self._literal = 0
        self._continued = False

    def feed(self, data):
        while data:
            if self._literal:
                skipped = min(self._literal, len(data))
                self._literal -= skipped
                data = data[skipped:]
                continue
            part, end, data = data.partition(b"\n")
            self._line += part
            if end:
                self._ended(bytes(self._line).rstrip(b"\r"))
                self._line.clear()

    def _ended(self, line):
        command = None if self._continued else COMMAND.match(line)
        if command:
            self.names[command[1].decode().upper()] += 1
        literal = LITERAL.search(line)
        self._literal = int(literal[1]) if literal else 0
        self._continued = literal is not None


class Proxy:
    """Forwards each connection to a loopback port; rate limits the bytes per second towards the client."""

    def __init__(self, stack, target, rate=None):
        self._target = target
        self.rate = rate
        self._paused = False
        self._lock = threading.Lock()
        self._open = set()
        self.reset()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        stack.callback(self._close)
        _thread(self._accept)

    def reset(self):
        """Forgets what was counted; call it between runs."""
        with self._lock:
            self.counters, self.to_client, self.connections = [], 0, 0

    def pause(self):
        """Cuts every connection, and new ones right after they are made, until resume()."""
        self._paused = True
        self._cut()

    def resume(self):
        self._paused = False

    def commands(self):
        with self._lock:
            return sum((counter.names for counter in self.counters), Counter())

    def _accept(self):
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            _thread(self._serve, client)

    def _serve(self, client):
        counter = CommandCounter()
        try:
            if self._paused:
                raise OSError("paused")
            server = socket.create_connection(("127.0.0.1", self._target), timeout=10)
        except OSError:
            client.close()
            return
        server.settimeout(None)
        with self._lock:
            self.counters.append(counter)
            self.connections += 1
            self._open |= {client, server}
        _thread(self._pump, client, server, counter.feed)
        self._pump(server, client, self._returned)

    def _returned(self, data):
        with self._lock:
            self.to_client += len(data)
        if self.rate:
            time.sleep(len(data) / self.rate)

    def _pump(self, source, target, seen):
        try:
            while data := source.recv(16384 if self.rate else 262144):
                seen(data)
                target.sendall(data)
        except OSError:
            pass
        for each in (source, target):
            _shut(each)
        with self._lock:
            self._open -= {source, target}

    def _close(self):
        self._listener.close()
        self._cut()

    def _cut(self):
        with self._lock:
            still_open = list(self._open)
        for each in still_open:
            _shut(each)


def _thread(target, *arguments):
    threading.Thread(target=target, args=arguments, daemon=True).start()


def _shut(connection):
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    connection.close()
