"""Where things are: the repository, the shared servers and corpus, scratch folders, free ports."""
import os
import shutil
import socket
import tempfile
from pathlib import Path

from lab.checks import CannotRun

REPOSITORY = Path(__file__).resolve().parents[2]


def command_under_test():
    """The steadymail command; STEADYMAIL_CLI names another one."""
    command = Path(os.environ.get("STEADYMAIL_CLI") or REPOSITORY / "bin" / "steadymail")
    if not os.access(command, os.X_OK):
        raise CannotRun(f"{command} is missing or not executable; build the project or set STEADYMAIL_CLI")
    return command


def shared(*parts):
    """A path in the shared folder: STEADYMAIL_SHARED, or `shared` beside the repository."""
    root = Path(os.environ.get("STEADYMAIL_SHARED") or REPOSITORY.parent / "shared")
    path = root.joinpath(*parts)
    if not path.exists():
        raise CannotRun(f"{path} is missing; set STEADYMAIL_SHARED to the folder with servers/ and corpus/")
    return path


def scratch(stack, name):
    """A new folder with a short path, searchable by all (Dovecot needs both), removed at the end."""
    path = Path(tempfile.mkdtemp(prefix=f"sm-{name}-", dir="/tmp"))
    path.chmod(0o755)
    if not os.environ.get("RIG_KEEP"):
        stack.callback(shutil.rmtree, path, ignore_errors=True)
    return path


def free_ports(count):
    """Loopback ports that were free a moment ago."""
    sockets = [_bound() for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def _bound():
    bound = socket.socket()
    bound.bind(("127.0.0.1", 0))
    return bound
