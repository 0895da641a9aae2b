"""What a figure counts, and whether two figures can both be so."""

from __future__ import annotations

import math
import re
from collections import defaultdict

from msgspec import Struct

from onrecord.reconcile.tables import Connection, given
from onrecord.reconcile.words import stem, stems

_PEOPLE = """
people man woman child victim civilian resident villager passenger worker employee other protester
officer soldier troop student migrant refugee patient death fatality toll casualty case injury
infection killed dead boy girl teen teenager youth crew member rider tourist citizen inmate prisoner
hostage family survivor body total
"""
PEOPLE = frozenset(map(stem, _PEOPLE.split()))
"""Stems of words for people, which say the same where a figure has a property."""
_SPANS = frozenset(map(stem, ("year", "years", "month", "months", "old", "age")))
_PROPERTY = {
    stem(word): property_
    for property_, words in {
        "killed": "death killed fatality",
        "wounded": "injury hurt casualty",
        "infected": "case infection infected",
    }.items()
    for word in words.split()
}
_TOLD = (
    ("killed", re.compile(r"\b(?:lost (?:their|his|her) li|killed|killing|dead\b|died|deaths?\b)")),
    ("infected", re.compile(r"\binfect|\bcases\b")),
    ("wounded", re.compile(r"\b(?:injur|wound|hurt\b)")),
)
_VAGUE = re.compile(
    r"\b(?:dozens|scores|hundreds|thousands|millions|several|many|few|couple)\b", re.I
)
_MORE = re.compile(r"^\W*(?:more|additional|further|other|others)\b")
WORLD = 0
_WORLD = re.compile(r"\b(?:worldwide|global(?:ly)?|across the world)\b")
_PART = re.compile(r"^\W*(severe|suspected|probable|active|mild|critical)\b")
_AT_AGE = re.compile(
    r"\b(?:dead|die[sd]?|death)\W+(?:\w+\W+){0,4}(?:at|aged)\W+(?:age\W+)?(?:of\W+)?$"
)
_NOBODY: tuple[frozenset[int], int | None, int | None] = (frozenset(), None, None)
_AGED = re.compile(r"^\W*(?:(?:and|or) \d+\W*)?years?\W?old")
_RISEN = r"ris(?:e|en|es|ing)|rose|climb\w*|increas\w*|grew|grow\w*|surpass\w*|jump\w*"
_FALLEN = r"fell|drop\w*"
GROWTH = re.compile(
    rf"\b(?:{_RISEN}|{_FALLEN}|up from|new (?:death )?toll|so far|revis\w*|updat\w*|now)\b",
    re.IGNORECASE,
)
_TO = (
    r"(?:\W+\w+){0,3}?\W+to(?:\W+(?:about|almost|an estimated|around|as many as|at least|"
    r"more than|nearly|over|roughly|some))?\W*$"
)
_RISEN_TO = re.compile(rf"\b(?:{_RISEN}){_TO}", re.IGNORECASE)
_FALLEN_TO = re.compile(rf"\b(?:{_FALLEN}){_TO}", re.IGNORECASE)
_STILL = frozenset({"age", "magnitude", "year", "height", "distance"})
"""What does not change from one day to the next: figures of it contradict, however late."""
MOVING = frozenset({"killed", "wounded", "missing", "infected", "displaced", "detained"})
"""What a later count replaces."""


PROPERTIES = MOVING | {"damaged", "destroyed", "evacuated"}


class Amount(Struct, frozen=True):
    """One figure of one report."""

    report: int
    id: str
    day: int | None
    value: float
    low: float
    high: float
    bound: bool
    """Whether the report gives a bound ("at least") and not a number."""
    sort: str
    """What it counts: a property (killed), a unit, or the stem of what it is of."""
    unit: str | None
    of: frozenset[str]
    """The stems of what it counts, words for people left out."""
    whose: frozenset[str]
    """The same with them."""
    sentence: int
    """Where its sentence begins."""
    words: frozenset[str]
    """The stems of its sentence, without its own."""
    near: frozenset[str]
    """The stems of the words beside it."""
    around: frozenset[int]
    """The actors named nearest to it."""
    country: int | None
    """The country named nearest to it; ``WORLD`` where it counts all."""
    person: int | None
    """The person named nearest to it."""
    growth: bool
    way: int
    """1 where it is said to have risen to this, -1 where fallen to it, 0 where neither."""
    told_by: str | None
    prose: str
    """Its sentence."""
    event: tuple[int, str] | None
    start: int
    text: str

    @property
    def entry(self) -> tuple[int, str]:
        """Its report and id."""
        return self.report, self.id

    @property
    def still(self) -> bool:
        """Whether it stays what it is from day to day."""
        return self.sort in _STILL


def load(connection: Connection, reports: list[int]) -> dict[int, list[Amount]]:
    """The figures of ``reports`` that can be compared, by report and in the order of the text."""
    out: dict[int, list[Amount]] = {report: [] for report in reports}
    if not reports:
        return out
    with given(connection, ["report"], [(r,) for r in reports]) as these:
        named = _named(connection, these)
        rows = connection.execute(
            f"""SELECT q.report, q.id, r.day, q.value, q.low, q.high, q.approximate, q.unit, q.per,
                       q."of", q.property, q.change, q.event, q.told_by, q.start, q.text,
                       q.sentence, q.sentence_start
                FROM quantities q JOIN reports r USING (report) SEMI JOIN {these} USING (report)
                WHERE q.value IS NOT NULL OR q.low IS NOT NULL OR q.high IS NOT NULL
                ORDER BY q.report, q.start, q.id"""
        ).fetchall()
    for (report, id_, day, value, low, high, approximate, unit, per, of, property_, change, event,
         told_by, start, text, sentence, sentence_start) in rows:  # fmt: skip
        if change or sentence is None or _VAGUE.search(text):
            continue
        value_, low_, high_ = _range(value, low, high, approximate, unit)
        at, beside = _beside(sentence, start - (sentence_start or 0), text)
        sort, kept = _sort(text, unit, of, property_, beside=beside, at=at)
        before = out[report][-1] if out[report] else None
        follows = before is not None and 0 < start - before.start < 120
        if sort is None and unit is None and follows and value_ % 1 and before and before.value % 1:
            sort, kept = before.sort, set(before.of)  # "was 5.5; the USGS reported 5.8"
        if sort is None or (value_ == 1 and sort not in MOVING):
            continue
        if _MORE.match(beside[at + len(text) :]):
            continue
        around, country, person = named.get((report, id_), _NOBODY)
        if _WORLD.search(beside):
            country = WORLD
        part = _PART.match(beside[at + len(text) :])
        sort = f"{sort} {part.group(1)}" if part else sort
        mine = set(stems(text))
        out[report].append(
            Amount(
                report=report,
                id=id_,
                day=day.toordinal() if day else None,
                value=value_,
                low=low_,
                high=high_,
                bound=(low is not None) != (high is not None),
                sort=f"{sort}/{per}" if per else sort,
                unit=unit,
                of=frozenset(kept),
                sentence=sentence_start or 0,
                words=frozenset(set(stems(sentence)) - mine),
                near=frozenset(set(stems(beside)) - mine),
                around=around,
                country=country,
                person=person,
                whose=frozenset(stems(of or "")) - _SPANS,
                growth=bool(GROWTH.search(beside)),
                way=_way(beside[:at]),
                told_by=told_by,
                prose=sentence,
                event=(report, event) if event else None,
                start=start,
                text=text,
            )
        )
    return out


def _range(
    value: float | None, low: float | None, high: float | None, approximate: bool, unit: str | None
) -> tuple[float, float, float]:
    """The number to show, and the bounds within which it lies."""
    shown = value if value is not None else low if low is not None else high
    assert shown is not None
    if low is not None or high is not None:
        least = -math.inf if low is None else low
        most = math.inf if high is None else high
        return shown, least, most
    slack = _last_digit(shown) if approximate or abs(shown) >= 1000 else 0.0
    if unit == "percent":
        slack = min(slack, 3.0) if approximate else 0.0
    return shown, shown - slack, shown + slack


def _last_digit(value: float) -> float:
    """What the last digit that was written counts: 1000 for 52000, 0.01 for 88.41."""
    if value == 0:
        return 0.0
    digits = f"{abs(value):.10g}"
    if "e" in digits:
        return abs(value) / 100
    if "." in digits:
        return float(10 ** -len(digits.partition(".")[2]))
    return float(10 ** (len(digits) - len(digits.rstrip("0"))))


def _beside(sentence: str, at: int, text: str) -> tuple[int, str]:
    """The words within some sixty characters of a figure, and where it stands in them."""
    found = sentence.find(text, max(0, at - 20))
    start = found if found >= 0 else max(0, at)
    first = max(0, start - 60)
    return start - first, sentence[first : start + len(text) + 60]


def _way(before: str) -> int:
    """Whether the words before a figure say that the count has risen (1) or fallen (-1) to it."""
    return bool(_RISEN_TO.search(before)) - bool(_FALLEN_TO.search(before))


def _sort(
    text: str, unit: str | None, of: str | None, property_: str | None, *, beside: str, at: int
) -> tuple[str | None, set[str]]:
    """What a figure counts, and the stems of what it is of, words for people left out."""
    kept = {s for s in stems(of or "") if s not in PEOPLE and s not in _SPANS}
    head = stem(of.split()[-1]) if of and of.split() else None
    after = beside[at + len(text) :]
    if _AGED.match(after):
        return "age", kept
    if unit in {"year", "month"}:
        aged = "old" in text or (of is not None and of[:1].isupper()) or " aged " in beside
        return ("age", kept) if aged else ("year", kept)
    if unit is not None:
        return unit, kept
    if head == stem("magnitude") or (not property_ and "magnitude" in beside.casefold()):
        return "magnitude", set()
    if property_ == "killed" and _AT_AGE.search(beside[:at]):
        return "age", kept
    if property_ is not None:
        return property_, kept
    if head in _PROPERTY:
        return _PROPERTY[head], kept
    if head is None or head in PEOPLE:
        close = beside[max(0, at - 20) : at + len(text) + 30]
        told = next((name for name, words in _TOLD if words.search(close)), None)
        return (told, kept) if told else (head, kept)
    return head, kept


def _named(
    connection: Connection, these: str
) -> dict[tuple[int, str], tuple[frozenset[int], int | None, int | None]]:
    """The two actors named nearest to each figure in its sentence; the nearest country, person."""
    rows = connection.execute(
        f"""SELECT q.report, q.id, a.actor, e.kind
            FROM quantities q SEMI JOIN {these} USING (report)
            JOIN mentions m ON m.report = q.report
                AND m.start BETWEEN q.sentence_start AND q.sentence_start + length(q.sentence)
            JOIN actor_members a ON a.report = m.report AND a.entity = m.entity
            JOIN entities e ON e.report = m.report AND e.id = m.entity
            WHERE m.kind = 'name'
            ORDER BY q.report, q.id,
                least(abs(m.start - q.start), abs(m."end" - q.start)), m.start"""
    ).fetchall()
    near: dict[tuple[int, str], list[int]] = defaultdict(list)
    country: dict[tuple[int, str], int] = {}
    person: dict[tuple[int, str], int] = {}
    for report, id_, actor, kind in rows:
        near[report, id_].append(actor)
        if kind in {"country", "person"}:
            (country if kind == "country" else person).setdefault((report, id_), actor)
    return {
        at: (frozenset(actors[:2]), country.get(at), person.get(at)) for at, actors in near.items()
    }


def compatible(one: Amount, other: Amount) -> bool:
    """Whether both can be so: their bounds meet, and neither is far beyond the other."""
    if one.low > other.high or other.low > one.high:
        return False
    if one.bound or other.bound:
        small, large = sorted((abs(one.value), abs(other.value)))
        return large <= 1.2 * small
    return True


def verdict(earlier: Amount, later: Amount) -> str:
    """Whether of two figures that differ the later updates the earlier, or they contradict."""
    if earlier.still:
        return "contradicts"
    if earlier.day is not None and later.day is not None and later.day > earlier.day:
        return "updates"
    meet = earlier.low <= later.high and later.low <= earlier.high
    against = (later.way > 0 and later.high < earlier.low) or (
        later.way < 0 and later.low > earlier.high
    )
    # "Has risen to 9" is no later state of a figure of 12 on the same day: one of them is wrong.
    if against:
        return "contradicts"
    if later.growth or (earlier.growth and earlier.report == later.report):
        return "updates"
    if meet and earlier.sort in MOVING:
        return "updates"
    return "contradicts"


def by_sort(amounts: list[Amount]) -> dict[tuple[str, str | None], list[Amount]]:
    """Figures that count the like, together."""
    out: dict[tuple[str, str | None], list[Amount]] = defaultdict(list)
    for amount in amounts:
        out[amount.sort, None if amount.sort == "age" else amount.unit].append(amount)
    return out
