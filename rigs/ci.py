"""Runs the bounded set of all rigs for CI, prints a table of every point with its figure, and counts."""
import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from lab import process

HERE = Path(__file__).parent
# Deadline in seconds of each rig, far above what it takes, so that a hung one ends.
DEADLINES = {"conformance": 900, "mirror_dovecot": 600, "mirror_corpus": 400, "gmail_corpus": 900, "kill": 600, "gaps": 600,
             "errors": 400, "guard": 500, "commands": 300, "doctor": 300, "watch": 300, "page": 400, "tour": 400, "demo": 900, "metrics": 300,
             "serve": 600, "serve_gmail": 600, "accounts": 300, "fuzz": 900, "imap_differential": 900,
             "mime": 600, "html_browser": 400, "send": 600, "threads": 400}


def main():
    options = arguments()
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(143))
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="sm-ci-run-") as folder:
        os.environ["RIG_RUN"] = folder
        rows = [row for rig in options.rigs for row in run(rig, options)]
    print_table(rows)
    failed = sum(not row["ok"] for row in rows)
    print(f"took {time.monotonic() - started:.0f} s")
    print(f"{len(rows) - failed} passed, {failed} failed")
    return 1 if failed or not rows else 0


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rigs", nargs="*", default=list(DEADLINES), metavar="RIG",
                        help=f"which rigs, default all: {' '.join(DEADLINES)}")
    parser.add_argument("--count", type=int, default=5000, help="messages in the generated mailbox (default 5000)")
    parser.add_argument("--kill-count", type=int, default=3000, help="messages for the kill rig (default 3000)")
    parser.add_argument("--seed", type=int, help="of the kill rig's thresholds (default: random, printed)")
    options = parser.parse_args()
    unknown = set(options.rigs) - set(DEADLINES)
    if unknown:
        parser.error(f"no such rig in the CI set: {' '.join(sorted(unknown))}")
    return options


def run(rig, options):
    """One rig in a process of its own; its output passes through, its rows come back."""
    print(f"== {rig}", flush=True)
    with tempfile.TemporaryDirectory(prefix="sm-ci-") as folder:
        results = Path(folder) / "rows.jsonl"
        code = end_of([sys.executable, HERE / f"{rig}.py", *settings(rig, options)], DEADLINES[rig], results)
        rows = [json.loads(line) for line in results.read_text("utf-8").splitlines()] if results.exists() else []
    if code not in (0, 1) or (code == 1 and all(row["ok"] for row in rows)):
        rows.append({"rig": rig, "check": "the rig ran to its end", "ok": False, "figure": f"exit {code}"})
    return rows


def settings(rig, options):
    if rig in ("mirror_dovecot", "serve"):
        return ["--count", str(options.count)]
    if rig == "kill":
        seed = [] if options.seed is None else ["--seed", str(options.seed)]
        return ["--count", str(options.kill_count), *seed]
    if rig == "gaps":
        return ["--count", "200", "--gmail-count", "60", "--kills", "4", "--gap-kills", "0"]
    if rig == "imap_differential":
        return ["--count", "2000"]
    if rig == "threads":
        return ["--mailboxes", "12", "--large", "1000"]
    if rig == "send":
        return ["--kills", "12", "--cuts", "30"]
    if rig == "fuzz":
        return ["--minutes", "1"]
    return []


def end_of(command, seconds, results):
    """The exit code; at the deadline the rig is told to end, so that it can end what it started."""
    child = subprocess.Popen(command, env={**os.environ, "RIG_RESULTS": str(results)}, stdin=subprocess.DEVNULL)
    try:
        return child.wait(seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        end(child)


def end(child):
    if child.poll() is None:
        child.terminate()
        if not process.until(lambda: child.poll() is not None, 60, pause=0.2):
            child.kill()
            child.wait(10)


def print_table(rows):
    print()
    width = max((len(row["check"]) for row in rows), default=0)
    for rig in dict.fromkeys(row["rig"] for row in rows):
        print(f"{rig}")
        for row in (row for row in rows if row["rig"] == rig):
            print(f"  {'PASS' if row['ok'] else 'FAIL'}  {row['check']:<{min(width, 70)}}  {shortened(row['figure'])}")
    print()


def shortened(figure):
    line = " ".join(figure.split())
    return line if len(line) <= 160 else line[:157] + "..."


if __name__ == "__main__":
    sys.exit(main())
