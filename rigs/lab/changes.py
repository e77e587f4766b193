"""What another client does to an account between two runs."""
import time

from lab import mailboxes

NEW, REMOVED, REFLAGGED = 20, 10, 50


class Changes:
    """Changes in the fullest mailboxes (the renamed one is among them)."""

    def __init__(self, client, chance, spread):
        self.client, self.chance, self.touched = client, chance, set()
        sizes = {mailbox: len(client.uids(mailbox)) for mailbox in client.mailboxes()}
        self.filled = sorted(sizes, key=sizes.get, reverse=True)[:spread]

    def make(self, files):
        """Flags, expunges, appends, renames; returns the bytes of the new mail as served."""
        self._reflag()
        self._remove()
        size = self._append(files)
        self.client.rename(*mailboxes.RENAMED)
        return size

    def _reflag(self):
        for mailbox, uids in self._chosen(REFLAGGED):
            half = len(uids) // 2 + 1
            self.client.store(uids[:half], "-FLAGS.SILENT", "(\\Seen)")
            self.client.store(uids, "+FLAGS.SILENT", f"(Touched{self.filled.index(mailbox)})")
            self.client.store(uids[half:], "+FLAGS.SILENT", "(\\Answered $Label1)")

    def _remove(self):
        for _, uids in self._chosen(REMOVED):
            self.client.expunge(uids)

    def _chosen(self, count):
        """Selects each mailbox in turn and yields it with UIDs not changed before, count in all."""
        for number in range(len(self.filled)):
            share = count // len(self.filled) + (number < count % len(self.filled))
            mailbox = self.filled[number]
            fresh = [uid for uid in self.client.uids(mailbox) if (mailbox, uid) not in self.touched]
            uids = sorted(self.chance.sample(fresh, min(share, len(fresh))))
            self.touched |= {(mailbox, uid) for uid in uids}
            if uids:
                self.client.select(mailbox)
                yield mailbox, uids

    def _append(self, files):
        size = 0
        for number, file in enumerate(files):
            message = file.read_bytes()
            self.client.append(self.filled[number % len(self.filled)], "(\\Flagged)" if number % 3 else "()",
                               time.time() - 86400 * number, message)
            size += len(message) + message.count(b"\n") - message.count(b"\r\n")
        return size
