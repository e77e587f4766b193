"""The server under test: starts it, asks it over HTTP, and knows its processes by what /proc says of them."""
import json
import os
import shutil
import signal
import stat
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from lab import places, process
from lab.checks import CannotRun

READY_SECONDS = 180
END_SECONDS = 10
NOBODY = 65534


@dataclass(frozen=True)
class User:
    """Who starts the server: with which command, and with which words before it."""

    name: str
    command: Path
    prefix: tuple = ()
    uid: int | None = None

    def own(self, path):
        if self.uid is not None:
            os.chown(path, self.uid, self.uid)


def prepare():
    """The server builds itself on first use; that happens here, outside everything measured."""
    built = process.run([places.command_under_test(), "demo", "--help"], 1800)
    if built.code != 0:
        raise CannotRun(f"steadymail demo --help ended with {built.code}: {built.stderr.strip()[-300:]}")


def users(stack):
    """The current user, and an ordinary one where that is root."""
    command = places.command_under_test()
    found = [User("root" if os.getuid() == 0 else "user", command)]
    if os.getuid() == 0:
        prefix = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
        found.append(User("ordinary user", readable(stack, command, prefix), prefix, NOBODY))
    return found


def readable(stack, command, prefix):
    """The command, or a copy of what it needs where other users may not read the checkout."""
    root = command.resolve().parents[1]
    built = root / "reference-server" / "target"
    test = process.run([*prefix, "test", "-x", command, "-a", "-r", built / "steadymail-server.jar"], 10)
    if test.code == 0:
        return command
    copy = places.scratch(stack, "checkout")
    shutil.copytree(root / "bin", copy / "bin")
    target = copy / "reference-server" / "target"
    target.mkdir(parents=True)
    shutil.copy(built / "steadymail-server.jar", target)
    shutil.copytree(built / "lib", target / "lib")
    return copy / "bin" / "steadymail"


class Server:
    """One start of `demo` or `serve` on a data folder."""

    def __init__(self, stack, user, data, *arguments, **settings):
        self.data = data
        environment = {name: value for name, value in os.environ.items()
                       if not name.startswith(("STEADYMAIL_", "DATABASE_", "REDIS_", "ENCRYPTION_"))}
        environment.update({"HOME": str(data.parent), **settings})
        self.running = process.Running([*user.prefix, user.command, *arguments, "--data", data], environment)
        stack.callback(end_all, data)
        stack.callback(self.running.close)
        self.line = None

    def ready(self):
        """The ready line as a dictionary; None when the server ended or the deadline passed first."""
        self.line = self.running.first_line(READY_SECONDS)
        try:
            return json.loads(self.line) if self.line else None
        except ValueError:
            return None

    def end(self, number):
        """Signals the server and waits; None as code when it did not end in time."""
        self.running.signal(number)
        return self.running.wait(END_SECONDS)

    def token(self):
        return (self.data / "token").read_text("utf-8").strip()


def get(url, token=None, seconds=15):
    """Status, headers and body of one request; status 0 when there was no answer."""
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"} if token else {})
    try:
        with urllib.request.urlopen(request, timeout=seconds) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()
    except OSError as error:
        return 0, {}, str(error).encode()


def items(url, token):
    """All items of a list, page after page."""
    found, after = [], None
    while True:
        mark = "&" if "?" in url else "?"
        status, _, body = get(url + (f"{mark}after={after}" if after else ""), token)
        if status != 200:
            return found
        page = json.loads(body)
        found += page["items"]
        after = page.get("next")
        if not after:
            return found


def processes(data):
    """Command lines by process id of all whose command line names the folder, but for ours."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            arguments = command_line(entry)
            if any(str(data) in each for each in arguments):
                found[int(entry.name)] = arguments
    return found


def command_line(entry):
    try:
        return (entry / "cmdline").read_bytes().decode("utf-8", "replace").split("\0")
    except OSError:
        return []


def named(data, program):
    """Ids of the processes on the folder that run this program."""
    return sorted(pid for pid, arguments in processes(data).items() if Path(arguments[0]).name.startswith(program))


def family(data):
    """Ids of the processes on the folder and of their children, such as PostgreSQL's, whose titles do not name it."""
    parents = {int(entry.name): parent(entry) for entry in Path("/proc").iterdir() if entry.name.isdigit()}
    found = set(processes(data))
    while more := {pid for pid, parent_id in parents.items() if parent_id in found} - found:
        found |= more
    return found


def parent(entry):
    """Field 4 of stat; the name before it, in parentheses, may hold blanks."""
    try:
        return int((entry / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()[1])
    except OSError:
        return 0


def none_left(data, seconds=2):
    return process.until(lambda: not processes(data), seconds)


def end_all(data):
    """Kills by its id whatever still runs on the folder."""
    for pid in processes(data):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
    none_left(data)


def secrets(data):
    """The token and every secret in the folder."""
    files = [data / "token", *sorted((data / "secrets").iterdir())]
    return {file: file.read_text("utf-8").strip() for file in files}


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)
