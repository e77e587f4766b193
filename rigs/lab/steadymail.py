"""The command under test: runs it, reads its report, and knows its exit codes."""
import json
import os
from dataclasses import dataclass, replace

from lab import places, process
from lab.checks import CannotRun
from lab.dovecot import PASSWORD

REPORT_KEYS = ["exit", "kind", "retryAt", "mode", "created", "updated", "destroyed", "recovered", "parked", "mailboxes",
               "requests", "retries", "throttledMs", "bytes", "elapsedMs"]
VERIFY_KEYS = ["exit", "kind", "retryAt", "emails", "files", "missing", "gone", "keywords", "mailboxes", "content",
               "unreadable", "file-missing", "file-damaged", "file-unnamed", "changing", "requests", "retries",
               "throttledMs", "bytes", "elapsedMs"]
DONE, FAULT, USAGE, CREDENTIALS, UNREACHED, PARKED, STORAGE, IN_USE, INTERRUPTED = 0, 1, 2, 3, 4, 5, 6, 7, 130


@dataclass(frozen=True)
class Run:
    """A finished run; report is None when standard output was not exactly one report line."""

    code: int | None
    stdout: str
    stderr: str
    seconds: float
    report: dict | None

    def figure(self):
        """What went wrong, in short, for a check that expected another end."""
        last = self.stderr.strip().splitlines()[-1:] or ["no message"]
        return f"exit {self.code} after {self.seconds:.1f} s: {last[0][:160]}"

    def __getitem__(self, key):
        return None if self.report is None else self.report[key]


def prepare():
    """The command builds itself on first use; that happens here, outside every measured run."""
    built = process.run([places.command_under_test()], 1200)
    if built.code != USAGE:
        raise CannotRun(f"steadymail without arguments ended with {built.code}: {built.stderr.strip()[-300:]}")


def environment(**secrets):
    """Our environment without settings of the command, plus the given secrets."""
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith("STEADYMAIL_") or name in ("STEADYMAIL_CLI", "STEADYMAIL_JAVA")}
    return {**kept, **secrets}


def start(arguments, **secrets):
    return process.Running([places.command_under_test(), *arguments], environment(**secrets))


def run(arguments, seconds=60, **secrets):
    running = start(arguments, **secrets)
    try:
        return finished(running, seconds)
    finally:
        running.close()


def mirror(account, folder, *options, seconds=300, **secrets):
    """`mirror ACCOUNT DIR --report json`; the password is Dovecot's unless secrets are given."""
    return run(mirror_arguments(account, folder, *options), seconds, **(secrets or {"STEADYMAIL_PASSWORD": PASSWORD}))


def verify(account, folder, *options, seconds=300, **secrets):
    """`mirror ACCOUNT DIR --verify --report json`; the report is the last line, after a line for each difference."""
    ran = mirror(account, folder, "--verify", *options, seconds=seconds, **secrets)
    last = ran.stdout.splitlines(keepends=True)[-1:]
    return replace(ran, report=report_of("".join(last), VERIFY_KEYS))


def mirror_arguments(account, folder, *options):
    return ["mirror", account, folder, "--report", "json", *options]


def finished(running, seconds):
    ended = running.wait(seconds)
    return Run(ended.code, ended.stdout, ended.stderr, ended.seconds, report_of(ended.stdout))


def report_of(stdout, keys=REPORT_KEYS):
    """The report, if standard output is exactly one line of JSON with the report's keys in their order."""
    if stdout.count("\n") != 1 or not stdout.endswith("\n"):
        return None
    try:
        pairs = json.loads(stdout, object_pairs_hook=lambda each: each)
    except ValueError:
        return None
    return dict(pairs) if isinstance(pairs, list) and [pair[0] for pair in pairs] == keys else None


def check_done(checks, name, run):
    """The run ended with 0 and its standard output is one report line that says the same."""
    checks.check(f"{name}: exit 0", run.code == DONE, f"{run.seconds:.1f} s" if run.code == DONE else run.figure())
    figure = json.dumps(run.report) if run.report else run.stdout[:200]
    return checks.check(f"{name}: standard output is the report line alone", run["exit"] == run.code, figure)
