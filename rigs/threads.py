"""Computes threads of random conversations and of the corpus from a store, and compares them with Dovecot's THREAD, tree by tree."""
import imaplib
import os
import random
import re
from email.utils import format_datetime
from datetime import datetime, timezone
from pathlib import Path

from lab import contest, corpus, imap, places, process, session
from lab.checks import CannotRun
from lab.dovecot import PASSWORD, Dovecot

BASE = 1_750_000_000
SUBJECTS = ["Hello", "Minutes", "[list] Plans", "Gr=?UTF-8?B?w7zDn2U=?=", "Invoice 7", "", "[a] [b]", "Re", "a: b"]
MARKS = ["", "", "Re: ", "RE: ", "Re[2]: ", "Fwd: ", "fw: ", "[list] Re: ", "Re: [list] Fwd: "]
TRAILERS = ["", "", "", " (fwd)", "  "]
# Dovecot takes the first second of 1970 for no date, and decodes words of an unknown charset; we do neither.
ODD = re.compile(rb"^Date: 1 Jan 1970 00:00:00|^Subject: =\?NONE\?", re.MULTILINE)


def options(parser):
    parser.add_argument("--mailboxes", type=int, default=60, help="of random conversations (default 60)")
    parser.add_argument("--seed", type=int, default=1, help="of the conversations (default 1)")
    parser.add_argument("--large", type=int, default=20000, help="emails in a large one (default 20000)")
    parser.add_argument("--no-build", action="store_true", help="takes the benchmarks as they were built before")


def main(options, checks, stack):
    if not options.no_build:
        contest.build()
    rig = Rig(checks, stack)
    rig.corpus()
    for number in range(options.mailboxes):
        rig.random(f"Talk {number}", random.Random(options.seed * 100_000 + number), 8 + number * 2)
    rig.random("Large", random.Random(options.seed), options.large)
    rig.report()


class Rig:
    def __init__(self, checks, stack):
        self.checks, self.stack = checks, stack
        self.dovecot = Dovecot(stack)
        self.client = imap.Client(stack, self.dovecot.port)
        self.different = {"REFERENCES": [], "REFS": []}
        self.emails, self.threads, self.slowest = 0, 0, (0, "")

    def corpus(self):
        self.client.create("Corpus")
        messages = corpus.messages()
        plain = [message.content for message in messages if not ODD.search(message.content)]
        self.checks.note(f"{len(messages) - len(plain)} of the corpus left out: a Date of 1970, or a charset that is none")
        for number, content in enumerate(plain):
            try:
                self.client.append("Corpus", "()", BASE + number, content)
            except imaplib.IMAP4.error:
                pass  # what Dovecot refuses it cannot thread
        self.compare("Corpus")

    def random(self, mailbox, chance, count):
        self.client.create(mailbox)
        appended(self.client, mailbox, [message(chance, number, count) for number in range(count)])
        self.compare(mailbox)

    def compare(self, mailbox):
        ours = computed(self.stack, self.dovecot, mailbox)
        self.slowest = max(self.slowest, (int(ours["milliseconds"][0]), mailbox))
        self.client.select(mailbox, readonly=True)
        for kind, different in self.different.items():
            theirs = told(self.client, kind)
            mine = [[tuple(map(int, each.split(":"))) for each in line.split()] for line in ours[kind]]
            self.threads += len(theirs)
            self.emails += sum(len(thread) for thread in theirs)
            only = [thread for thread in theirs if thread not in mine]
            if only or len(mine) != len(theirs):
                different.append(f"{mailbox}: Dovecot {only[:2]} ours {[each for each in mine if each not in theirs][:2]}")

    def report(self):
        self.checks.check("there is something to compare", self.threads > 1000 and self.emails > self.threads,
                          f"{self.emails} emails in {self.threads} threads, both kinds together")
        for kind, different in self.different.items():
            self.checks.none(f"THREAD {kind}: every tree as Dovecot tells it", different)
        self.checks.note(f"computing took {self.slowest[0]} ms at most, for {self.slowest[1]}")


def computed(stack, dovecot, mailbox):
    """The lines of the Java program by their first field."""
    home = os.environ.get("JAVA_HOME")
    java = Path(home) / "bin" / "java" if home else "java"
    folder = places.scratch(stack, "threads")
    ended = process.run([java, "-Xmx1g", "-Dfile.encoding=UTF-8", "-Dslf4j.internal.verbosity=ERROR", "-cp", contest.JAR,
                         "dev.steadymail.benchmarks.imap.ThreadedMailbox", dovecot.port, "ada", mailbox, folder], 300,
                        {**os.environ, "STEADYMAIL_PASSWORD": PASSWORD})
    if ended.code != 0:
        raise CannotRun(f"the program ended with {ended.code}: {ended.stderr.strip()[-600:]}")
    lines = {"REFERENCES": [], "REFS": [], "milliseconds": []}
    for line in ended.stdout.splitlines():
        kind, _, rest = line.partition("\t")
        lines[kind].append(rest)
    return lines


def told(client, kind):
    """Dovecot's threads as lists of (UID, depth)."""
    answer = imap.ok(client.session.uid("THREAD", kind, "UTF-8", "ALL"))[0].decode()
    return [thread for thread in outlines(answer)]


def outlines(answer):
    """RFC 5256 section 4: what follows in a list is below what stands before it, and each list in it is a branch."""
    threads, stack, depth = [], [], 0
    for token in re.findall(r"\(|\)|\d+", answer):
        if token == "(":
            if not stack:
                threads.append([])
                depth = 0
            stack.append(depth)
        elif token == ")":
            depth = stack.pop()
        else:
            threads[-1].append((int(token), depth))
            depth += 1
    return threads


def message(chance, number, count):
    """An answer to one of those before it, mostly; some name what nobody has, what comes later, or themselves."""
    references = " ".join(f"<{reference}@talk.example>" for reference in named(chance, number, count))
    own = number if chance.random() < 0.97 else chance.randrange(count)
    subject = chance.choice(MARKS) + chance.choice(SUBJECTS) + chance.choice(["", f" {chance.randrange(count)}"])
    lines = [f"Message-ID: <{own}@talk.example>"] if chance.random() < 0.97 else []
    if references:
        lines.append(chance.choice(["References: ", "References: ", "In-Reply-To: "]) + references)
    if chance.random() < 0.95:
        lines.append(f"Subject: {subject}{chance.choice(TRAILERS)}")
    if chance.random() < 0.95:
        sent = BASE + chance.randrange(count) * 60
        lines.append(f"Date: {format_datetime(datetime.fromtimestamp(sent, timezone.utc))}")
    return ("\r\n".join([*lines, "From: ada@talk.example", "", "Hello.", ""])).encode()


def named(chance, number, count):
    how = chance.random()
    if how < 0.4 or number == 0:
        return []
    if how < 0.9:
        start = max(0, number - 30)
        return sorted(chance.sample(range(start, number), min(number - start, chance.randrange(1, 5))))
    return [chance.randrange(count + 5) for _ in range(chance.randrange(1, 4))]


def appended(client, mailbox, messages):
    for number, octets in enumerate(messages):
        client.append(mailbox, "()", BASE + number, octets)


if __name__ == "__main__":
    session.run(__doc__, main, options)
