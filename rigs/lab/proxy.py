"""A loopback TCP proxy that counts IMAP commands, can be slow, and can cut a connection at an octet."""
import re
import socket
import threading
import time
from collections import Counter
from dataclasses import dataclass

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


class BodyCounter:
    """Counts messages in a server's stream of bytes: the first piece of each whole body that a FETCH answers with."""

    BODY = re.compile(rb"BODY\[\](?:<0>)? [{~\"N]")
    LONGEST = 16

    def __init__(self):
        self.count = 0
        self._tail = b""

    def feed(self, data):
        seen = self._tail + data
        ends = [match.end() for match in self.BODY.finditer(seen)]
        self.count += len(ends)
        self._tail = seen[max([len(seen) - self.LONGEST, *ends]):] if len(seen) > self.LONGEST or ends else seen


@dataclass(frozen=True)
class Cut:
    """How many octets of a connection pass in each direction before it is cut; None: all."""

    to_server: int | None = None
    to_client: int | None = None


class Proxy:
    """Forwards each connection to a loopback port; rate limits the bytes per second towards the client.

    The port may be changed for further connections, and next_cut says where each of those is cut.
    """

    def __init__(self, stack, target, rate=None):
        self.target = target
        self.rate = rate
        self.next_cut = Cut
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
            self.counters, self.bodies = [], []
            self.to_client, self.to_server, self.connections, self.cuts = 0, 0, 0, 0

    def pause(self):
        """Cuts every connection, and new ones right after they are made, until resume()."""
        self._paused = True
        self._cut()

    def resume(self):
        self._paused = False

    def commands(self):
        with self._lock:
            return sum((counter.names for counter in self.counters), Counter())

    def messages(self):
        """How many messages the server sent."""
        with self._lock:
            return sum(counter.count for counter in self.bodies)

    def _accept(self):
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            _thread(self._serve, client)

    def _serve(self, client):
        counter, bodies = CommandCounter(), BodyCounter()
        try:
            if self._paused:
                raise OSError("paused")
            server = socket.create_connection(("127.0.0.1", self.target), timeout=10)
        except OSError:
            client.close()
            return
        server.settimeout(None)
        with self._lock:
            self.counters.append(counter)
            self.bodies.append(bodies)
            self.connections += 1
            self._open |= {client, server}
        cut = self.next_cut()
        _thread(self._pump, client, server, lambda data: self._sent(counter, data), cut.to_server)
        self._pump(server, client, lambda data: self._returned(bodies, data), cut.to_client)

    def _sent(self, counter, data):
        with self._lock:
            self.to_server += len(data)
        counter.feed(data)

    def _returned(self, bodies, data):
        with self._lock:
            self.to_client += len(data)
        bodies.feed(data)
        if self.rate:
            time.sleep(len(data) / self.rate)

    def _pump(self, source, target, seen, limit):
        try:
            while limit != 0 and (data := source.recv(16384 if self.rate else 262144)):
                data = data[:limit]
                limit = None if limit is None else limit - len(data)
                seen(data)
                target.sendall(data)
        except OSError:
            pass
        if limit == 0:
            with self._lock:
                self.cuts += 1
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
