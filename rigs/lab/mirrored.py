"""A mirror folder as the contract describes it: reads index.jsonl and says what breaks the rules."""
import hashlib
import json
import re
from collections import Counter
from pathlib import Path

KEYS = ["id", "threadId", "mailboxes", "keywords", "sha256", "size", "receivedAt"]
STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
INSTANT = re.compile(r"(?:\d{4}|[+-]\d{4,9})-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
SHA256 = re.compile(r"[0-9a-f]{64}")


class Mirror:
    """The state of a mirror folder at the moment of construction."""

    def __init__(self, folder):
        self.folder = Path(folder)
        index = self.folder / "index.jsonl"
        self.bytes = index.read_bytes() if index.exists() else None
        self.lines = [] if self.bytes is None else self.bytes.decode("utf-8", "replace").split("\n")[:-1]
        self.emails = [email for email in map(_parsed, self.lines) if email is not None]

    def rows(self):
        return Counter((tuple(email["mailboxes"]), email["sha256"], tuple(email["keywords"]), email["size"],
                        email["receivedAt"]) for email in self.emails)

    def ids(self):
        """From content to id; meaningful where no two emails have the same content."""
        return {email["sha256"]: email["id"] for email in self.emails}

    def text_problems(self):
        """UTF-8, LF, a line feed at the end, compact JSON, exactly the keys in their order."""
        if self.bytes is None:
            return ["index.jsonl is missing"]
        problems = [] if _is_utf8(self.bytes) else ["index.jsonl is not UTF-8"]
        if b"\r" in self.bytes or (self.bytes and not self.bytes.endswith(b"\n")):
            problems.append("index.jsonl has CR, or no LF at its end")
        return problems + [problem for line in self.lines for problem in _line_problems(line)]

    def order_problems(self):
        ids = [email["id"].encode() for email in self.emails]
        problems = [] if ids == sorted(ids) else ["lines are not sorted by the bytes of id"]
        return problems + [f"id {each} on {count} lines" for each, count in Counter(ids).items() if count > 1]

    def value_problems(self):
        return [f"{key}: {problem}" for email in self.emails for key, problem in _value_problems(email)]

    def file_problems(self):
        """Every file that the index names exists and has the content that its name says."""
        wanted = {email["sha256"]: email["size"] for email in self.emails}
        return [problem for sha256, size in wanted.items() for problem in self.content_problems(sha256, size)]

    def stray_files(self):
        """Files under messages/ that no line of the index names, by path."""
        wanted = {self.path_of(email["sha256"]) for email in self.emails}
        return [str(path.relative_to(self.folder)) for path in files(self.folder) if path not in wanted]

    def path_of(self, sha256):
        return self.folder / "messages" / sha256[:2] / f"{sha256}.eml"

    def content_problems(self, sha256, size):
        path = self.path_of(sha256)
        if not path.is_file():
            return [f"{path.name} is in the index, not on disk"]
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != sha256:
            return [f"{path.name} has other content than its name says"]
        return [] if len(data) == size else [f"{path.name} has {len(data)} bytes, index says {size}"]


def files(folder):
    """Every file under messages/, whatever its name."""
    return [path for path in (Path(folder) / "messages").rglob("*") if not path.is_dir()]


def message_files(folder):
    """The finished messages on disk, from content hash to path."""
    return {path.stem: path for path in (Path(folder) / "messages").glob("??/*.eml") if SHA256.fullmatch(path.stem)}


def check_layout(checks, name, mirror):
    """All rules of the folder's layout as named checks."""
    checks.none(f"{name}: index.jsonl is UTF-8 with LF, compact, keys in order", mirror.text_problems(),
                f"{len(mirror.lines)} lines")
    checks.none(f"{name}: lines sorted by the bytes of id, ids unique", mirror.order_problems())
    checks.none(f"{name}: values have their form", mirror.value_problems())
    checks.none(f"{name}: file name is the SHA-256 of the content, size is the file's", mirror.file_problems())
    checks.none(f"{name}: nothing else under messages/", mirror.stray_files(), f"{len(files(mirror.folder))} files")


def check_rows(checks, name, expected, actual):
    """Multiset equality; the figure names one difference from each side."""
    missing, extra = expected - actual, actual - expected
    figure = f"{sum(actual.values())} emails"
    if missing or extra:
        figure += "; missing %d, e.g. %s; not expected %d, e.g. %s" % (
            sum(missing.values()), next(iter(missing), "-"), sum(extra.values()), next(iter(extra), "-"))
    checks.check(name, not missing and not extra, figure)


def valid(folder):
    """What a killed, full or refused folder must still fulfil: an index, if present, parses and its files match."""
    mirror = Mirror(folder)
    if mirror.bytes is None:
        return []
    return mirror.text_problems() + mirror.order_problems() + mirror.value_problems() + mirror.file_problems()


def broken_files(folder):
    """Finished files whose content is not what their name says."""
    mirror = Mirror(folder)
    return [problem for sha256, path in message_files(folder).items()
            for problem in mirror.content_problems(sha256, path.stat().st_size)]


def holds(folder, secret):
    """The files under the folder that hold the secret's bytes."""
    return [str(path) for path in Path(folder).rglob("*")
            if path.is_file() and not path.is_symlink() and secret.encode() in path.read_bytes()]


def _parsed(line):
    try:
        email = json.loads(line)
    except ValueError:
        return None
    return email if isinstance(email, dict) and set(KEYS) <= set(email) and _is_comparable(email) else None


def _is_comparable(email):
    return isinstance(email["id"], str) and all(isinstance(email[key], list) for key in ("mailboxes", "keywords"))


def _is_utf8(data):
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _line_problems(line):
    try:
        keys = json.loads(line, object_pairs_hook=lambda pairs: [key for key, _ in pairs])
    except ValueError:
        return [f"not JSON: {line[:80]}"]
    if keys != KEYS:
        return [f"keys {keys}"]
    return ["white space outside strings"] if re.search(r"\s", STRING.sub("", line)) else []


def _value_problems(email):
    mailboxes, keywords = email["mailboxes"], email["keywords"]
    rules = {
        "id": isinstance(email["id"], str) and email["id"] != "",
        "threadId": email["threadId"] is None or isinstance(email["threadId"], str),
        "mailboxes": _is_sorted_set(mailboxes),
        "keywords": _is_sorted_set(keywords) and keywords == [each.lower() for each in keywords],
        "sha256": isinstance(email["sha256"], str) and SHA256.fullmatch(email["sha256"]),
        "size": type(email["size"]) is int and email["size"] >= 0,
        "receivedAt": isinstance(email["receivedAt"], str) and INSTANT.fullmatch(email["receivedAt"]),
    }
    return [(key, repr(email[key])[:80]) for key, holds_true in rules.items() if not holds_true]


def _is_sorted_set(values):
    return isinstance(values, list) and all(isinstance(each, str) for each in values) and values == sorted(set(values))
