"""Counts tests in Surefire's XML reports."""
import xml.etree.ElementTree as xml
from dataclasses import dataclass


@dataclass(frozen=True)
class Suite:
    name: str
    tests: int
    failures: int
    skipped: int
    first_failure: str
    skipped_for: tuple  # (test, reason) of each skipped test

    def figure(self):
        text = f"{self.tests} tests, {self.failures} failed, {self.skipped} skipped"
        return f"{text}; {self.first_failure}" if self.first_failure else text


def suites(module, pattern, since):
    """The module's suites whose report matches the pattern and was written after the instant (epoch seconds)."""
    reports = sorted((module / "target" / "surefire-reports").glob(f"TEST-*{pattern}*.xml"))
    return [_suite(report) for report in reports if report.stat().st_mtime >= since]


def _suite(report):
    root = xml.parse(report).getroot()
    count = {key: int(root.get(key, 0)) for key in ("tests", "failures", "errors", "skipped")}
    failed = [case.get("name", "?") for case in root.iter("testcase")
              if case.find("failure") is not None or case.find("error") is not None]
    return Suite(root.get("name", report.stem).rsplit(".", 1)[-1], count["tests"], count["failures"] + count["errors"],
                 count["skipped"], f"first failed: {failed[0]}" if failed else "",
                 tuple((case.get("name", "?"), _reason(skip)) for case in root.iter("testcase")
                       if (skip := case.find("skipped")) is not None))


def _reason(skip):
    """The first line of the message, without the exception's name and JUnit's own words."""
    text = (skip.get("message") or skip.text or "").strip()
    line = text.splitlines()[0] if text else "no reason given"
    return line.split("Exception: ", 1)[-1].removeprefix("Assumption failed: ")
