"""A server that keeps accounts: its starts on one data folder, and what it says of an account until it is up to date."""
import signal
import time

from lab import places, process, server
from lab.api import Api
from lab.checks import CannotRun
from lab.database import Database

SYNC_SECONDS = 300


class Connected:
    """`steadymail serve --embedded` on one data folder, on a port of its own in each start."""

    def __init__(self, checks, stack, **settings):
        self.checks, self.stack, self.settings = checks, stack, settings
        self.user = server.users(stack)[0]
        self.data = places.scratch(stack, "serve") / "data"
        self.database = Database(self.data)
        self.server, self.api = None, None

    def start(self, name, **settings):
        port, = places.free_ports(1)
        begun = time.monotonic()
        self.server = server.Server(self.stack, self.user, self.data, "serve", "--embedded", "--port", str(port),
                                    **(settings if settings else self.settings))
        self.stack.callback(self.server.end, signal.SIGTERM)
        answer = self.server.ready()
        right = answer == {"url": f"http://127.0.0.1:{port}", "tokenFile": str(self.data / "token")}
        if not self.checks.check(f"{name}: ready line", right, f"after {time.monotonic() - begun:.1f} s: {self.server.line}"):
            raise CannotRun(f"the server did not start: {self.server.end(signal.SIGTERM).stderr[-400:]}")
        self.api = Api(answer["url"], self.server.token())

    def end(self, name, number, secrets):
        """Ends a start, and reads what it wrote."""
        ended = self.server.end(number)
        self.checks.check(f"{name}: ends", ended.code is not None, f"exit {ended.code}")
        lines = ended.stderr.splitlines()
        self.checks.none(f"{name}: no fault and no stack trace in its log",
                         [line for line in lines if " ERROR " in line or line.startswith("\tat ") or "Exception" in line],
                         f"{len(lines)} lines")
        self.checks.none(f"{name}: no secret in its output",
                         [secret for secret in secrets if secret in ended.stdout + ended.stderr])

    def settled(self, account):
        """The account once its state says how its sync went."""
        process.until(lambda: self.api.account(account)["state"] not in ("new", "syncing"), SYNC_SECONDS, pause=0.2)
        return self.api.account(account)

    def synced(self, account, times=2, seconds=SYNC_SECONDS):
        """Waits for ends of syncs: the second one from now is of a sync that began later. False at the deadline."""
        for _ in range(times):
            last = self.api.account(account)["lastSyncedAt"]
            if not process.until(lambda: self.api.account(account)["lastSyncedAt"] != last, seconds, pause=0.1):
                return False
        return True
