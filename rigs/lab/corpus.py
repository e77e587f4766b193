"""The shared corpus as messages: every .eml as it is, every .mbox split by Python's mailbox module."""
import mailbox
from dataclasses import dataclass

from lab import places


@dataclass(frozen=True)
class Message:
    name: str
    content: bytes


def messages():
    root = places.shared("corpus")
    whole = [Message(str(file.relative_to(root)), file.read_bytes()) for file in sorted(root.rglob("*.eml"))]
    return whole + [part for file in sorted(root.rglob("*.mbox")) for part in _split(root, file)]


def _split(root, file):
    box = mailbox.mbox(file, create=False)
    try:
        return [Message(f"{file.relative_to(root)}#{key}", box.get_bytes(key)) for key in box.keys()]
    finally:
        box.close()
