"""What came of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct, field

from onrecord.store.failures import Missed
from onrecord.store.put import Outcome

_LISTED = 1000


class Summary(Struct, kw_only=True):
    """The counts of a run, as they grow.

    ``held``: records read and not yet written. ``added``: reports that are new. ``changed``: new
    versions of known ones; ``versions`` are their numbers. ``unchanged``: known, and not read
    again. ``reread``: read again by a newer reader. ``failed`` and ``skipped``: inputs that gave
    no record; the first thousand are ``missed``, further ones are counted by their reason in
    ``further``. ``resolved``: earlier failures that are none any more. ``reconciled``: whether the
    store was reconciled in the end.
    """

    run: int = 0
    held: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    reread: int = 0
    failed: int = 0
    skipped: int = 0
    resolved: int = 0
    reconciled: bool = False
    versions: list[int] = field(default_factory=list)
    missed: list[Missed] = field(default_factory=list)
    further: Counter[str] = field(default_factory=Counter)

    def keep(self, outcomes: Iterable[Outcome]) -> None:
        """Counts what was stored."""
        for outcome in outcomes:
            setattr(self, outcome.status, getattr(self, outcome.status) + 1)
            if outcome.status == "changed":
                self.versions.append(outcome.report)

    def miss(self, missed: Iterable[Missed]) -> None:
        """Counts what gave no record."""
        for one in missed:
            if one.kind == "skipped":
                self.skipped += 1
            else:
                self.failed += 1
            if len(self.missed) < _LISTED:
                self.missed.append(one)
            else:
                self.further[f"{one.kind}: {one.reason}"] += 1

    def join(self, other: Summary) -> None:
        """Adds the counts of another run."""
        for name in ("added", "changed", "unchanged", "reread", "failed", "skipped", "resolved"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.run = other.run
        self.reconciled = self.reconciled or other.reconciled
        self.versions += other.versions
        self.missed += other.missed[: max(0, _LISTED - len(self.missed))]
        self.further += other.further
