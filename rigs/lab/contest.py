"""Who reads the mailbox, in turn and round after round, and how they compare within a round."""
import os
import statistics
from pathlib import Path

from lab import places, process
from lab.asked import Asked
from lab.checks import CannotRun
from lab.dovecot import PASSWORD

JAR = places.REPOSITORY / "benchmarks" / "target" / "steadymail-benchmarks.jar"
# (part, figure, contestant, other, bar, whether at least the bar or at most it)
BARS = [("metadata", "messages/s", "steadymail", "raw", 0.4, "at least"),
        ("metadata", "messages/s", "steadymail", "angus", 2.5, "at least"),
        ("metadata", "messages/s", "steadymail", "imapflow", None, ""),
        ("metadata", "allocated MB", "steadymail", "angus", 0.35, "at most"),
        ("bodies", "MB/s", "steadymail", "raw", 0.5, "at least"),
        ("bodies", "MB/s", "steadymail", "angus", None, ""),
        ("bodies", "MB/s", "steadymail", "imapflow", 1, "at least"),
        ("bodies", "allocated bytes per byte", "steadymail", None, 1.3, "at most")]
FIGURES = {"metadata": ("seconds", "messages/s", "CPU s", "allocated MB", "wire MB", "commands"),
           "bodies": ("seconds", "MB/s", "CPU s", "allocated bytes per byte", "wire MB", "commands")}


def build():
    """Each time, or once in a run of `ci`: a benchmark of an engine that was built last week looks just like one of today's."""
    once = os.environ.get("RIG_RUN")
    done = Path(once) / "benchmarks-built" if once else None
    if done and done.exists():
        return
    built = process.run(["mvn", "-q", "-B", "-Dstyle.color=never", "-Dquick", "-Dmaven.test.skip=true",
                         "-pl", "benchmarks", "-am", "package"], 900, cwd=places.REPOSITORY)
    if built.code != 0:
        raise CannotRun(f"the benchmarks could not be built: {(built.stdout + built.stderr).strip()[-300:]}")
    if done:
        done.touch()


class Field:
    """The server and the processes that read from it."""

    def __init__(self, stack, dovecot, options):
        self.dovecot, self._stack, self._options = dovecot, stack, options
        self._port = dovecot.tls_port if options.tls else dovecot.port
        self._tls = [dovecot.certificate] if options.tls else []
        home = os.environ.get("JAVA_HOME")
        self._java = Path(home) / "bin" / "java" if home else "java"
        self._npm = None
        if not JAR.exists():
            raise CannotRun(f"{JAR} is missing; leave out --no-build")

    def jdk(self):
        return process.run([self._java, "-version"], 20).stderr.splitlines()[0]

    def java(self, stack, user="ada"):
        heap = self._options.heap
        return Asked(stack, "the JVM", [self._java, f"-Xms{heap}", f"-Xmx{heap}", "-Dslf4j.internal.verbosity=ERROR",
                                        "-cp", JAR, "dev.steadymail.benchmarks.imap.ImapSpeed", self._port, user,
                                        *self._tls], STEADYMAIL_PASSWORD=PASSWORD)

    def contestants(self, stack, checks):
        """By name, each as a function of the part that it is to read: one JVM for three, Node for the fourth."""
        jvm = self.java(stack)
        asked = {name: lambda part, name=name: jvm.ask(part, name) for name in ("raw", "angus", "steadymail")}
        if self._options.imapflow and self._installed(checks):
            script = places.REPOSITORY / "rigs" / "lab" / "imapflow_speed.mjs"
            asked["imapflow"] = Asked(stack, "imapflow", ["node", script, self._npm, self._port, "ada", *self._tls],
                                      STEADYMAIL_PASSWORD=PASSWORD).ask
        return asked

    def _installed(self, checks):
        """False, with a note, where npm cannot get it."""
        if self._npm is None:
            folder = places.scratch(self._stack, "npm")
            try:
                got = process.run(["npm", "install", "--prefix", folder, "--no-audit", "--no-fund", "--ignore-scripts",
                                   f"imapflow@{self._options.imapflow}"], 180)
                problem = None if got.code == 0 else got.stderr.strip()[-200:]
            except OSError as missing:
                problem = str(missing)
            if problem:
                checks.note(f"WITHOUT imapflow, npm could not get it: {problem}")
                return False
            self._npm = folder
        return True


def rounds(contestants, part, warm_up, pairs):
    """The measured runs of each contestant, by its name; the order within a round turns from one round to the next."""
    names, runs = list(contestants), {name: [] for name in contestants}
    for number in range(warm_up + pairs):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            run = contestants[name](part)
            label = f"round {number + 1 - warm_up}" if number >= warm_up else "warm-up"
            print(f"      {part}, {label}: {name} {run['seconds']:.2f} s", flush=True)
            if number >= warm_up:
                runs[name].append(run)
    return runs


def report(checks, runs, count):
    """Checks that all read the same, prints the tables and returns the ratios."""
    for part, each in runs.items():
        complete(checks, part, each, count)
        table(part, each)
        paced(checks, part, each["steadymail"])
    return compared(checks, runs) if runs else []


def complete(checks, part, runs, count):
    messages = {(name, run["messages"]) for name, each in runs.items() for run in each}
    checks.none(f"{part}: everyone read every message", sorted(each for each in messages if each[1] != count), count)
    sizes = {(name, run["contentBytes"]) for name, each in runs.items() for run in each}
    expected = runs["raw"][0]["contentBytes"]
    others = sorted(each for each in sizes if each[1] != expected)
    checks.none(f"{part}: everyone read the same octets", others, expected)
    missed = sum(run.get("threadsMissed", 0) for each in runs.values() for run in each)
    checks.check(f"{part}: no thread ended with its allocation uncounted", missed == 0, missed)


def paced(checks, part, runs):
    waited = statistics.median(run["waitedSeconds"] for run in runs)
    checks.note(f"{part}: the guard's default limits of IMAP accounts held steadymail's requests back by "
                f"{waited:.3f} s in all (median; requests side by side are added up)")


def compared(checks, runs):
    print("\n| part | ratio | median (least to greatest) | bar |\n|---|---|---|---|", flush=True)
    ratios = [ratio(runs, *bar) for bar in BARS if bar[0] in runs and {bar[2], bar[3] or bar[2]} <= set(runs[bar[0]])]
    for each in ratios:
        bar = "none" if each["bar"] is None else f"{each['way']} {each['bar']}"
        print(f"| {each['part']} | {each['name']} | {spread(each['values'])} | {bar} |", flush=True)
    print(flush=True)
    for each in ratios:
        if each["bar"] is not None:
            ok = each["median"] >= each["bar"] if each["way"] == "at least" else each["median"] <= each["bar"]
            checks.check(f"{each['part']}: {each['name']} {each['way']} {each['bar']}", ok, f"{each['median']:.2f}")
    return ratios


def ratio(runs, part, figure, contestant, other, bar, way):
    """One value per round; where there is no other, the figure itself is meant."""
    own = [value(run, figure) for run in runs[part][contestant]]
    others = [value(run, figure) for run in runs[part][other]] if other else [1] * len(own)
    values = [mine / theirs for mine, theirs in zip(own, others)]
    name = f"{figure}, {contestant} to {other}" if other else f"{figure}, {contestant}"
    return {"part": part, "name": name, "values": values, "median": statistics.median(values), "bar": bar, "way": way}


def value(run, figure):
    """None where the contestant does not tell."""
    if figure == "allocated bytes per byte":
        return run["allocatedBytes"] / run["contentBytes"] if "allocatedBytes" in run else None
    if figure == "commands":
        return run["commands"] if run["commands"] >= 0 else None
    return {"seconds": lambda: run["seconds"], "CPU s": lambda: run["cpuSeconds"],
            "messages/s": lambda: run["messages"] / run["seconds"],
            "MB/s": lambda: run["contentBytes"] / 1e6 / run["seconds"],
            "allocated MB": lambda: run["allocatedBytes"] / 1e6 if "allocatedBytes" in run else None,
            "wire MB": lambda: run["wireBytes"] / 1e6}[figure]()


def table(part, runs):
    print(f"\n| {part} | " + " | ".join(FIGURES[part]) + " |\n" + "|---" * (len(FIGURES[part]) + 1) + "|")
    for name, each in runs.items():
        cells = ([value(run, figure) for run in each] for figure in FIGURES[part])
        print(f"| {name} | " + " | ".join("not told" if None in cell else spread(cell) for cell in cells) + " |")


def spread(values):
    """The median and, in brackets, the bounds where they differ."""
    digits = 0 if max(values) >= 100 or all(isinstance(each, int) for each in values) else 2
    least, median, most = (f"{each:,.{digits}f}" for each in (min(values), statistics.median(values), max(values)))
    return median if least == most else f"{median} ({least} to {most})"
