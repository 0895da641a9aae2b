"""Units of measure and money: their written forms, canonical names and SI factors.

The factors are the exact ones of the SI Brochure (9th ed., 2019) and NIST SP 811; currencies are
ISO 4217. pint's registry knows them too, but takes half a second to load and cannot tell the units
that news writes from the thousands that it never does ("m", "in", "t" as plain words).
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from msgspec import Struct


class Unit(Struct, frozen=True):
    """A unit: its name in a record, what it measures, its size in SI base units, if it has one."""

    name: str
    kind: str
    factor: float | None
    si: str | None


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, Unit], dict[str, Unit]]:
    exact: dict[str, Unit] = {}
    folded: dict[str, Unit] = {}
    text = files("onrecord.knowledge").joinpath("data/units.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        name, kind, factor, si, forms = line.split("\t")
        unit = Unit(name, kind, float(factor) if factor else None, si or None)
        for form in forms.split("|"):
            if len(form) <= 3 or not form.islower():
                exact.setdefault(form, unit)
            if len(form) > 2 and form[-1].isalpha():
                for variant in (form, form + "s"):
                    folded.setdefault(variant.casefold(), unit)
    return exact, folded


def unit_of(written: str) -> Unit | None:
    """The unit written so, or None. Short forms and symbols must have their case."""
    exact, folded = _table()
    plain = re.sub(r"[-\s]+", " ", written.strip())
    return (
        exact.get(plain) or folded.get(plain.casefold()) or folded.get(written.strip().casefold())
    )


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    exact, folded = _table()
    money = [form for form, unit in exact.items() if unit.kind == "money" and not form.islower()]
    money += [form for form in exact if form.endswith(tuple("$€£¥₹₽₴₺₩₪₦₱฿₫"))]
    before = sorted(set(money), key=len, reverse=True)
    words = sorted({re.escape(form).replace(r"\ ", r"[-\s]+") for form in folded}, key=len)
    marks = sorted((re.escape(form) for form in exact), key=len, reverse=True)
    after = (
        rf"(?P<word>(?i:{'|'.join(reversed(words))}))(?![\w])"
        rf"|(?P<mark>{'|'.join(marks)})(?![\w])"
        r"|(?P<pence>(?<=\d)p(?![\w.]))"
    )
    prefix = rf"(?:^|(?<=[^\w]))(?:{'|'.join(map(re.escape, before))})\s?$"
    return re.compile(prefix), re.compile(rf"(?:[-\u2010\u2011\s]\s*)?(?:{after})")


def money_before(text: str, end: int) -> tuple[int, Unit] | None:
    """The currency written right before ``end``: where it begins, and which it is."""
    start = max(0, end - 6)
    match = _patterns()[0].search(text[start:end])
    if match is None:
        return None
    unit = unit_of(match.group())
    return None if unit is None else (start + match.start(), unit)


def unit_after(text: str, start: int) -> tuple[int, Unit] | None:
    """The unit written right after ``start``: where it ends, and which it is."""
    match = _patterns()[1].match(text, start)
    if match is None:
        return None
    unit = unit_of(match.group("word") or match.group("mark") or "penny")
    return None if unit is None else (match.end(), unit)
