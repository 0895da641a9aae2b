"""Numbers in words and digits, as far as time expressions need them."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.reading.times.lexer import Tok
from onrecord.reading.times.lexicon import lexicon


def number(tokens: Sequence[Tok]) -> float | None:
    """The number that the tokens say; None where they say none exactly ("several").

    Reads "twenty-five", "a hundred", "two thousand", "2 1/2", "two and a half".
    """
    codes = lexicon().codes
    total, current, seen = 0.0, 0.0, False
    for tok in tokens:
        if tok.code in (codes["d1"], codes["d3"], codes["y4"]):
            current, seen = current + float(tok.value), True
        elif tok.code == codes["numw"]:
            value = int(tok.value)
            if value == 100:
                current = (current or 1) * 100
            elif value == 1000:
                total, current = total + (current or 1) * 1000, 0
            else:
                current += value
            seen = True
        elif tok.code == codes["fraction"]:
            above, below = tok.value.split("/")
            current, seen = current + int(above) / int(below), True
        elif tok.code == codes["half"]:
            current, seen = current + 0.5, True
        elif tok.code == codes["couple"]:
            current, seen = current + 2, True
        elif tok.code == codes["dozen"]:
            current, seen = (current or 1) * 12, True
        elif tok.code in (codes["few"], codes["vague"], codes["many"], codes["dozens"]):
            return None
    return total + current if seen else None


def year_in_words(tokens: Sequence[Tok]) -> int | None:
    """The year that number words say in pairs: "nineteen ninety-six"; None where it is no year."""
    codes = lexicon().codes
    values = [int(tok.value) for tok in tokens if tok.code == codes["numw"]]
    if values[:2] == [2, 1000] and len(values) <= 3 and sum(values[2:]) < 100:
        return 2000 + sum(values[2:])
    if len(values) < 2 or not 10 <= values[0] <= 21:
        return None
    rest = values[1:]
    if rest == [100]:
        return values[0] * 100
    if rest[0] == 20 and values[0] == 20 and len(rest) == 1:
        return 2020
    if len(rest) == 1 and 10 <= rest[0] <= 90:
        return values[0] * 100 + rest[0]
    if len(rest) == 2 and rest[0] in range(20, 91, 10) and 1 <= rest[1] <= 9:
        return values[0] * 100 + sum(rest)
    return None


def say(amount: float) -> str:
    """A number as TIMEX3 values write it: 3, 1.5."""
    return str(int(amount)) if amount == int(amount) else f"{amount:.2f}".rstrip("0")


def length(amount: float | None, unit: str) -> str:
    """The TIMEX3 value of a duration: P3D, PT2H, PXY; halves in the next smaller unit."""
    if unit == "fortnight":
        amount, unit = (None if amount is None else amount * 2), "W"
    if unit == "WE":
        return f"P{'X' if amount is None else say(amount)}WE"
    time = unit in ("s", "min", "H")
    head = "PT" if time else "P"
    letter = {"min": "M", "s": "S", "E": "E", "C": "C", "L": "L"}.get(unit, unit)
    if amount is None:
        return f"{head}X{letter}"
    if amount != int(amount):
        smaller = {"Y": (12, "M"), "H": (60, "M"), "min": (60, "S")}.get(unit)
        if smaller and (amount % 1 * smaller[0]) % 1 == 0:
            whole = f"{int(amount)}{letter}" if amount >= 1 else ""
            return f"{head}{whole}{int(amount % 1 * smaller[0])}{smaller[1]}"
    if unit == "L":
        return f"P{say(amount * 1000)}Y"
    return f"{head}{say(amount)}{letter}"
