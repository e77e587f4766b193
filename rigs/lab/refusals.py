"""What every unhappy run must fulfil: the exit code, one clear line, clean output, no secret, a valid folder."""
import re

from lab import mirrored, steadymail

KINDS = {"THROTTLED", "CONCURRENCY", "UNAVAILABLE", "NETWORK", "TIMEOUT", "DEADLINE", "AUTH", "REAUTH_REQUIRED",
         "FORBIDDEN", "NOT_FOUND", "CONFLICT", "INVALID", "TOO_LARGE", "UNSUPPORTED", "CURSOR_EXPIRED", "PROTOCOL",
         "STORAGE", "CANCELLED", "CIRCUIT_OPEN", "QUEUE_FULL"}
TRACE = re.compile(r"Exception|Throwable|\tat |^\s+at \S+\(", re.MULTILINE)
ERROR_LINE = re.compile(r"(steadymail|error): ", re.IGNORECASE)


def check_refused(checks, name, run, exit_code, folder, secret, kinds=None):
    """Checks one run that could not do its work. Wrong usage (2) has no report, every other end has."""
    lines = error_lines(run.stderr)
    checks.check(f"{name}: exit {exit_code}", run.code == exit_code, run.figure())
    checks.check(f"{name}: one error line, no stack trace", len(lines) == 1 and not TRACE.search(run.stderr),
                 f"{len(lines)} error lines" if len(lines) != 1 or TRACE.search(run.stderr) else lines[0][:200])
    figure = run.stdout[:120].strip() or "empty"
    checks.check(f"{name}: standard output is clean", _output_is_clean(run, exit_code), figure)
    if run.report:
        checks.check(f"{name}: report has a kind", run["kind"] in (kinds or KINDS), run["kind"])
    checks.none(f"{name}: the secret is nowhere", leaks(run, folder, secret))
    if folder is not None and folder.is_dir():
        checks.none(f"{name}: the folder is valid", mirrored.valid(folder))


def error_lines(stderr):
    """The lines that report an error: those with the command's prefix, or else every line."""
    lines = [line for line in stderr.splitlines() if line.strip()]
    return [line for line in lines if ERROR_LINE.match(line)] or lines


def leaks(run, folder, secret):
    places = [stream for stream, text in (("stdout", run.stdout), ("stderr", run.stderr)) if secret in text]
    return places + (mirrored.holds(folder, secret) if folder is not None and folder.is_dir() else [])


def _output_is_clean(run, exit_code):
    if run.stdout == "":
        return exit_code == steadymail.USAGE
    return run["exit"] == exit_code
