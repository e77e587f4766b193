"""Named checks: each prints PASS or FAIL with its figure at once, and is counted."""
import json
import os


class CannotRun(Exception):
    """The rig lacks something it needs; the message is one line with the remedy."""


class Checks:
    def __init__(self, rig):
        self.rig = rig
        self.passed = 0
        self.failed = 0
        self._record = os.environ.get("RIG_RESULTS")

    def check(self, name, ok, figure=""):
        """Counts one check. The figure is what was measured, whether it passed or not."""
        ok = bool(ok)
        self.passed += ok
        self.failed += not ok
        print(f"{'PASS' if ok else 'FAIL'}  {name}{'  [' + str(figure) + ']' if figure != '' else ''}", flush=True)
        self._write({"rig": self.rig, "check": name, "ok": ok, "figure": str(figure)})
        return ok

    def equal(self, name, expected, actual):
        return self.check(name, expected == actual, actual if expected == actual else f"{actual}, expected {expected}")

    def below(self, name, limit, actual, unit=""):
        return self.check(name, actual is not None and actual < limit, f"{actual}{unit}, limit {limit}{unit}")

    def none(self, name, problems, figure=""):
        """Passes when the list of problems is empty; otherwise shows the first of them and how many there are."""
        if not problems:
            return self.check(name, True, figure)
        return self.check(name, False, f"{len(problems)} problems, first: {str(problems[0])[:300]}")

    def note(self, text):
        print(f"      {text}", flush=True)

    def totals(self):
        print(f"{self.passed} passed, {self.failed} failed", flush=True)
        return 0 if self.failed == 0 and self.passed > 0 else 1

    def _write(self, row):
        if self._record:
            with open(self._record, "a", encoding="utf-8") as file:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
