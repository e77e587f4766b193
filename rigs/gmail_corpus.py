"""Adds the corpus to the Gmail emulator by every kind of upload, and compares what comes back octet for octet."""
import hashlib
import math
import os
import re
from collections import Counter
from pathlib import Path

from lab import contest, corpus, gmail, mirrored, places, plain_upload, session, steadymail
from lab.asked import Asked
from lab.emulator import TOKEN, USER, Emulator

JSON = ("json-insert", "json-import")
OCTETS = ("multipart", "resumable")
PIECE = 256 << 10  # the one that CorpusUploads sets
MOST_OCTETS = 36_700_160  # of a message, by Google's discovery document
TOO_LARGE = "too-large.eml"
SAMPLE = b"Subject: a\r\n\r\nGr\xfc\xdfe\r\n"


def options(parser):
    parser.add_argument("--only", choices=JSON + OCTETS, help="one kind of upload")
    parser.add_argument("--mirror", action="store_true",
                        help="mirrors each account, too, by `bin/steadymail mirror`: two or three minutes for each kind")
    parser.add_argument("--no-build", action="store_true", help="takes the benchmarks as they were built before")


def main(options, checks, stack):
    if not options.no_build:
        contest.build()
    if options.mirror:
        steadymail.prepare()
    folder, messages = written(checks, stack)
    kinds = [options.only] if options.only else JSON + OCTETS
    emulator = Emulator(stack)
    shimmed = Account(checks, emulator, Client(stack, emulator), messages)
    for kind in kinds:
        emulator.post("/_test/reset", {})
        shimmed.round(kind, kind, folder)
        if options.mirror:
            shimmed.mirrored(kind, places.scratch(stack, "mirror"))
    for kind in (kind for kind in kinds if kind in OCTETS):
        too_large(checks, stack, shimmed, kind)
    for kind in (kind for kind in kinds if kind in JSON):
        bare = Emulator(stack, raw=True)
        Account(checks, bare, Client(stack, bare), messages).round(f"{kind}, no shim", kind, folder)
    bare_uploads(checks, Emulator(stack, raw=True), [kind for kind in kinds if kind in OCTETS])


def written(checks, stack):
    """A folder of the messages that Gmail would take, and their octets by file name."""
    every = corpus.messages()
    taken = [each for each in every if len(each.content) <= MOST_OCTETS]
    messages = {f"{number:04d}.eml": each.content for number, each in enumerate(taken)}
    folder = places.scratch(stack, "uploads")
    for name, content in messages.items():
        (folder / name).write_bytes(content)
    split = sum(".mbox#" in each.name for each in every)
    checks.note(f"{len(every)} messages, {split} of them out of mbox files, {sum(map(len, messages.values()))} bytes, "
                f"{sum(len(each) > PIECE for each in messages.values())} above {PIECE} bytes; "
                f"{len(every) - len(taken)} are above {MOST_OCTETS} and would be refused")
    return folder, messages


class Client:
    """The SDK in a JVM of its own; ended with the stack."""

    def __init__(self, stack, emulator):
        home = os.environ.get("JAVA_HOME")
        java = Path(home) / "bin" / "java" if home else "java"
        self._jvm = Asked(stack, "the SDK", [java, "-Xmx1g", "-Dslf4j.internal.verbosity=ERROR", "-cp", contest.JAR,
                                             "dev.steadymail.benchmarks.gmail.Corpus", f"{emulator.root}/", USER],
                          STEADYMAIL_TOKEN=TOKEN)

    def add(self, kind, folder):
        return self._jvm.ask(kind, folder)

    def read(self):
        return self._jvm.ask("read")


class Account:
    """One emulated account, which is filled by one kind of upload after the other."""

    def __init__(self, checks, emulator, client, messages):
        self.checks, self.emulator, self.client, self.messages = checks, emulator, client, messages
        self.hashes = {name: sha256(content) for name, content in messages.items()}

    def round(self, name, kind, folder):
        """Adds everything and reads it back, by the SDK and by plain requests."""
        if not self.emulator.raw:
            self.emulator.clear_log()
        added = self.client.add(kind, folder)
        self.checks.check(f"{name}: every message was added", set(added["ids"]) == set(self.messages),
                          f"{len(added['ids'])} of {len(self.messages)} in {added['seconds']:.1f} s")
        self.requests(name, kind, added["requests"])
        self.sent = {added["ids"][file]: self.hashes[file] for file in added["ids"]}
        served = {message.id: message.sha256 for message in gmail.Account(self.emulator).served()}
        self.same(f"{name}: plain requests bring the octets that were added", served)
        read = self.client.read()
        self.same(f"{name}: the SDK reads the octets that were added", read["sha256"],
                  f"{read['requests']} requests, {read['seconds']:.1f} s")
        self.checks.none(f"{name}: nothing was unreadable", list(read["unreadable"].items()))
        self.explain(name, kind, added["ids"], served)

    def requests(self, name, kind, counted):
        """As many as the kind needs, counted by the SDK and, where there is a log, by the server."""
        sizes = [len(content) for content in self.messages.values()]
        wanted = len(sizes) + (sum(math.ceil(size / PIECE) for size in sizes) if kind == "resumable" else 0)
        if self.emulator.raw:
            self.checks.equal(f"{name}: requests", wanted, counted)
            return
        log = self.emulator.log()
        seen = Counter(f"{entry['method']} {re.sub('/users/[^/]+', '', entry['path'])}" for entry in log)
        figure = f"{counted} counted, seen {dict(seen)}, expected {wanted}"
        self.checks.check(f"{name}: requests", wanted == counted == len(log), figure)
        away = [path for path in seen if path.split()[1].startswith("/upload/") != (kind in OCTETS)]
        self.checks.none(f"{name}: all of them by this kind of upload", away)

    def same(self, name, found, figure=""):
        """Id by id, which is the check, and as a multiset: the hashes tell a swap from a change."""
        wanted, got = Counter(self.sent.values()), Counter(found.values())
        other = [key for key, value in self.sent.items() if found.get(key) != value]
        told = f"{len(self.sent) - len(other)} equal, {len(other)} different, {len(found) - len(self.sent)} too many; " \
               f"{(wanted & got).total()} of {wanted.total()} hashes"
        self.checks.check(name, found == self.sent and wanted == got, f"{told}; {figure}" if figure else told)

    def explain(self, name, kind, ids, served):
        """Whether a plain request of that kind changes a message, too: then it is the emulator that does."""
        for file in (file for file, key in ids.items() if served.get(key) != self.hashes[file]):
            stored = plain_upload.stored(self.emulator, kind, self.messages[file], PIECE)
            who = "the SDK" if stored == self.messages[file] else "the emulator, as a plain request shows"
            self.checks.note(f"{name}: {file} was changed by {who}")

    def mirrored(self, name, folder):
        """By the command, at the pace that Gmail's quota allows."""
        run = steadymail.mirror(self.emulator.account, folder / "ada", seconds=600, STEADYMAIL_TOKEN=TOKEN)
        steadymail.check_done(self.checks, f"{name}, mirrored", run)
        mirror = mirrored.Mirror(folder / "ada")
        wanted, got = Counter(self.sent.values()), Counter(email["sha256"] for email in mirror.emails)
        # The mirror's ids are its own, so this is about the multiset.
        self.checks.check(f"{name}, mirrored: the octets that were added", wanted == got,
                          f"{(wanted & got).total()} of {wanted.total()} equal, {got.total()} mirrored; "
                          f"{run['requests']} requests, {run.seconds:.0f} s")
        self.checks.none(f"{name}, mirrored: files have those octets", mirror.file_problems())


def too_large(checks, stack, account, kind):
    """One octet above the limit is refused before anything is sent."""
    folder = places.scratch(stack, "too-large")
    (folder / TOO_LARGE).write_bytes(SAMPLE.ljust(MOST_OCTETS + 1, b"a"))
    account.emulator.clear_log()
    told = account.client.add(kind, folder)
    refused = told["refused"] == {TOO_LARGE: "TOO_LARGE"} and not told["ids"]
    checks.check(f"{kind}: {MOST_OCTETS + 1} octets are refused, and not sent",
                 refused and account.emulator.log() == [], f"{len(told['refused'])} refused, {told['requests']} requests")


def bare_uploads(checks, emulator, kinds):
    """What the emulator does without the shim, so that it is known whose work these uploads are."""
    for kind in kinds:
        stored = plain_upload.stored(emulator, kind, SAMPLE, PIECE)
        figure = "refused" if stored is None else f"{len(SAMPLE)} octets sent, {len(stored)} stored"
        checks.check(f"{kind}, no shim: a plain request cannot do it, so the upload above is the shim's",
                     stored != SAMPLE, figure)


def sha256(octets):
    return hashlib.sha256(octets).hexdigest()


if __name__ == "__main__":
    session.run(__doc__, main, options)
