"""Measures reading a Dovecot mailbox beside a plain socket, Angus Mail and imapflow, as Markdown and JSON."""
import contextlib
import json
import os
from pathlib import Path

from lab import contest, places, session, synced
from lab.checks import CannotRun
from lab.dovecot import Dovecot
from lab.imap import Client

PARTS = ("metadata", "bodies", "sync", "delay")


def options(parser):
    parser.add_argument("--count", type=int, default=20000, help="messages in the mailbox (default 20000)")
    parser.add_argument("--pairs", type=int, default=9, help="measured rounds of all contestants (default 9)")
    parser.add_argument("--warm-up", type=int, default=2, help="rounds before, not counted (default 2)")
    parser.add_argument("--seed", type=int, default=1, help="of the generated mail (default 1)")
    parser.add_argument("--max-kb", type=float, default=200, help="largest generated message (default 200)")
    parser.add_argument("--parts", nargs="+", default=PARTS, choices=PARTS, help=f"default {' '.join(PARTS)}")
    parser.add_argument("--tls", action="store_true", help="contestants and syncs go over TLS")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 20000],
                        help="mailboxes of the incremental sync (default 1000 20000; 200000 takes minutes)")
    parser.add_argument("--delay", type=int, default=40, help="milliseconds a round trip takes more (default 40)")
    parser.add_argument("--imapflow", default="2.10.2", help="version from npm; '' leaves it out (default 2.10.2)")
    parser.add_argument("--heap", default="3g", help="-Xms and -Xmx of the JVM (default 3g)")
    parser.add_argument("--no-build", action="store_true", help="takes the benchmarks as they were built before")
    parser.add_argument("--json", type=Path, help="file for every run and every ratio")


def main(options, checks, stack):
    if not options.no_build:
        contest.build()
    field = contest.Field(stack, Dovecot(stack), options)
    result = {"jdk": field.jdk(), "cores": os.cpu_count(), "loadBefore": os.getloadavg()[0], "tls": options.tls,
              "count": options.count, "seed": options.seed}
    if set(options.parts) != {"sync"}:
        fill(stack, field.dovecot, options)
    result["runs"] = {part: rounds(field, checks, part, options) for part in options.parts if part in contest.FIGURES}
    result["ratios"] = contest.report(checks, result["runs"], options.count)
    if "sync" in options.parts:
        result["sync"] = synced.incremental(checks, stack, field, options.sizes)
    if "delay" in options.parts:
        result["delay"] = synced.delayed(checks, stack, field, options)
    result["loadAfter"] = os.getloadavg()[0]
    print(f"{result['jdk']}; {result['cores']} cores, load {result['loadBefore']:.1f} before and "
          f"{result['loadAfter']:.1f} after; {'TLS' if options.tls else 'no TLS'}.\n")
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n", "utf-8")


def fill(stack, dovecot, options):
    """All messages in one INBOX; the warm-up builds Dovecot's cache."""
    client = Client(stack, dovecot.port)
    client.select("INBOX")
    dovecot.place("ada", "INBOX", dovecot.generate(places.scratch(stack, "gen"), options.count, options.seed,
                                                   max_kb=options.max_kb))
    if len(client.uids("INBOX")) != options.count:
        raise CannotRun("Dovecot does not see the generated messages")


def rounds(field, checks, part, options):
    """Every part has processes of its own, so that none is compiled for what the part before did."""
    with contextlib.ExitStack() as stack:
        return contest.rounds(field.contestants(stack, checks), part, options.warm_up, options.pairs)


if __name__ == "__main__":
    session.run(__doc__, main, options)
