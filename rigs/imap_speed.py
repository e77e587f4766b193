"""Measures reading a Dovecot mailbox beside a plain socket, Angus Mail and imapflow, as Markdown and JSON."""
import json
import os
from pathlib import Path

from lab import contest, places, process, session, synced
from lab.asked import Asked
from lab.checks import CannotRun
from lab.dovecot import PASSWORD, Dovecot
from lab.imap import Client

JAR = places.REPOSITORY / "benchmarks" / "target" / "steadymail-benchmarks.jar"
CONTESTANTS = ("raw", "angus", "imapflow", "steadymail")
PARTS = ("metadata", "bodies", "sync", "delay")


def options(parser):
    parser.add_argument("--count", type=int, default=20000, help="messages in the mailbox (default 20000)")
    parser.add_argument("--pairs", type=int, default=9, help="measured rounds of all contestants (default 9)")
    parser.add_argument("--warm-up", type=int, default=2, help="rounds before, not counted (default 2)")
    parser.add_argument("--seed", type=int, default=1, help="of the generated mail (default 1)")
    parser.add_argument("--max-kb", type=float, default=200, help="largest generated message (default 200)")
    parser.add_argument("--parts", nargs="+", default=PARTS, choices=PARTS, help=f"default {' '.join(PARTS)}")
    parser.add_argument("--tls", action="store_true", help="contestants and syncs go over TLS")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 20000], help="mailboxes of the incremental sync "
                        "(default 1000 20000; 200000 takes minutes)")
    parser.add_argument("--delay", type=int, default=40, help="milliseconds a round trip takes more (default 40)")
    parser.add_argument("--imapflow", default="2.10.2", help="version from npm; '' leaves it out (default 2.10.2)")
    parser.add_argument("--heap", default="3g", help="-Xms and -Xmx of the JVM (default 3g)")
    parser.add_argument("--no-build", action="store_true", help="takes the benchmarks as they were built before")
    parser.add_argument("--json", type=Path, help="file for every run and every ratio")


def main(options, checks, stack):
    build(options)
    dovecot = Dovecot(stack)
    result = {"machine": machine(), "count": options.count, "tls": options.tls, "jdk": jdk()}
    if {"metadata", "bodies", "delay"} & set(options.parts):
        fill(stack, dovecot, options)
    runs = {}
    for part in ("metadata", "bodies"):
        if part in options.parts:
            runs[part] = contest.rounds(contestants(stack, dovecot, options, checks), part, options)
    result["runs"], result["ratios"] = runs, contest.report(checks, runs, options)
    if "sync" in options.parts:
        result["sync"] = synced.incremental(checks, stack, dovecot, options, java)
    if "delay" in options.parts:
        result["delay"] = synced.delayed(checks, stack, java(stack, dovecot, options, "ada"), options)
    result["load"] = os.getloadavg()[0]
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n", "utf-8")


def build(options):
    """Each time, since a benchmark of an engine that was built last week looks just like one of today's."""
    if options.no_build:
        if not JAR.exists():
            raise CannotRun(f"{JAR} is missing; leave out --no-build")
        return
    built = process.run(["mvn", "-q", "-B", "-Dstyle.color=never", "-Dquick", "-Dmaven.test.skip=true",
                         "-pl", "benchmarks", "-am", "package"], 900, cwd=places.REPOSITORY)
    if built.code != 0:
        raise CannotRun(f"the benchmarks could not be built: {(built.stdout + built.stderr).strip()[-300:]}")


def fill(stack, dovecot, options):
    """All messages in one INBOX, its index and cache built by the first reader."""
    client = Client(stack, dovecot.port)
    client.select("INBOX")
    dovecot.place("ada", "INBOX", dovecot.generate(places.scratch(stack, "gen"), options.count, options.seed,
                                                   max_kb=options.max_kb))
    if len(client.uids("INBOX")) != options.count:
        raise CannotRun("Dovecot does not see the generated messages")


def contestants(stack, dovecot, options, checks):
    """Each with what answers for it: one JVM for three, Node for the fourth."""
    jvm, node = java(stack, dovecot, options, "ada"), imapflow(stack, dovecot, options, checks)
    return {name: (jvm, ("{part}", name)) for name in CONTESTANTS if name != "imapflow"} | (
        {"imapflow": (node, ("{part}",))} if node else {})


def java(stack, dovecot, options, user):
    port = dovecot.tls_port if options.tls else dovecot.port
    arguments = [port, user, *([dovecot.certificate] if options.tls else [])]
    command = [java_command(), f"-Xms{options.heap}", f"-Xmx{options.heap}", "-Dslf4j.internal.verbosity=ERROR", "-cp",
               JAR, "dev.steadymail.benchmarks.imap.ImapSpeed", *arguments]
    return Asked(stack, "the JVM", command, STEADYMAIL_PASSWORD=PASSWORD)


def java_command():
    home = os.environ.get("JAVA_HOME")
    return Path(home) / "bin" / "java" if home else "java"


def imapflow(stack, dovecot, options, checks):
    """None, and a note, where npm has none."""
    if not options.imapflow:
        return None
    folder = places.scratch(stack, "npm")
    got = process.run(["npm", "install", "--prefix", folder, "--no-audit", "--no-fund", "--ignore-scripts",
                       f"imapflow@{options.imapflow}"], 180)
    if got.code != 0:
        checks.note(f"without imapflow, npm could not get it: {got.stderr.strip()[-200:]}")
        return None
    port = dovecot.tls_port if options.tls else dovecot.port
    script = places.REPOSITORY / "rigs" / "lab" / "imapflow_speed.mjs"
    return Asked(stack, "imapflow", ["node", script, folder, port, "ada",
                                     *([dovecot.certificate] if options.tls else [])], STEADYMAIL_PASSWORD=PASSWORD)


def machine():
    return f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start"


def jdk():
    return process.run([java_command(), "-version"], 20).stderr.splitlines()[0]


if __name__ == "__main__":
    session.run(__doc__, main, options)
