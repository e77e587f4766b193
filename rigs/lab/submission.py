"""The testkit's SMTP server in a process of its own: plain, with a login, and a ledger of what it accepted."""
import os

from lab import places, process
from lab.checks import CannotRun
from lab.dovecot import PASSWORD

CLASSES = places.REPOSITORY / "sdk-testkit" / "target" / "classes"
SERVER = "dev.steadymail.testkit.smtp.SmtpServerProcess"


def prepare():
    """Builds the testkit where that has not been done."""
    if (CLASSES / (SERVER.replace(".", "/") + ".class")).exists():
        return
    built = process.run(["mvn", "-q", "-B", "-Dstyle.color=never", "-Dquick", "-Dmaven.test.skip=true",
                         "-pl", "sdk-testkit", "-am", "package"], 900, cwd=places.REPOSITORY)
    if built.code != 0:
        raise CannotRun(f"the testkit could not be built: {(built.stdout + built.stderr).strip()[-300:]}")


class SubmissionServer:
    """Lets one user in. Faults are as SmtpFaultPlan.addAll reads them."""

    def __init__(self, stack, folder, name, user, faults=None, seed=1):
        self._ledger = folder / f"{name}.ledger"
        home = os.environ.get("JAVA_HOME")
        more = ["--faults", faults, "--seed", seed] if faults else []
        running = process.Running([f"{home}/bin/java" if home else "java", "-XX:+UseSerialGC", "-Xmx128m", "-cp", CLASSES,
                                   SERVER, "--ledger", self._ledger, "--user", f"{user}:{PASSWORD}", *more])
        stack.callback(running.close)
        line = running.first_line(60)
        if line is None:
            raise CannotRun(f"the testkit's SMTP server did not start: {running.errors().strip()[-300:]}")
        self.port = int(line)

    def accepted(self):
        """(recipient, Message-ID) of each accepted message."""
        lines = self._ledger.read_text("utf-8").splitlines() if self._ledger.exists() else []
        fields = [line.split("\t") for line in lines]
        return [(recipients, identifier) for identifier, _, recipients in fields]
