"""A process that answers each line on its standard input with one line of JSON."""
import json
import os
import subprocess
import threading

from lab.checks import CannotRun


class Asked:
    """Ended by closing its input. What it writes to standard error goes to ours."""

    def __init__(self, stack, name, arguments, **environment):
        self._name = name
        self._process = subprocess.Popen([str(each) for each in arguments], env={**os.environ, **environment},
                                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
                                         start_new_session=True)
        stack.callback(self._end)

    def ask(self, *words, seconds=900):
        """The answer to one line; kills the process at the deadline."""
        deadline = threading.Timer(seconds, self._process.kill)
        deadline.start()
        try:
            print(*words, file=self._process.stdin, flush=True)
            answer = self._process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        finally:
            deadline.cancel()
        if not answer:
            asked = " ".join(map(str, words))
            raise CannotRun(f"{self._name} gave no answer to {asked!r} within {seconds} s, or failed")
        return json.loads(answer)

    def _end(self):
        try:
            self._process.stdin.close()
            self._process.wait(20)
        except (BrokenPipeError, subprocess.TimeoutExpired):
            self._process.kill()
            self._process.wait(10)
        self._process.stdout.close()
