"""An account that sends by a server behind a proxy, from one outbox: killed, cut, and run again with the same key."""
import random
import signal
import statistics
from collections import Counter, defaultdict

from lab import process, steadymail
from lab.checks import CannotRun
from lab.dovecot import PASSWORD
from lab.proxy import Cut, Proxy

KILLED = -signal.SIGKILL
SETTLED = ("sent", "sent-before", "refused", "cancelled")
SHORT, LONG = "5s", "3m"


class Sender:
    """Every message has a key and a recipient of its own, so that its copies can be told without its Message-ID."""

    def __init__(self, stack, name, user, server, url, seed):
        self.name, self.user, self.server = name, user, server
        self.proxy = Proxy(stack, server.port)
        self.account = url.format(port=self.proxy.port)
        self.chance = random.Random(f"{seed} {name}")
        self.told = defaultdict(list)
        self.problems = []
        self.kills = Counter()
        self.running, self.closed = None, False
        stack.callback(self.close)

    def close(self):
        """Ends what is running, and begins nothing more."""
        self.closed = True
        if self.running:
            self.running.close()

    def measure(self, outbox, times=4):
        """Sends undisturbed; notes what a run takes, how much of it after it reached the server, and how many octets pass.

        The first run leaves an archive of its classes, with which the others start in a third of the time.
        """
        self.outbox = outbox
        archive = outbox.parent / f"{self.name}.jsa"
        runs = []
        for number in range(times):
            self.flags = f"-XX:TieredStopAtLevel=1 -XX:{'SharedArchiveFile' if number else 'ArchiveClassesAtExit'}={archive}"
            self.proxy.reset()
            running = self._start(self._key("calm", number))
            process.until(lambda: self.proxy.connections or not running.alive(), 60, pause=0.002)
            connected = running.age()
            ended = self._answered(running, self._key("calm", number))
            runs.append((ended.seconds, ended.seconds - connected))
        self.seconds, self.talking = (statistics.median(each) for each in zip(*runs[1:]))
        self.octets = Cut(self.proxy.to_server, self.proxy.to_client)

    def kill(self, kills):
        """Kills as many runs: one half at any moment, the other while they talk to the server."""
        number = 0
        while sum(self.kills.values()) < kills and number < kills * 4:
            self._killed(self._key("kill", number), kills)
            number += 1

    def _killed(self, key, most):
        kill = True
        while True:
            running, moment = self._start(key), None
            if kill and sum(self.kills.values()) < most:
                moment = self._wait(running)
                running.signal(signal.SIGKILL)
            if self._answered(running, key).code != KILLED:
                return
            self.kills[moment] += 1
            kill = self.chance.random() < 1 / 3

    def _wait(self, running):
        if self.chance.random() < 0.5:
            process.until(lambda: not running.alive(), self.chance.uniform(0, 1.05) * self.seconds, pause=0.001)
            return "at any moment"
        before = self.proxy.connections
        process.until(lambda: self.proxy.connections > before or not running.alive(), 60, pause=0.001)
        process.until(lambda: not running.alive(), self.chance.uniform(0, 1.05) * self.talking, pause=0.001)
        return "while it talked to the server"

    def cut(self, sends, sick=None):
        """Cuts the first connection of each run, and a third of its others; each third run has the sick server instead, if any."""
        self.proxy.reset()
        for number in range(sends):
            if sick and number % 3 == 2:
                self.proxy.target = sick.port
            else:
                self.proxy.next_cut = Cuts(self.chance.randrange(2**32), self.octets)
            key = self._key("cut", number)
            self._answered(self._start(key), key)
            self.proxy.target, self.proxy.next_cut = self.server.port, Cut

    def settle(self, seconds=900):
        """Lets go what waits, undisturbed, until nothing is queued; returns the last state of each key."""
        states = {}

        def settled():
            nonlocal states
            run = self._run(["--resume"], LONG).wait(240)
            rows = [line.split("\t") for line in run.stdout.splitlines()]
            states = {row[1]: row[0] for row in rows}
            if len(states) != len(rows) or not rows:
                self.problems.append(f"--resume: exit {run.code} {run.stderr.strip()[-200:]}")
            # What is due later than the deadline is not waited for by a run.
            return rows and "queued" not in states.values()

        process.until(settled, seconds, pause=5)
        return states

    def unsteady(self, states):
        """Keys of which a run told something final that was not so in the end, or that the outbox does not know."""
        return [(key, told, states.get(key)) for key, told in self.told.items()
                if key not in states or any(each in SETTLED and each != states[key] for each in told)]

    def first_answers(self, kind):
        """What the first run of each message told that was left to tell it: trouble that never shows would show nothing."""
        return dict(Counter(told[0] for key, told in self.told.items() if f"-{kind}-" in key))

    def _key(self, kind, number):
        return f"{self.user.partition('@')[0]}-{kind}-{number}"

    def _start(self, key):
        message = ["--to", f"{key}@example.com", "--subject", f"Number {key}", "--text", "Once.\n" * 20]
        return self._run(["--idempotency-key", key, *message], SHORT)

    def _run(self, arguments, deadline):
        command = ["send", self.account, "--outbox", self.outbox, "--deadline", deadline]
        self.running = steadymail.start([*command, *arguments], STEADYMAIL_PASSWORD=PASSWORD,
                                        JAVA_TOOL_OPTIONS=self.flags)
        if self.closed:
            self.running.close()
            raise CannotRun("the rig is ended")
        return self.running

    def _answered(self, running, key):
        """Waits for a run; what was not killed must have told one line, of this key."""
        try:
            ended = running.wait(90)
        finally:
            running.close()
        fields = ended.stdout.removesuffix("\n").split("\t")
        if len(fields) == 3 and fields[1] == key:
            self.told[key].append(fields[0])
        elif ended.code != KILLED:
            said = f"{ended.stdout.strip()[:80]!r} {ended.stderr.strip()[-200:]}"
            self.problems.append(f"{key}: exit {ended.code}, {said}")
        return ended


class Cuts:
    """Where the connections of one run are cut: in either direction, at an octet that an undisturbed one reaches."""

    def __init__(self, seed, octets):
        self._chance, self._octets, self._first = random.Random(seed), octets, True

    def __call__(self):
        if not self._first and self._chance.random() >= 1 / 3:
            return Cut()
        self._first = False
        if self._chance.random() < 0.5:
            return Cut(to_server=self._chance.randrange(self._octets.to_server))
        return Cut(to_client=self._chance.randrange(self._octets.to_client))
