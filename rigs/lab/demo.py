"""A running `steadymail demo` in an empty folder."""
import json
import signal
from pathlib import Path

from lab import places, process, steadymail
from lab.checks import CannotRun

START_SECONDS, END_SECONDS = 180, 15


class Demo:
    """Told to end, and not only killed, at the end: a killed one leaves its database running."""

    def __init__(self, stack):
        port, = places.free_ports(1)
        steadymail.prepare()
        arguments = ["demo", "--port", str(port), "--data", places.scratch(stack, "page") / "data"]
        self._running = steadymail.start(arguments)
        stack.callback(self._end)
        line = self._running.first_line(START_SECONDS)
        if line is None:
            raise CannotRun(f"the demo was not ready after {START_SECONDS} s: {self._running.errors()[-300:]}")
        self.seconds = self._running.age()
        ready = json.loads(line)
        self.url = ready["url"].rstrip("/") + "/"
        self.token = Path(ready["tokenFile"]).read_text("ascii").strip()

    def _end(self):
        self._running.signal(signal.SIGTERM)
        process.until(lambda: not self._running.alive(), END_SECONDS)
        self._running.close()
