"""Talks with a running process: lines of JSON from its output, lines to its input, and what /proc says of it."""
import json
import resource
import socket
import subprocess
import threading
from pathlib import Path

from lab import process
from lab.checks import CannotRun


class Talking:
    """A process whose lines of JSON are handed to `hear` as they come, by a thread of their own; ended with the stack."""

    def __init__(self, stack, arguments, hear, files=0):
        self.errors = bytearray()
        open_files(files)  # inherited; code between fork and exec is unsafe beside threads
        self.process = subprocess.Popen([str(each) for each in arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, start_new_session=True)
        stack.callback(self._end)
        self._start(self._hear, hear)
        self._start(self._collect)

    def alive(self):
        return self.process.poll() is None

    def say(self, line):
        try:
            self.process.stdin.write(line.encode() + b"\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass  # what it said before its end tells more

    def status(self, name):
        """A number of /proc/PID/status, such as VmRSS (kB) or Threads; None when the process is gone."""
        try:
            lines = Path(f"/proc/{self.process.pid}/status").read_text("utf-8").splitlines()
        except OSError:
            return None
        return next((int(line.split()[1]) for line in lines if line.startswith(name + ":")), None)

    def last_words(self):
        return bytes(self.errors).decode("utf-8", "replace").strip()[-300:]

    @staticmethod
    def _start(task, *arguments):
        threading.Thread(target=task, args=arguments, daemon=True).start()

    def _hear(self, hear):
        for line in self.process.stdout:
            try:
                said = json.loads(line)
            except ValueError:
                continue  # a log line, say
            if isinstance(said, dict):
                hear(said)

    def _collect(self):
        while chunk := self.process.stderr.read1(65536):
            self.errors.extend(chunk)

    def _end(self):
        if self.alive():
            self.process.kill()
        self.process.wait(10)


class ControlLine:
    """The server's control port: a line out, a line of JSON back."""

    def __init__(self, stack, port):
        self._socket = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=60))
        self._lines = stack.enter_context(self._socket.makefile("rb"))

    def ask(self, line):
        self._socket.sendall(line.encode() + b"\n")
        answer = json.loads(self._lines.readline() or b'{"error": "the control port closed"}')
        if "error" in answer:
            raise CannotRun(f"the server does not do {line}: {answer['error']}")
        return answer


def open_files(wanted):
    """Lets us, and what we start from now on, have so many files open, as far as we may."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < wanted:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, wanted))
            return
        except (ValueError, OSError):
            wanted = hard
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def first(heard, process_, seconds):
    """The first line that came within the time."""
    process.until(lambda: heard or not process_.alive(), seconds)
    if not heard:
        raise CannotRun(f"no line of JSON within {seconds} s: {process_.last_words()}")
    return heard[0]
