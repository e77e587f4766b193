"""Watches 10,000 IMAP accounts at once: heap, memory and threads of the client, news for each, and all back after a cut."""
import os
import threading
import time
from pathlib import Path

from lab import places, process, session
from lab.checks import CannotRun
from lab.talk import ControlLine, Talking, first

SERVER = "dev.steadymail.benchmarks.scale.IdleServer"
CLIENT = "dev.steadymail.benchmarks.scale.IdleClient"
JAR = places.REPOSITORY / "benchmarks" / "target" / "steadymail-benchmarks.jar"
MOST_HEAP, MOST_RSS_MIB, MOST_THREADS = 12 * 1024, 400, 16
SPARE_FILES = 500
SHARED_ACCOUNTS, SHARED_LIMIT = 400, 100


def options(parser):
    parser.add_argument("--connections", type=int, default=10_000, help="accounts, one connection each (default 10000)")
    parser.add_argument("--addresses", type=int, default=100, help="loopback addresses, as hosts (default 100)")
    parser.add_argument("--per-minute", type=int, default=200, help="connects a host in any minute (default 200)")
    parser.add_argument("--deadline", type=float, default=900, help="seconds until all watch, again after a cut (default 900)")
    parser.add_argument("--news", type=float, default=60, help="seconds until all have told their news (default 60)")
    parser.add_argument("--shared-host", action="store_true",
                        help=f"instead: {SHARED_ACCOUNTS} accounts at one host that allows {SHARED_LIMIT} connections")
    parser.add_argument("--interval", type=float, default=300, help="polling interval at a shared host, s (default 300)")
    parser.add_argument("--client", default=CLIENT, help="main class of the client")
    parser.add_argument("--classpath", default=str(JAR), help="where the classes are (default the benchmarks' jar)")
    parser.add_argument("--java-opts", default="-Xmx256m -XX:+UseSerialGC", help="flags for the client's JVM")


def main(options, checks, stack):
    if options.shared_host:
        options.connections, options.addresses = SHARED_ACCOUNTS, 1
    missing = [each for each in options.classpath.split(os.pathsep) if not Path(each).exists()]
    if missing:
        raise CannotRun(f"{missing[0]} is missing; mvn -Dquick -DskipTests -pl benchmarks -am package")
    rig = Rig(options, checks, stack)
    if options.shared_host:
        rig.shared_host()
    else:
        rig.own_hosts()
    rig.end()


class Heard:
    """What the client told so far: how many it watches, whose mail changed, and its report."""

    def __init__(self):
        self._lock = threading.Lock()
        self.watching = 0
        self.report = None
        self._changed = {}

    def hear(self, said):
        with self._lock:
            if said.get("event") == "watching":
                self.watching = said["count"]
            elif said.get("event") == "changed":
                self._changed.setdefault(said["user"], time.monotonic())
            elif said.get("event") == "report":
                self.report = said

    def forget(self):
        with self._lock:
            self._changed.clear()

    def changed(self):
        """When each user's change was told first."""
        with self._lock:
            return dict(self._changed)


class Rig:
    def __init__(self, options, checks, stack):
        self.options, self.checks, self.accounts = options, checks, options.connections
        ready = []
        self.server = Talking(stack, [*java("-Xmx450m -XX:+UseSerialGC", options), SERVER, "--folder",
                                      places.scratch(stack, "scale"), "--addresses", options.addresses],
                              ready.append, self.accounts + SPARE_FILES)
        self.ready = first(ready, self.server, 60)
        self.control = ControlLine(stack, self.ready["control"])
        self.heard = Heard()
        self.client = None
        self._stack = stack

    def own_hosts(self):
        self.start_client()
        self.all_idle("all accounts are in IDLE")
        self.footprint()
        self.news("each account's news is told", self.options.news)
        self.control.ask("cut")
        self.all_idle("all accounts are in IDLE again after a cut")
        self.news("each account's news is told after the cut", self.options.news)
        self.pace()

    def shared_host(self):
        self.control.ask(f"limit {SHARED_LIMIT}")
        self.start_client()
        self.checks.check("all accounts are watched", self.reached(lambda: self.heard.watching), self.heard.watching)
        self.news("each account's news is told within its interval", self.options.interval)
        self.news("each account's next news is told within its interval", self.options.interval)
        self.pace()

    def start_client(self):
        self.client = Talking(self._stack, [
            *java(self.options.java_opts, self.options), self.options.client, "--port", self.ready["port"],
            "--control-addresses", self.options.addresses, "--connections", self.accounts, "--ca", self.ready["ca"],
            *(["--interval", int(self.options.interval), "--per-minute", self.options.per_minute]
              if self.options.shared_host else []),
        ], self.heard.hear, self.accounts + SPARE_FILES)

    def all_idle(self, name):
        started = time.monotonic()
        self.reached(lambda: self.control.ask("count")["idle"])
        counted = self.control.ask("count")
        self.checks.check(name, counted["idle"] == self.accounts == counted["users"],
                          f"{counted['idle']} of {self.accounts} after {time.monotonic() - started:.0f} s")
        self.checks.note(f"server: {mib(self.server.status('VmRSS'))} MiB RSS")

    def reached(self, counted):
        """Waits until as many as there are accounts; notes progress every tenth."""
        end, noted = time.monotonic() + self.options.deadline, 0
        while (now := counted()) < self.accounts and time.monotonic() < end and self.client.alive():
            if now - noted >= self.accounts / 10:
                noted = now
                self.checks.note(f"{now} of {self.accounts}")
            time.sleep(0.5)
        if not self.client.alive():
            raise CannotRun(f"the client ended with {self.client.process.poll()}: {self.client.last_words()}")
        return now >= self.accounts

    def footprint(self):
        self.client.say("report")
        process.until(lambda: self.heard.report, 60)
        report = self.heard.report or {}
        heap = report.get("heapPerConnection")
        self.checks.check("heap a connection", heap is not None and heap <= MOST_HEAP, f"{heap} bytes, at most {MOST_HEAP}")
        rss = mib(self.client.status("VmRSS"))
        self.checks.check("resident memory of the client", rss <= MOST_RSS_MIB, f"{rss} MiB, at most {MOST_RSS_MIB}")
        threads = report.get("threads")
        self.checks.check("threads of the client", threads is not None and threads <= MOST_THREADS,
                          f"{threads} by Java, at most {MOST_THREADS}; {self.client.status('Threads')} with the JVM's own")

    def news(self, name, seconds):
        self.heard.forget()
        started = time.monotonic()
        delivered = self.control.ask("deliver all")["delivered"]
        process.until(lambda: len(self.heard.changed()) >= self.accounts or not self.client.alive(), seconds, pause=0.1)
        changed = self.heard.changed()
        last = max(changed.values(), default=started) - started
        self.checks.check(name, len(changed) == delivered == self.accounts,
                          f"{len(changed)} of {self.accounts}, the last after {last:.1f} s")

    def pace(self):
        connects = self.control.ask("connects")
        host, most = max(connects["mostInAMinute"].items(), key=lambda each: each[1], default=("none", 0))
        self.checks.check("connects to one host in the worst minute", 0 < most <= self.options.per_minute,
                          f"{most} at {host}, at most {self.options.per_minute}")
        fastest = max(connects["total"].values(), default=0)
        self.checks.note(f"{sum(connects['total'].values())} connects in all, {fastest} in the busiest second, "
                         f"{connects['turnedAway']} turned away")
        self.checks.note(f"commands: {self.control.ask('commands')}")

    def end(self):
        self.client.say("quit")
        ended = process.until(lambda: not self.client.alive(), 60)
        self.checks.check("the client ends when told to", ended and self.client.process.poll() == 0,
                          f"exit {self.client.process.poll()}")
        self.control.ask("quit")


def java(flags, options):
    home = os.environ.get("JAVA_HOME")
    return [f"{home}/bin/java" if home else "java", *flags.split(), "-cp", options.classpath]


def mib(kib):
    return round((kib or 0) / 1024)


if __name__ == "__main__":
    session.run(__doc__, main, options)
