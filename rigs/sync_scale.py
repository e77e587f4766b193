"""Syncs the metadata of a mailbox of a million emails in a small heap, and again after changes, and counts the commands."""
import os
from pathlib import Path

from lab import places, process, session
from lab.checks import CannotRun
from lab.talk import Talking, first

SERVER = "dev.steadymail.benchmarks.scale.LargeMailboxServer"
CLIENT = "dev.steadymail.benchmarks.scale.LargeMailboxSync"
JAR = places.REPOSITORY / "benchmarks" / "target" / "steadymail-benchmarks.jar"
CHANGES = 100
# Per mailbox and after login: with mod-sequences, and with flags in windows of 20,000.
MOST_BY_MODSEQ, MOST_BY_FLAGS = 4, 59
FIRST_PAGE, MOST_ROUND_TRIPS = 100, 3
# Commands that are on their way together take one round trip.
BESIDE = {"UID SEARCH": "EXAMINE"}


def options(parser):
    parser.add_argument("--messages", type=int, default=1_000_000, help="in the mailbox (default 1000000)")
    parser.add_argument("--heap", type=int, default=256, help="MiB of the client's heap (default 256)")
    parser.add_argument("--deadline", type=float, default=3600, help="seconds of each run (default 3600)")


def main(options, checks, stack):
    if not Path(JAR).exists():
        raise CannotRun(f"{JAR} is missing; mvn -Dquick -DskipTests -pl benchmarks -am package")
    rig = Rig(options, checks, stack)
    rig.serve()
    rig.all_of_it()
    rig.changes("with mod-sequences", MOST_BY_MODSEQ)
    rig.serve("--without", "CONDSTORE,QRESYNC")
    rig.run()  # another port is another account: all of it again
    rig.changes("without mod-sequences", MOST_BY_FLAGS)


class Rig:
    def __init__(self, options, checks, stack):
        self.options, self.checks, self.stack = options, checks, stack
        self.database = places.scratch(stack, "sync-scale") / "large.db"
        self.server, self.answers = None, []

    def serve(self, *more):
        if self.server:
            self.server.process.kill()
        self.answers = []
        self.server = Talking(self.stack, [*java("-Xmx6g -XX:+UseSerialGC"), SERVER, "--messages", self.options.messages,
                                           *more], self.answers.append)
        self.port = first(self.answers, self.server, 600)["port"]

    def ask(self, line):
        self.answers.clear()
        self.server.say(line)
        return first(self.answers, self.server, 120)

    def commands(self):
        """What was asked since, without login and logout."""
        return [line for line in self.ask("commands")["commands"].split("\n")
                if not line.startswith(("AUTHENTICATE", "LOGIN", "LOGOUT", "CAPABILITY", "ENABLE", "ID "))]

    def run(self):
        told = []
        client = Talking(self.stack, [*java(f"-Xmx{self.options.heap}m -XX:+UseSerialGC"), CLIENT, "--port", self.port,
                                      "--database", self.database], told.append)
        ended = process.until(lambda: not client.alive(), self.options.deadline, pause=0.2)
        if not ended or client.process.poll() != 0 or not told:
            raise CannotRun(f"the client ended with {client.process.poll()}: {client.last_words()}")
        return told[-1]

    def all_of_it(self):
        run = self.run()
        asked = self.commands()
        self.checks.equal(f"all of it in a heap of {self.options.heap} MiB: created", self.options.messages, run["created"])
        self.checks.note(f"{run['seconds']:.0f} s, {run['requests']} requests, {run['bytes']} bytes, "
                         f"{run['mostHeapAfterCollectionMiB']} MiB of heap after collections at most")
        before = asked[:next(n for n, line in enumerate(asked) if line.startswith("UID FETCH")) + 1]
        trips = sum(1 for at, line in enumerate(before)
                    if not any(line.startswith(one) and before[at - 1].startswith(other) for one, other in BESIDE.items()))
        self.checks.check(f"the newest {FIRST_PAGE} are stored after the first fetch",
                          run["firstPage"] == FIRST_PAGE and trips <= MOST_ROUND_TRIPS,
                          f"{run['firstPage']} after {trips} round trips: {', '.join(line.split('(')[0] for line in before)}")

    def changes(self, name, most):
        changed = self.ask(f"change {CHANGES}")
        run = self.run()
        asked = [line for line in self.commands() if not line.startswith(("LIST", "STATUS"))]
        self.checks.equal(f"{name}: all of {changed['changed']} changes are told", CHANGES,
                          run["created"] + run["updated"] + run["destroyed"])
        self.checks.check(f"{name}: commands for the mailbox", len(asked) <= most,
                          f"{len(asked)}, at most {most}; {run['bytes']} bytes, {run['seconds']:.1f} s, "
                          f"{run['mostHeapAfterCollectionMiB']} MiB of heap after collections at most")


def java(flags):
    home = os.environ.get("JAVA_HOME")
    return [f"{home}/bin/java" if home else "java", *flags.split(), "-cp", JAR]


if __name__ == "__main__":
    session.run(__doc__, main, options)
