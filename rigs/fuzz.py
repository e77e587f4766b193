"""Plays randomly damaged responses to the IMAP module's reader for some minutes, in a small heap."""
import random
import re
import time
from dataclasses import dataclass

from lab import places, process, session

MODULE, TEST = "sdk-imap", "MutatedResponsesTest"
HEAP_MB = 64
GROWTH = 4 << 20  # octets; a reader that kept one octet of each input would pass it within two minutes
BUILD_SECONDS = 600  # to the first line
SILENT_SECONDS = 180  # from line to line, of which one comes each minute
LINE = re.compile(r"fuzz: seconds=(\d+) inputs=(\d+) next=(\d+) heap=(\d+)")


@dataclass(frozen=True)
class Progress:
    """What the test told: seconds and inputs so far, the seed of the next input, octets in use after a collection."""

    seconds: int
    inputs: int
    seed: int
    heap: int

    def figure(self):
        return f"{self.seconds} s, {self.inputs} inputs, next seed {self.seed}, heap {self.heap / 2**20:.1f} MiB"


def options(parser):
    parser.add_argument("--minutes", type=int, default=30, help="how long to play (default 30)")
    parser.add_argument("--seed", type=int, help="of the first input, the next ones count up (default: random, printed)")
    parser.add_argument("--maven", nargs="*", default=[], help="further arguments for mvn, e.g. --maven=-o")


def main(options, checks, stack):
    seed = random.randrange(1 << 48) if options.seed is None else options.seed
    checks.note(f"seed {seed}")
    running = process.Running(command(options, seed), cwd=places.REPOSITORY)
    stack.callback(running.close)
    follow(running, checks)
    ended = running.wait(0 if running.alive() else 10)
    told = lines(ended.stdout)
    checks.check("no input failed, none hung", ended.code == 0, figure(ended, told))
    checks.check(f"played for {options.minutes} minutes", told and told[-1].seconds >= 60 * options.minutes,
                 f"{told[-1].inputs} inputs" if told else "nothing was told")
    if told:
        grown = max(each.heap for each in told) - told[0].heap
        checks.check(f"heap of {HEAP_MB} MB, after a collection", grown < GROWTH,
                     f"{told[0].heap} octets at first, grown by {grown} at most, limit {GROWTH}")


def command(options, seed):
    return ["mvn", "-q", "-B", "-Dstyle.color=never", "-pl", MODULE, "-am", "-Dquick", "test", f"-Dtest={TEST}",
            "-Dsurefire.failIfNoSpecifiedTests=false", f"-Dtest.jvm.flags=-Xmx{HEAP_MB}m",
            f"-Dsteadymail.seed={seed}", f"-Dsteadymail.minutes={options.minutes}", *options.maven]


def follow(running, checks):
    """Shows each line once; returns at the end, or when none came for too long."""
    shown, last = 0, time.monotonic()
    while running.alive() and time.monotonic() - last < (SILENT_SECONDS if shown else BUILD_SECONDS):
        for progress in lines(running.output())[shown:]:
            checks.note(progress.figure())
            shown, last = shown + 1, time.monotonic()
        process.until(lambda: not running.alive(), 1, pause=0.2)


def lines(output):
    return [Progress(*map(int, found)) for found in LINE.findall(output)]


def figure(ended, told):
    """The last line, or how to play what failed again, or why nothing was played."""
    if ended.code == 0:
        return told[-1].figure() if told else "nothing was told"
    after = told[-1].figure() if told else f"{ended.seconds:.0f} s, before the first line"
    return f"exit {ended.code} after {after}; {' '.join(reasons(ended.stdout + ended.stderr))[:400]}"


def reasons(output):
    seed = re.search(r"-Dsteadymail\.seed=\d+ -Dsteadymail\.runs=1", output)
    if not seed:
        return [line for line in output.splitlines() if line.startswith("[ERROR]")][:2]
    return [seed[0], *re.findall(r"^Caused by: .*", output, re.MULTILINE)[:1]]


if __name__ == "__main__":
    session.run(__doc__, main, options)
