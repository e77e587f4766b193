"""The frame of every rig: options, signals, clean-up in reverse order, totals, exit code."""
import argparse
import contextlib
import imaplib
import signal
import subprocess
import sys
import time
from pathlib import Path

from lab.checks import CannotRun, Checks


def run(doc, main, options=lambda parser: None):
    """Runs main(options, checks, stack) and exits with 0 when every check passed.

    What main enters on the stack is left in reverse order, also after a failure, SIGINT or SIGTERM.
    """
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    options(parser)
    arguments = parser.parse_args()
    _orderly_signals()
    checks = Checks(Path(sys.argv[0]).stem)
    started = time.monotonic()
    try:
        with contextlib.ExitStack() as stack:
            main(arguments, checks, stack)
    except (CannotRun, OSError, subprocess.SubprocessError, imaplib.IMAP4.error) as problem:
        checks.check("the rig ran to its end", False, f"{type(problem).__name__}: {problem}")
    checks.note(f"took {time.monotonic() - started:.1f} s")
    sys.exit(checks.totals())


def _orderly_signals():
    # A shell without job control hands down SIGINT ignored, and the JVM would then ignore it too.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(143))
