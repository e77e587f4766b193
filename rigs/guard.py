"""Mirrors Gmail through throttles, resets and cut answers all at once, then through its quota, and watches the pace."""
import email.utils
import time
from collections import Counter
from datetime import datetime, timezone

from lab import arrivals, gmail, mirrored, places, process, session, steadymail
from lab.checks import CannotRun
from lab.emulator import TOKEN, USER, Emulator

# The preset for Gmail of 2026.
AT_ONCE, A_SECOND, UNITS_A_MINUTE = 3, 10, 6000
EMULATED = {"units-per-minute": UNITS_A_MINUTE, "concurrency": 5, "latency-ms": 250}
UNLIMITED = {"units-per-minute": 0, "concurrency": 0, "latency-ms": 0}
# What was on its way already when a throttle was stated may arrive so long after.
GRACE_MS = 250
# Without a stated time the first throttle lasts so long.
UNSTATED_MS = 30_000

ONE, LISTS = "/messages/", "/messages$"
TOO_MANY = {"status": 429, "message": "Too many concurrent requests for user"}
# Planted before the run; `skip` counts requests for single messages, so that each comes at a time of its own.
PLANTED = [
    {"path": "/labels$", "status": 503},
    {"path": LISTS, "reset": True},
    {"path": LISTS, "truncateAt": 40},
    {"path": ONE, "skip": 10, "status": 429, "retryAfter": 3, "count": 3},
    {"path": ONE, "skip": 30, "status": 503, "count": 2},
    {"path": ONE, "skip": 45, "reset": True, "count": 2},
    {"path": ONE, "skip": 60, "resetAfter": True, "count": 2},
    {"path": ONE, "skip": 75, "truncateAt": 200, "count": 2},
    {"path": ONE, "skip": 90, "status": 429, "retryAfter": 3},
    {"path": ONE, "skip": 110, "status": 403, "reason": "userRateLimitExceeded", "retryAfter": 2},
    {"path": ONE, "skip": 125, "status": 403, "reason": "userRateLimitExceeded"},
    {"path": ONE, "skip": 140, "status": 503, "retryAfter": 2},
    {"path": ONE, "skip": 155, "status": 429, "retryAfter": 3, "count": 2},
    {"path": ONE, "skip": 220, **TOO_MANY},
]
# Planted during the run, after so many requests: these state an instant, 4 to 5 seconds ahead.
IN_TEXT_AFTER, AS_DATE_AFTER = 185, 205


def options(parser):
    parser.add_argument("--count", type=int, default=250, help="messages of the run with faults, 250 or more")
    parser.add_argument("--quota-count", type=int, default=340,
                        help="messages of the run through the quota (default 340)")
    parser.add_argument("--only", choices=["faults", "quota"], help="one of the two runs")


def main(options, checks, stack):
    steadymail.prepare()
    if options.only != "quota":
        through_faults(Rig(checks, stack, "faults", options.count))
    if options.only != "faults":
        through_quota(Rig(checks, stack, "quota", options.quota_count))


class Rig:
    """One emulated mailbox, one mirror of it, and what the emulator saw."""

    def __init__(self, checks, stack, name, count):
        self.checks, self.stack, self.name, self.count = checks, stack, name, count
        self.emulator = Emulator(stack, generate=count)
        self.emulator.post("/_test/limits", EMULATED)
        self.emulator.clear_log()
        self.folder = places.scratch(stack, "guard") / "ada"

    def start(self):
        arguments = steadymail.mirror_arguments(self.emulator.account, self.folder)
        running = steadymail.start(arguments, STEADYMAIL_TOKEN=TOKEN)
        self.stack.callback(running.close)
        return running

    def finished(self, running):
        run = steadymail.finished(running, 1000)
        steadymail.check_done(self.checks, self.name, run)
        seen = self.emulator.requests()
        self.checks.check(f"{self.name}: requests is the number of HTTP requests", seen == run["requests"],
                          f"server saw {seen}, report {run['requests']}")
        log = [entry for entry in self.emulator.log() if entry.get("user") == USER]
        if not log:
            raise CannotRun(f"mirror made no request; it said {run.figure()}")
        return run, log

    def paced(self, log):
        """Limits of the preset, as far as they can be told from outside: what has started may arrive later."""
        self.checks.check(f"{self.name}: requests in flight at most {AT_ONCE}",
                          arrivals.most_at_once(log) <= AT_ONCE, arrivals.most_at_once(log))
        for seconds in (1, 3, 10):
            most = arrivals.most_within(log, 1000 * seconds)
            limit = A_SECOND * seconds + AT_ONCE
            self.checks.check(f"{self.name}: in any {seconds} s no more than {A_SECOND} started a second",
                              most <= limit, f"{most} arrived, {limit} with those already in flight")
        most = arrivals.most_within(log, arrivals.MINUTE_MS, arrivals.units)
        self.checks.check(f"{self.name}: units in any minute at most {UNITS_A_MINUTE}", most <= UNITS_A_MINUTE, most)

    def equal(self):
        self.emulator.faults()
        self.emulator.post("/_test/limits", UNLIMITED)
        served = gmail.Account(self.emulator).served()
        mirror = mirrored.Mirror(self.folder)
        mirrored.check_rows(self.checks, f"{self.name}: equal to what the API serves", gmail.rows(served),
                            mirror.rows())
        self.checks.equal(f"{self.name}: emails", self.count, len(mirror.emails))
        self.checks.none(f"{self.name}: the same threads", gmail.thread_problems(served, mirror))
        mirrored.check_layout(self.checks, self.name, mirror)


# Faults

def through_faults(rig):
    planted = [{"count": 1, **fault} for fault in PLANTED]
    rig.emulator.faults(*planted)
    running = rig.start()
    stated = [plant_in_text(rig, running), plant_as_date(rig, running)]
    planted += [fault for fault, _ in stated]
    run, log = rig.finished(running)
    if not happened(rig, planted, log):
        return
    silent(rig, log, [found(log, fault, planted_at, end) for fault, (planted_at, end) in stated])
    fewer_at_once(rig, log)
    rig.paced(log)
    rig.checks.equal(f"{rig.name}: retries", sum(fault["count"] for fault in planted), run["retries"])
    rig.equal()


def plant_in_text(rig, running):
    end = datetime.fromtimestamp(ahead(rig, running, IN_TEXT_AFTER) + 4, timezone.utc)
    text = end.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return plant(rig, int(1000 * end.timestamp()), status=429, reason="userRateLimitExceeded",
                 message=f"User-rate limit exceeded.  Retry after {text}")


def plant_as_date(rig, running):
    end = int(ahead(rig, running, AS_DATE_AFTER)) + 5
    return plant(rig, 1000 * end, status=503, headers={"retry-after": email.utils.formatdate(end, usegmt=True)})


def ahead(rig, running, requests):
    """Waits until so many requests were made; the time then."""
    process.until(lambda: rig.emulator.get("/_test/stats")["requests"] >= requests or not running.alive(), 200, 0.05)
    return time.time()


def plant(rig, end, **fault):
    planted_at = int(1000 * time.time())
    fault = {"path": ONE, "count": 1, **fault}
    rig.emulator.post("/_test/faults", fault)
    return fault, (planted_at, end)


def happened(rig, planted, log):
    left = [fault for fault in rig.emulator.get("/_test/faults") if fault["count"]]
    rig.checks.none(f"{rig.name}: every planted fault was used", left, f"{len(planted)} kinds")
    rig.checks.equal(f"{rig.name}: faults that happened", sum(fault["count"] for fault in planted),
                     rig.emulator.get("/_test/stats")["faults"])
    expected = Counter()
    for fault in planted:
        expected[status(fault)] += fault["count"]
    met = Counter(entry["status"] for entry in log)
    del met[200], expected[200]
    return rig.checks.equal(f"{rig.name}: no refusals but the planted", dict(expected), dict(met))


def status(fault):
    return fault.get("status") or (200 if "truncateAt" in fault else "reset")


def found(log, fault, planted_at, end):
    """The silence that an answer stated with an instant; it is the first answer of its kind after it was planted."""
    entry = next(entry for entry in log if entry["at"] >= planted_at and entry["status"] == fault["status"]
                 and entry.get("retryAfter") is None)
    return arrivals.Silence(f"{entry['status']}, an instant", arrivals.answered(entry), end)


def silent(rig, log, instants):
    stated = arrivals.stated_in_seconds(log) + instants
    rig.checks.equal(f"{rig.name}: throttles with a stated time, all of them ahead", 10,
                     sum(silence.end > silence.start + 1000 for silence in stated))
    rig.checks.none(f"{rig.name}: no request between {GRACE_MS} ms after a throttle and its end",
                    arrivals.intruders(log, stated, GRACE_MS), f"{len(stated)} throttles, {len(log)} requests")
    untold = next(entry for entry in log if entry["status"] == 403 and "retryAfter" not in entry)
    rest = arrivals.Silence("403, no time", arrivals.answered(untold), arrivals.answered(untold) + UNSTATED_MS)
    pause = arrivals.pause_after(log, untold, GRACE_MS)
    rig.checks.none(f"{rig.name}: none for 30 s after a throttle without a time",
                    arrivals.intruders(log, [rest], GRACE_MS), f"{pause} ms to the next")


def fewer_at_once(rig, log):
    refused = [entry for entry in log if entry["status"] == 429 and "retryAfter" not in entry][-1]
    later = [entry for entry in log if entry["at"] > arrivals.answered(refused) + GRACE_MS]
    rig.checks.equal(f"{rig.name}: one in flight after too many at once", 1, arrivals.most_at_once(later))
    pause = arrivals.pause_after(log, refused, GRACE_MS)
    rig.checks.below(f"{rig.name}: pause after too many at once", 2000, pause, " ms")


# Quota

def through_quota(rig):
    run, log = rig.finished(rig.start())
    refused = [f"{entry['status']} {entry['path']}" for entry in log if entry["status"] != 200]
    rig.checks.none(f"{rig.name}: no refusals", refused, f"{len(log)} requests")
    rig.paced(log)
    spent = sum(map(arrivals.units, log))
    rig.checks.check(f"{rig.name}: more than a minute's quota was spent", spent > UNITS_A_MINUTE, f"{spent} units")
    floor = spent / UNITS_A_MINUTE * 60
    took = (arrivals.answered(log[-1]) - log[0]["at"]) / 1000
    rig.checks.check(f"{rig.name}: took", took < 1.25 * floor + 10, f"{took:.1f} s for {spent} units, {floor:.1f} s at "
                     f"{UNITS_A_MINUTE // 60} units a second; throttledMs {run['throttledMs']}")
    rig.equal()


if __name__ == "__main__":
    session.run(__doc__, main, options)
