"""The shared corpus as messages: every .eml as it is, every .mbox split at its `From ` lines."""
from dataclasses import dataclass

from lab import places

EMPTY = (b"\n", b"\r\n")


@dataclass(frozen=True)
class Message:
    name: str
    content: bytes


def messages():
    root = places.shared("corpus")
    whole = [Message(str(file.relative_to(root)), file.read_bytes()) for file in sorted(root.rglob("*.eml"))]
    return whole + [Message(f"{file.relative_to(root)}#{number}", content) for file in sorted(root.rglob("*.mbox"))
                    for number, content in enumerate(split(file.read_bytes()))]


def split(mbox):
    """The messages of an mbox, octet for octet.

    A line that starts with `From ` begins one, whatever comes before it, and is no part of it; neither is one empty line (CRLF or LF)
    before the next or at the end. A quoted `>From ` stays: whether the writer quoted (mboxrd, mboxo) cannot be told from the file.
    """
    found = []
    for line in _lines(mbox):
        if line.startswith(b"From "):
            found.append([])
        elif found:
            found[-1].append(line)
    return [b"".join(lines[:-1] if lines and lines[-1] in EMPTY else lines) for lines in found]


def _lines(octets):
    """Only a line feed ends a line."""
    *whole, rest = octets.split(b"\n")
    return [line + b"\n" for line in whole] + ([rest] if rest else [])
