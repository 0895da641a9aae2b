"""What is asked of a ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import asdict

from onrecord.record.labels import LABELS


class QuestionError(ValueError):
    """A question that a ledger cannot answer; the message says why and what can be asked."""


class Question(Struct, frozen=True, kw_only=True):
    """What to show of a ledger; what is None is not asked for.

    ``since``, ``until``: days, both included. ``actor``: a name, or a code (``RUS``). ``place``: a
    name, or a country's code as events have it (``UKR``). ``type``: what a row is of, several with
    commas; each ledger says which there are. ``realis``: labels; None is ``actual``, and
    ``("all",)`` is any. ``background``: also what is told as history. ``about``: words that all
    stand in the passage, in any order. ``as_of``: the state on that day (permissions). ``limit``:
    at most so many rows.

    Raises ``QuestionError`` where a value has no meaning.
    """

    since: dt.date | None = None
    until: dt.date | None = None
    actor: str | None = None
    place: str | None = None
    type: str | None = None
    realis: tuple[str, ...] | None = None
    background: bool = False
    about: str | None = None
    as_of: dt.date | None = None
    limit: int | None = None

    def __post_init__(self) -> None:
        if self.since is not None and self.until is not None and self.since > self.until:
            raise QuestionError(f"since {self.since} is after until {self.until}")
        if self.limit is not None and self.limit < 1:
            raise QuestionError(f"limit is {self.limit}: at least 1")
        unknown = set(self.realis or ()) - {"all", *LABELS["realis"]}
        if unknown or self.realis == ():
            raise QuestionError(
                f"realis {', '.join(sorted(unknown)) or '()'} is none of "
                f"{', '.join(LABELS['realis'])}, all"
            )
        for name in ("actor", "place", "type", "about"):
            value = getattr(self, name)
            if value is not None and not any(letter.isalnum() for letter in value):
                raise QuestionError(f"{name} {value!r} has no letter or number to look for")

    def asked(self) -> set[str]:
        """The names of what is asked for."""
        plain = Question()
        return {name for name, value in asdict(self).items() if value != getattr(plain, name)}

    def check(self, ledger: str, takes: Iterable[str], types: Iterable[str] | None) -> None:
        """Raises ``QuestionError`` where ``ledger``, which takes these, is asked something else."""
        strange = self.asked() - {*takes, "limit"}
        if strange:
            raise QuestionError(
                f"the ledger {ledger} cannot be asked by {', '.join(sorted(strange))}; it takes "
                f"{', '.join(sorted({*takes, 'limit'}))}"
            )
        if self.type is not None and types is not None:
            known = tuple(types)
            wrong = [one for one in self.types() if one not in {k.casefold() for k in known}]
            if wrong:
                raise QuestionError(
                    f"type {', '.join(wrong)} is none of those of the ledger {ledger}: "
                    f"{', '.join(known)}"
                )

    def types(self) -> list[str]:
        """The types asked for, in small letters; a comma stands between several."""
        return [one.strip().casefold() for one in (self.type or "").split(",") if one.strip()]
