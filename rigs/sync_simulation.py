"""Plays syncs in thousands of worlds where everything goes wrong, and bugs that are built in on purpose."""
import math
import re

from lab import places, process, session

# Tests by module, with the number of worlds' kinds that each plays: -Dsteadymail.runs says how many worlds of one kind.
MODULES = {"sdk-testkit": ("SyncSimulationTest", "SyncBugsTest"), "sdk-imap": ("ImapSyncSimulationTest", "ImapSyncBugsTest"),
           "sdk-gmail": ("GmailSyncSimulationTest",)}
KINDS = {"sdk-testkit": 3, "sdk-imap": 3, "sdk-gmail": 1}
BUGS = {"sdk-testkit": 3, "sdk-imap": 2, "sdk-gmail": 0}
CAUGHT_WITHIN = 200
SECONDS = 3 * 3600
PLAYED = re.compile(r"sync simulation, (.+): \{(.*)\}")
CAUGHT = re.compile(r"sync bug, (.+): caught with seed (\d+)")
AGAIN = re.compile(r"-Dsteadymail\.seed=\d+")


def options(parser):
    parser.add_argument("--seeds", type=int, default=10_000, help="worlds in all, split evenly over the kinds (default 10000)")
    parser.add_argument("--only", choices=list(MODULES), help="one module's kinds alone")
    parser.add_argument("--seed", type=int, help="plays this one seed of each kind, as a failed run printed it")
    parser.add_argument("--maven", nargs="*", default=[], help="further arguments for mvn, e.g. --maven=-o")


def main(options, checks, stack):
    modules = [options.only] if options.only else list(MODULES)
    each = 1 if options.seed is not None else math.ceil(options.seeds / sum(KINDS[module] for module in modules))
    played = sum(module_played(module, each, options, checks, stack) for module in modules)
    wanted = each * sum(KINDS[module] for module in modules)
    checks.equal("worlds in which the store became equal to the mailbox, and nothing else was wrong", wanted, played)


def module_played(module, each, options, checks, stack):
    running = process.Running(command(module, each, options), cwd=places.REPOSITORY)
    stack.callback(running.close)
    ended = running.wait(SECONDS)
    checks.check(f"{module}: no violation", ended.code == 0, f"{ended.seconds:.0f} s" if ended.code == 0 else reasons(ended))
    kinds = PLAYED.findall(ended.stdout)
    checks.equal(f"{module}: kinds of worlds played", KINDS[module], len(kinds))
    bugs = CAUGHT.findall(ended.stdout)
    checks.equal(f"{module}: bugs built in", BUGS[module], len(bugs))
    for bug, seed in bugs:
        checks.check(f"{bug}: caught within {CAUGHT_WITHIN} seeds", 0 < int(seed) <= CAUGHT_WITHIN, f"seed {seed}")
    return sum(counted(name, counts(figures), each, checks) for name, figures in kinds)


def counted(name, happened, each, checks):
    checks.equal(f"{name}: worlds", each, happened["seeds"])
    checks.note(f"{name}: " + ", ".join(f"{what} {count}" for what, count in happened.items()))
    return happened["seeds"]


def counts(figures):
    return {what: int(count) for what, count in (figure.split("=") for figure in figures.split(", "))}


def command(module, each, options):
    how = f"-Dsteadymail.runs={each}" if options.seed is None else f"-Dsteadymail.seed={options.seed}"
    return ["mvn", "-q", "-B", "-Dstyle.color=never", "-pl", module, "-am", "-Dquick", "test",
            f"-Dtest={','.join(MODULES[module])}", "-Dsurefire.failIfNoSpecifiedTests=false", how, *options.maven]


def reasons(ended):
    """How to play it again, and what was wrong."""
    output = ended.stdout + ended.stderr
    seed = AGAIN.search(output)
    wrong = [line for line in output.splitlines() if "AssertionError" in line or line.startswith("[ERROR]")]
    return f"exit {ended.code}; {seed[0] if seed else ''} {' '.join(wrong[:2])[:400]}"


if __name__ == "__main__":
    session.run(__doc__, main, options)
