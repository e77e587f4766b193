"""What the emulator's log says about the pace of requests: how many at once, how dense, what they cost, when none came.

Times are the emulator's, in milliseconds. A request arrives at `at` and is answered `ms` later.
"""
from dataclasses import dataclass

MINUTE_MS = 60_000
# Units of a project that is new in 2026, for what a mirror asks; independent of the client's own table.
UNITS = {"messages": 5, "labels": 1, "profile": 1, "history": 2}
MESSAGE_UNITS = 20


@dataclass(frozen=True)
class Silence:
    """A time in which nothing may arrive, from the answer that stated it to its end."""

    name: str
    start: int
    end: int

    def problem(self, entry):
        """How far inside a request came."""
        return f"{entry['path'][-30:]} {entry['at'] - self.start} ms into {self.end - self.start} ms ({self.name})"


def answered(entry):
    return entry["at"] + entry.get("ms", 0)


def stated_in_seconds(log):
    """The silences that a Retry-After in seconds stated; one that is a date is null in the log."""
    return [Silence(f"{entry['status']}, {entry['retryAfter']} s", answered(entry),
                    answered(entry) + 1000 * entry["retryAfter"])
            for entry in log if entry.get("retryAfter") is not None]


def intruders(log, silences, grace_ms):
    """Requests inside a silence; the grace covers those on their way when it was stated."""
    return [silence.problem(entry)
            for silence in silences for entry in log if silence.start + grace_ms < entry["at"] < silence.end]


def most_at_once(log):
    """The most requests that had arrived and were not answered."""
    steps = sorted([(entry["at"], 1) for entry in log] + [(answered(entry), -1) for entry in log])
    now = most = 0
    for _, step in steps:
        now += step
        most = max(most, now)
    return most


def most_within(log, window_ms, weight=lambda entry: 1):
    """The largest sum of weights that arrived in any window, wherever it begins."""
    entries = sorted(log, key=lambda entry: entry["at"])
    most = total = first = 0
    for entry in entries:
        total += weight(entry)
        while entries[first]["at"] <= entry["at"] - window_ms:
            total -= weight(entries[first])
            first += 1
        most = max(most, total)
    return most


def units(entry):
    what = entry["path"].split("/users/", 1)[1].split("/")
    return MESSAGE_UNITS if len(what) > 2 else UNITS[what[1]]


def pause_after(log, entry, grace_ms):
    """How long after an answer the next request arrived that was not on its way already; None where none did."""
    later = [other["at"] for other in log if other["at"] > answered(entry) + grace_ms]
    return min(later) - answered(entry) if later else None
