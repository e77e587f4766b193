"""Watches a Dovecot that another client changes: every change told once, after a cut too, and how soon."""
import imaplib
import json
import os
import signal
import subprocess
import time
from collections import Counter
from datetime import datetime, timezone

from lab import imap, places, process, session, steadymail
from lab.dovecot import PASSWORD, Dovecot
from lab.refusals import error_lines

PATIENCE = 30  # seconds until a change must have been told; how soon it was is a note
RECEIVED = datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone.utc)
INTERVAL = 2
WITHOUT_IDLE = "imap_capability = IMAP4rev1 LITERAL+ ENABLE CONDSTORE QRESYNC UIDPLUS ESEARCH SPECIAL-USE LIST-EXTENDED MOVE"


def main(options, checks, stack):
    steadymail.prepare()
    dovecot = Dovecot(stack)
    box = Box(stack, dovecot)
    for mailbox in ("Work", "Other"):
        box.client.create(mailbox)
    for mailbox in ("INBOX", "INBOX", "INBOX", "Work", "Other"):
        box.append(mailbox)
    inbox_alone(checks, stack, box)
    through_cuts(checks, stack, box, dovecot)
    endings(checks, box)
    without_idle(checks, stack, box, dovecot)


def inbox_alone(checks, stack, box):
    watch = Watched(checks, stack, "inbox", box.account)
    watch.begins("IDLE", 3)
    subject, size = box.append("INBOX")
    watch.told("append", "created", subject=subject)
    expected = {"event": "created", "mailbox": "INBOX", "from": "Ada <ada@example.com>", "subject": subject,
                "receivedAt": "2026-01-02T03:04:05.000Z", "size": size}
    told = next((event for event in watch.events() if event["event"] == "created"), {})
    checks.equal("inbox: what is told of it", expected, {key: told.get(key) for key in expected})
    uids = box.client.uids("INBOX")
    box.flag("INBOX", uids[-1:], "\\Flagged $Label1")
    watch.told("flag", "updated", id=told.get("id"), keywords=["$flagged", "$label1"])
    box.expunge("INBOX", uids[-1:])
    watch.told("delete", "destroyed", id=told.get("id"))
    box.append("Other")
    box.move("INBOX", uids[:1], "Other")
    watch.told("move away", "destroyed")
    box.move("Other", box.client.uids("Other")[-1:], "INBOX")
    watch.told("move back", "created")
    watch.ends(signal.SIGTERM)


def through_cuts(checks, stack, box, dovecot):
    watch = Watched(checks, stack, "two mailboxes", box.account, "--mailbox", "INBOX", "--mailbox", "Work")
    watch.begins("NOTIFY", 4)
    burst = [box.append(mailbox)[0] for _ in range(15) for mailbox in ("INBOX", "Work")]
    watch.told("the last of a burst", "created", subject=burst[-1])
    watch.expect("created", len(burst) - 1)
    # A look takes one mailbox after the other, so the last of one may be told before the last but one of the other.
    process.until(lambda: len(changes(watch.events())) >= len(burst), PATIENCE)
    told = Counter(event.get("subject") for event in watch.events() if event["event"] == "created")
    checks.equal("two mailboxes: the burst, each once", Counter(burst), told)
    uids = box.client.uids("INBOX")
    box.flag("INBOX", uids[:3], "\\Answered")
    watch.told("flags of three", "updated", 3, keywords=["$answered"])
    box.move("INBOX", uids[-1:], "Work")
    watch.told("move", "moved", mailbox="Work", oldMailbox="INBOX")
    checks.check("server killed: sessions were open", dovecot.kill_sessions() > 0)
    box.connect()
    watch.told("server killed: append", "created", subject=box.append("Work")[0])
    box.flag("INBOX", uids[3:4], "\\Seen")
    watch.told("server killed: flag", "updated", keywords=["$seen"])
    while_down(watch, stack, box, dovecot)
    watch.ends(signal.SIGINT)
    lost = [event for event in watch.events() if event["event"] == "lost"]
    # The kill may have met a look, which is repeated at once and is no loss; the server that is down is one in any case.
    checks.check("cuts: told as lost, with the kind and when it goes on",
                 len(lost) >= 1 and all(event["kind"] and event["retryInMs"] >= 0 for event in lost),
                 Counter(event["kind"] for event in lost))


def while_down(watch, stack, box, dovecot):
    """Dovecot stops, mail arrives and goes by other ways, Dovecot starts."""
    dovecot.stop()
    watch.checks.check("server down: told", process.until(lambda: watch.events()[-1]["event"] == "lost", PATIENCE))
    delivered = dovecot.generate(places.scratch(stack, "gen"), 3, seed=4, max_kb=10)
    dovecot.place("ada", "INBOX", delivered)
    dovecot.start()
    watch.told("server restarted: arrived meanwhile", "created", 3, mailbox="INBOX")
    box.connect()
    watch.told("server restarted: append", "created", subject=box.append("INBOX")[0])


def endings(checks, box):
    run = steadymail.run(["watch", box.account, "--for", "3"], 60, STEADYMAIL_PASSWORD=PASSWORD)
    checks.check("--for: exit 0, quiet", run.code == 0 and run.stderr == "", run.figure())
    run = steadymail.run(["watch", box.account], 60, STEADYMAIL_PASSWORD="hunter2-Sauerampfer")
    checks.check("wrong password: exit 3, one line, nothing printed",
                 run.code == 3 and len(error_lines(run.stderr)) == 1 and run.stdout == "", run.figure())
    closed_output(checks, box)


def closed_output(checks, box):
    """As `watch | head -2` does; the end shows with the next line to print."""
    arguments = [str(places.command_under_test()), "watch", box.account]
    with subprocess.Popen(arguments, env=steadymail.environment(STEADYMAIL_PASSWORD=PASSWORD), stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as child:
        try:
            lines = [child.stdout.readline() for _ in range(2)]
            child.stdout.close()
            box.append("INBOX")
            ended = process.until(lambda: child.poll() is not None, PATIENCE)
            errors = child.stderr.read() if ended else b"still running"
            checks.check("closed output: ends without a word", all(lines) and ended and errors == b"",
                         f"exit {child.returncode} {errors.decode()[:200]}")
        finally:
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGKILL)


def without_idle(checks, stack, box, dovecot):
    dovecot.set(WITHOUT_IDLE)
    checks.check("no IDLE: Dovecot hides it", process.until(lambda: hides_idle(box), 10, pause=0.2))
    watch = Watched(checks, stack, "no IDLE", box.account, "--interval", str(INTERVAL))
    watch.begins("POLL", len(box.client.uids("INBOX")))
    watch.told("append", "created", within=INTERVAL + 2, subject=box.append("INBOX")[0])
    uids = box.client.uids("INBOX")
    box.flag("INBOX", uids[:1], "$Label2")
    watch.told("flag", "updated", within=INTERVAL + 2)
    box.expunge("INBOX", uids[-1:])
    watch.told("delete", "destroyed", within=INTERVAL + 2)
    watch.ends(signal.SIGTERM)


def hides_idle(box):
    try:
        return "IDLE" not in box.connect().session.capabilities
    except imaplib.IMAP4.error:
        return False  # while it reads its settings again, a login may find nobody to serve it


class Box:
    """The account as another client changes it."""

    def __init__(self, stack, dovecot):
        self.stack, self.port, self.number = stack, dovecot.port, 0
        self.account = f"imap://ada@127.0.0.1:{dovecot.port}?tls=none"
        self.client = self.connect()

    def connect(self):
        """A new connection, since the one before may have been cut."""
        self.client = imap.Client(self.stack, self.port)
        return self.client

    def append(self, mailbox):
        """Returns subject and size of the message."""
        self.number += 1
        subject = f"number {self.number}"
        message = f"From: Ada <ada@example.com>\r\nSubject: {subject}\r\n\r\nHello\r\n".encode()
        self.client.append(mailbox, "", RECEIVED, message)
        return subject, len(message)

    def flag(self, mailbox, uids, flags):
        self.client.select(mailbox)
        self.client.store(uids, "+FLAGS", f"({flags})")

    def expunge(self, mailbox, uids):
        self.client.select(mailbox)
        self.client.expunge(uids)

    def move(self, mailbox, uids, target):
        self.client.select(mailbox)
        self.client.move(uids, target)


class Watched:
    """One run of watch, and what it has to tell."""

    def __init__(self, checks, stack, name, account, *options):
        self.checks, self.name = checks, name
        self.expected, self.seconds = Counter(), []
        self.running = steadymail.start(["watch", account, *options], STEADYMAIL_PASSWORD=PASSWORD)
        stack.callback(self.running.close)

    def events(self):
        lines = self.running.output().split("\n")[:-1]
        return [json.loads(line) for line in lines]

    def begins(self, mode, emails):
        process.until(lambda: len(self.events()) >= 2 or not self.running.alive(), PATIENCE)
        self.checks.equal(f"{self.name}: begins", [{"event": "watching", "mode": mode}, {"event": "ready", "emails": emails}],
                          self.events())

    def expect(self, event, count=1):
        """Counts on so many events by the end."""
        self.expected[event] += count

    def told(self, what, event, count=1, within=PATIENCE, **facts):
        """The change that was just made is told in time."""
        started = time.monotonic()
        self.expect(event, count)
        wanted = self.expected[event]
        found = process.until(lambda: self._count(event) >= wanted and self._matching(event, facts) >= count, within)
        seconds = time.monotonic() - started
        self.seconds.append(seconds)
        return self.checks.check(f"{self.name}: {what}: {event}", found, f"{seconds:.2f} s" if found else self.events()[-3:])

    def ends(self, number):
        """Ends it by a signal; what was told in all is what was expected, nothing twice."""
        self.running.signal(number)
        run = steadymail.finished(self.running, 15)
        self.checks.check(f"{self.name}: exit 130 on {signal.Signals(number).name}, one line",
                          run.code == 130 and len(error_lines(run.stderr)) == 1, run.figure())
        told = Counter(event["event"] for event in changes(self.events()))
        self.checks.equal(f"{self.name}: every change once", dict(self.expected), dict(told))
        ids = Counter((event["event"], event["id"]) for event in self.events() if event["event"] in ("created", "destroyed"))
        self.checks.none(f"{self.name}: no id appears or goes twice", [key for key, count in ids.items() if count > 1])
        self.checks.check(f"{self.name}: no secret", PASSWORD not in run.stdout + run.stderr)
        self.checks.note(f"{self.name}: told after {min(self.seconds):.2f} to {max(self.seconds):.2f} s")

    def _count(self, event):
        return sum(each["event"] == event for each in changes(self.events()))

    def _matching(self, event, facts):
        return sum(all(each.get(key) == value for key, value in {"event": event, **facts}.items())
                   for each in self.events())


def changes(events):
    """What another client did, without the mark that an email may be seen with just before it is removed."""
    return [event for event in events if event["event"] in ("created", "updated", "moved", "destroyed")
            and "$deleted" not in event.get("keywords", [])]


if __name__ == "__main__":
    session.run(__doc__, main)
