"""Measures how long `steadymail demo` takes to start and how much memory it holds, as a Markdown table."""
import os
import signal
import statistics
import time
from pathlib import Path

from lab import places, process, server, session

MIB = 1024


def options(parser):
    parser.add_argument("--runs", type=int, default=3, help="how often to start, fresh and again (default 3)")
    parser.add_argument("--settle", type=float, default=10, help="seconds from ready to the look at memory (default 10)")
    parser.add_argument("--java-opts", default="", help="flags for the server's JVM, as STEADYMAIL_JAVA_OPTS")


def main(options, checks, stack):
    server.prepare()
    user = server.users(stack)[0]
    rows = {"fresh folder": [], "started again": []}
    for number in range(options.runs):
        data = places.scratch(stack, "startup") / "data"
        for name in rows:
            rows[name].append(measured(checks, stack, user, data, options, f"{name}, run {number + 1}"))
    print_table(rows, options)


def measured(checks, stack, user, data, options, name):
    port, = places.free_ports(1)
    begun = time.monotonic()
    started = server.Server(stack, user, data, "demo", "--port", str(port), STEADYMAIL_JAVA_OPTS=options.java_opts)
    answer = started.ready()
    seconds = time.monotonic() - begun
    checks.check(f"{name}: ready", answer is not None, f"{seconds:.1f} s")
    if answer:
        server.get(answer["url"] + "/")
    process.until(lambda: not started.running.alive(), options.settle, pause=0.1)
    java = server.named(data, "java")
    memory = (sum(map(resident, java)), sum(map(proportional, server.family(data))))
    checks.check(f"{name}: ends", started.end(signal.SIGTERM).code is not None)
    return seconds, *memory


def resident(pid):
    """VmRSS in MiB."""
    return field(Path(f"/proc/{pid}/status"), "VmRSS:")


def proportional(pid):
    """PSS in MiB: pages that processes share are counted once over all of them."""
    return field(Path(f"/proc/{pid}/smaps_rollup"), "Pss:")


def field(path, name):
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith(name)) / MIB


def print_table(rows, options):
    print()
    print("| start | ready after, s | RSS of the JVM, MiB | PSS of JVM, PostgreSQL and Redis, MiB |")
    print("|---|---|---|---|")
    for name, runs in rows.items():
        print(f"| {name} | {' | '.join(spread(column) for column in zip(*runs))} |")
    print()
    print(f"{options.runs} runs each, median (smallest to largest); memory {options.settle:.0f} s after the ready line; "
          f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; "
          f"extra JVM flags: {options.java_opts or 'none'}.")
    print()


def spread(column):
    digits = 1 if max(column) < 100 else 0
    return f"{statistics.median(column):.{digits}f} ({min(column):.{digits}f} to {max(column):.{digits}f})"


if __name__ == "__main__":
    session.run(__doc__, main, options)
