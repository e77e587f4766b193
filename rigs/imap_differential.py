"""Reads generated mail and the corpus from Dovecot through the SDK and through Angus Mail, and compares every field."""
import imaplib
import os
from collections import Counter
from pathlib import Path

from lab import contest, corpus, mailboxes, process, session
from lab.checks import CannotRun
from lab.dovecot import PASSWORD, Dovecot

CORPUS = "Corpus"
FLAGS = ["()", "(\\Seen)", "(\\Seen \\Flagged)", "(\\Answered $Forwarded)", "(\\Draft Custom)"]


def options(parser):
    parser.add_argument("--count", type=int, default=20000, help="generated messages (default 20000)")
    parser.add_argument("--seed", type=int, default=1, help="of the generated mail (default 1)")
    parser.add_argument("--max-kb", type=float, default=20, help="largest generated message (default 20)")
    parser.add_argument("--no-build", action="store_true", help="takes the benchmarks as they were built before")
    parser.add_argument("--show", action="store_true", help="prints the values of unexplained differences")


def main(options, checks, stack):
    if not options.no_build:
        contest.build()
    dovecot = Dovecot(stack)
    client = mailboxes.fill(stack, dovecot, options.count, options.seed, max_kb=options.max_kb)
    append_corpus(checks, client)
    served = sum(len(client.uids(mailbox)) for mailbox in (*mailboxes.SHARES, CORPUS))
    told = compare(dovecot, options)
    report(checks, served, told)


def append_corpus(checks, client):
    """Counts what Dovecot refuses, with its reason."""
    client.create(CORPUS)
    messages, refused = corpus.messages(), Counter()
    for number, message in enumerate(messages):
        try:
            client.append(CORPUS, FLAGS[number % len(FLAGS)], 1_700_000_000 + 3607 * number, message.content)
        except imaplib.IMAP4.error as error:
            refused[str(error)] += 1
    checks.check("Dovecot took the corpus", refused.total() * 20 < len(messages),
                 f"{len(messages) - refused.total()} appended, {refused.total()} refused {dict(refused)}")


def compare(dovecot, options):
    """The lines of the Java program, as lists of their fields."""
    home = os.environ.get("JAVA_HOME")
    java = Path(home) / "bin" / "java" if home else "java"
    ended = process.run([java, "-Xmx2g", "-Dfile.encoding=UTF-8", "-Dslf4j.internal.verbosity=ERROR", "-cp",
                         contest.JAR, "dev.steadymail.benchmarks.imap.Differential", dovecot.port, "ada",
                         *(["show"] if options.show else [])], 900, {**os.environ, "STEADYMAIL_PASSWORD": PASSWORD})
    if ended.code != 0:
        raise CannotRun(f"the comparison ended with {ended.code}: {ended.stderr.strip()[-600:]}")
    return [line.split("\t") for line in ended.stdout.splitlines()]


def report(checks, served, told):
    totals = {name: int(count) for kind, name, count, *_ in told if kind == "total"}
    explained = [row[1:] for row in told if row[0] == "explained"]
    unexplained = [row[1:] for row in told if row[0] == "unexplained"]
    print("\n| difference | fields | for example | why |\n|---|---|---|---|")
    for name, count, example, why in explained:
        print(f"| {name} | {count} | {example} | {why} |")
    print(flush=True)
    for row in (row for row in told if row[0] == "value"):
        checks.note(" | ".join(row[1:]))
    read = totals["messages"] + totals["unreadable by Angus"]
    checks.equal("the SDK read every message", served, read)
    checks.equal("messages that only Angus read", 0, totals["missing"])
    dropped = totals["unreadable by Angus"]
    checks.check("Angus dropped messages for invalid addresses only",
                 dropped == totals["dropped for an invalid address"] and totals["dropped for another reason"] == 0,
                 f"{dropped} that it could not read at all")
    differing = sum(int(row[1]) for row in explained)
    checks.none("every difference is explained", [f"{field}: {count}, first at {example}"
                                                  for field, count, example in unexplained],
                f"{totals['messages']} messages, {totals['fields']} fields, {totals['equal']} equal, "
                f"{differing} differ in {len(explained)} ways")
    checks.equal("fields equal and explained add up", totals["fields"] - sum(int(row[1]) for row in unexplained),
                 totals["equal"] + differing)


if __name__ == "__main__":
    session.run(__doc__, main, options)
