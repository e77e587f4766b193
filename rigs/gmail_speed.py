"""Measures reading the metadata of 500 messages from a slow server beside Google's client and OkHttp, as Markdown."""
import os
import statistics
from pathlib import Path

from lab import contest, process, session
from lab.asked import Asked

NAMES = ("official", "official-batch", "okhttp", "steadymail")
MESSAGES = 500
BAR = 1.3


def options(parser):
    parser.add_argument("--delays", type=int, nargs="+", default=[0, 20, 80], metavar="MS",
                        help="of the server, for a request of any size (default 0 20 80)")
    parser.add_argument("--pairs", type=int, default=9, help="measured rounds of all contestants (default 9)")
    parser.add_argument("--warm-up", type=int, default=3, help="rounds before, not counted (default 3)")
    parser.add_argument("--slow-pairs", type=int, default=2,
                        help="rounds in which Google's client goes one by one where that takes seconds (default 2)")
    parser.add_argument("--no-build", action="store_true", help="takes the benchmarks as they were built before")


def main(options, checks, stack):
    if not options.no_build:
        contest.build()
    server = java(stack, "SlowServer")
    port = server.ask("delay", 0)["port"]
    client = java(stack, "GmailSpeed", port)
    print(f"{process.run([command(), '-version'], 20).stderr.splitlines()[0]}; {os.cpu_count()} cores, "
          f"load {os.getloadavg()[0]:.1f}\n")
    for delay in options.delays:
        server.ask("delay", delay)
        report(checks, delay, rounds(server, client, options, delay))


def command():
    home = os.environ.get("JAVA_HOME")
    return Path(home) / "bin" / "java" if home else "java"


def java(stack, name, *arguments):
    return Asked(stack, name, [command(), "-Xms512m", "-Xmx1g", "-Dslf4j.internal.verbosity=ERROR",
                               # The JDK's server waits for acknowledgements otherwise, 40 ms each.
                               "-Dsun.net.httpserver.nodelay=true", "-cp", contest.JAR,
                               f"dev.steadymail.benchmarks.gmail.{name}", *arguments])


def rounds(server, client, options, delay):
    """What each run took and asked for, by contestant; the order within a round turns from one round to the next."""
    runs = {name: [] for name in NAMES}
    for number in range(options.warm_up + options.pairs):
        turn = number % len(NAMES)
        for name in NAMES[turn:] + NAMES[:turn]:
            measured = number - options.warm_up
            if name == "official" and delay and not 0 <= measured < options.slow_pairs:
                continue
            run = client.ask(name) | server.ask("count")
            if measured >= 0:
                runs[name].append(run)
    return runs


def report(checks, delay, runs):
    print(f"| {delay} ms | seconds | requests | parts | octets a message |\n|---|---|---|---|---|", flush=True)
    for name, each in runs.items():
        seconds = [run["seconds"] for run in each]
        asked = sorted({(run["requests"], run["parts"]) for run in each})
        octets = round(statistics.median(run["octets"] for run in each) / MESSAGES)
        print(f"| {name} | {contest.spread(seconds)} | {' or '.join(str(one[0]) for one in asked)} | "
              f"{' or '.join(str(one[1]) for one in asked)} | {octets} |", flush=True)
        checks.none(f"{delay} ms: {name} read every message",
                    [run["messages"] for run in each if run["messages"] != MESSAGES], MESSAGES)
        once = [run for run in each if run["parts"] + (run["requests"] if run["parts"] == 0 else 0) != MESSAGES]
        checks.none(f"{delay} ms: {name} asked for each message once", once, MESSAGES)
    best = [min(runs[name][number]["seconds"] for name in NAMES if name != "steadymail" and number < len(runs[name]))
            for number in range(len(runs["steadymail"]))]
    ratios = [run["seconds"] / other for run, other in zip(runs["steadymail"], best)]
    checks.check(f"{delay} ms: seconds, steadymail to the best of the others in each round, at most {BAR}",
                 statistics.median(ratios) <= BAR, contest.spread(ratios))


if __name__ == "__main__":
    session.run(__doc__, main, options)
