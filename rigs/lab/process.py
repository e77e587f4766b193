"""Processes with a deadline: each is started in a group of its own and ended by that group's id."""
import os
import signal
import subprocess
import threading
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Ended:
    """What a finished process left: its exit code (negative: the signal; None: ended by us at the deadline)."""

    code: int | None
    stdout: str
    stderr: str
    seconds: float


class Running:
    """A process whose output is collected while it runs."""

    def __init__(self, arguments, env=None, cwd=None):
        self._started = time.monotonic()
        self.process = subprocess.Popen([str(each) for each in arguments], env=env, cwd=cwd, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
        self._out, self._err = bytearray(), bytearray()
        self._ended = self._started
        self._readers = [self._reader(self.process.stdout, self._out), self._reader(self.process.stderr, self._err)]

    def alive(self):
        return self.process.poll() is None

    def signal(self, number):
        """Signals the whole group, as a terminal does, so that a launcher in between changes nothing."""
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            pass

    def wait(self, seconds):
        """Waits until the end, at most so long; then kills, and the code is None."""
        code = None
        try:
            code = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.signal(signal.SIGKILL)
            self.process.wait(10)
        for reader in self._readers:
            reader.join(10)
        return Ended(code, _text(self._out), _text(self._err), self._ended - self._started)

    def _reader(self, pipe, into):
        def read():
            while chunk := pipe.read1(65536):
                into.extend(chunk)
            pipe.close()
            self._ended = time.monotonic()  # the end of its output, however late somebody waits for it
        thread = threading.Thread(target=read, daemon=True)
        thread.start()
        return thread

    def first_line(self, seconds):
        """The first line of standard output; None when the process ended or the deadline passed without one."""
        until(lambda: b"\n" in self._out or not self.alive(), seconds)
        line, end, _ = bytes(self._out).partition(b"\n")
        return line.decode() if end else None

    def output(self):
        """Standard output so far."""
        return _text(self._out)

    def errors(self):
        """Standard error so far."""
        return _text(self._err)

    def age(self):
        """Seconds since the start."""
        return time.monotonic() - self._started

    def close(self):
        if self.alive():
            self.signal(signal.SIGKILL)
            self.process.wait(10)


def run(arguments, seconds, env=None, cwd=None):
    """Runs to the end or to the deadline."""
    running = Running(arguments, env, cwd)
    try:
        return running.wait(seconds)
    finally:
        running.close()


def until(condition, seconds, pause=0.01):
    """Polls until the condition holds; False when the deadline passed first."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(pause)
    return True


def _text(data):
    return bytes(data).decode("utf-8", "replace")
