"""Builds ``actors_phoenix.tsv``, the older half of the table of actors.

    python training/build_actors.py SHARED/bench/plover

The three actor dictionaries (petrarch2, MIT, up to early 2015) are CAMEO: their chains of codes are
turned into PLOVER countries and sectors (``shared/design/plover.md`` §6 and §7), their faults
(an invented country, impossible dates, codes that are no country now, bare surnames) are left out.
The hand-written half, ``actors_own.tsv``, is edited by hand and wins over this one when read.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

from onrecord.knowledge.actors import key_of
from onrecord.knowledge.actors_lexicon import country_names, country_titles

OUT = Path(__file__).resolve().parent.parent / "src/onrecord/knowledge/data/actors_phoenix.tsv"
FILES = (
    "Phoenix.Countries.actors.txt",
    "Phoenix.International.actors.txt",
    "Phoenix.MilNonState.actors.txt",
)
KINDS = {"IGO": "IGO", "NGO": "NGO", "NGM": "NGO", "MNC": "MNC", "IMG": "IMG", "INT": "", "KKL": ""}
# codes of states that are gone or that ISO writes otherwise; dependencies go to who controls them
RENAMED = {
    "KSV": "KOS", "XKX": "KOS", "TMP": "TLS",
    "USR": "RUS", "SUN": "RUS", "YUG": "SRB", "FRY": "SRB",
    "SCG": "SRB", "CSK": "CZE", "DDR": "DEU",
    "ROM": "ROU", "ZAR": "COD", "BUR": "MMR", "SRP": "SRB",
    "KRJ": "HRV", "FRN": "FRA", "MAC": "CHN",
    "PRI": "USA", "GUM": "USA", "VIR": "USA", "ASM": "USA",
    "MNP": "USA", "BMU": "GBR", "CYM": "GBR",
    "FLK": "GBR", "GIB": "GBR", "VGB": "GBR", "AIA": "GBR",
    "TCA": "GBR", "MSR": "GBR", "SHN": "GBR",
    "IMN": "GBR", "JEY": "GBR", "GGY": "GBR", "GRL": "DNK",
    "FRO": "DNK", "ABW": "NLD", "ANT": "NLD",
    "CUW": "NLD", "GUF": "FRA", "GLP": "FRA", "MTQ": "FRA",
    "REU": "FRA", "NCL": "FRA", "PYF": "FRA",
    "MYT": "FRA", "SPM": "FRA", "WLF": "FRA", "ESH": "MAR",
    "COK": "NZL", "NIU": "NZL", "TKL": "NZL", "NFK": "AUS", "SJM": "NOR", "ALA": "FIN",
}  # fmt: skip
SECTORS = {
    "GOV": "GOV", "MIL": "MIL", "REB": "REB",
    "INS": "REB", "SEP": "REB", "OPP": "OPP", "PTY": "PTY",
    "COP": "COP", "JUD": "JUD", "SPY": "SPY",
    "MED": "JRN", "HLH": "MED", "BUS": "BUS", "EDU": "EDU",
    "ELI": "ELI", "CRM": "CRM", "CVL": "CVL",
    "LAB": "LAB", "REL": "REL", "REF": "REF", "UAF": "UAF",
    "LEG": "LEG", "AGR": "AGR", "HRI": "SOC", "ENV": "SOC", "PRM": "PRM", "PRE": "PRE",
    "MUS": "REL", "CHR": "REL", "HIN": "REL",
    "JEW": "REL", "BUD": "REL", "CTH": "REL", "PRO": "REL",
}  # fmt: skip
_AFTER = {"REL", "SOC"}  # what these tell of a party or a rebel group is no sector of its own
_CODE = re.compile(r"\[([^\]]*)\]")
_RANGE = re.compile(r"^(\d+)-(\d+)$")


def main(folder: Path) -> None:
    """Reads the dictionaries in ``folder`` and writes the table."""
    rows: dict[str, tuple[str, list[str], str]] = {}
    left: Counter[str] = Counter()
    for file in FILES:
        for primary, aliases, periods in records(folder / file, left):
            add(rows, primary, aliases, periods, left)
    lines = [
        "# Actors of the Phoenix dictionaries (petrarch2, commit 676801c), MIT licence, copyright",
        "# 2014 Open Event Data; up to early 2015. Made by training/build_actors.py: CAMEO codes",
        "# turned into PLOVER's. Periods are from-to:codes:sectors, divided by ; (dates YYYYMMDD,",
        "# open where empty).",
        "# name\tkeys to look it up by\tperiods",
    ]
    for _, (name, keys, when) in sorted(rows.items()):
        lines.append(f"{name}\t{'|'.join(keys)}\t{when}")
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(rows)} actors, {OUT.stat().st_size:,} bytes; left out: {dict(left)}")


def records(path: Path, left: Counter[str]) -> list[tuple[str, list[str], list[str]]]:
    """The records of one dictionary: primary name, other names, periods in our form."""
    found: list[tuple[str, list[str], list[str]]] = []
    for raw in path.read_text(encoding="utf-8", errors="replace").splitlines():
        line = raw.split("#", 1)[0].rstrip()
        if not line.strip():
            continue
        if any(ord(c) < 32 and c != "\t" for c in line) or "\ufffd" in line:
            left["garbled"] += 1
            continue
        if line.startswith("+"):
            if found:
                found[-1][1].append(words(line[1:]))
            continue
        codes = [code for code in (period(c, left) for c in _CODE.findall(line)) if code]
        if line[0] in "\t ":
            if found:
                found[-1][2].extend(codes)
            continue
        found.append((words(line.split("[")[0]), [], codes))
    return found


def words(name: str) -> str:
    """A name as it is written: "DANIEL_ARAP_MOI_" is "Daniel Arap Moi"."""
    name = re.sub(r"\(.*?\)", "", name.split(";", maxsplit=1)[0])
    return " ".join(w[:1] + w[1:].lower() for w in name.replace("_", " ").split())


def period(cell: str, left: Counter[str]) -> str:
    """One bracket: "KENGOV 030101-060228" is "20030101-20060228:KEN:GOV"; "" for no code."""
    parts = cell.split()
    if not parts or not re.fullmatch(r"[A-Z]{3,}", parts[0]):
        return ""
    codes, sectors = translate(parts[0], left)
    if not codes and not sectors:
        return ""
    start = end = ""
    if len(parts) > 1:
        when = parts[1]
        span = _RANGE.match(when)
        try:
            if span:
                start, end = date(span.group(1)), date(span.group(2))
            elif when.startswith(">"):
                start = date(when[1:])
            elif when.startswith("<"):
                end = date(when[1:])
        except ValueError:
            left["date"] += 1
            return ""
    return f"{start}-{end}:{codes}:{sectors}"


def date(digits: str) -> str:
    """YYYYMMDD; two-digit years up to 30 are 20xx. Raises ``ValueError`` for other lengths."""
    if len(digits) == 6:
        return ("20" if int(digits[:2]) <= 30 else "19") + digits
    if len(digits) == 8:
        return digits
    raise ValueError(digits)


def translate(chain: str, left: Counter[str]) -> tuple[str, str]:
    """A chain of CAMEO codes as a PLOVER country (or kind of body) and sectors."""
    parts = [chain[i : i + 3] for i in range(0, len(chain), 3)]
    first = RENAMED.get(parts[0], parts[0])
    rest = parts[1:]
    if first == "KNT":
        left["invented country"] += 1
        return "", ""
    if first in country_titles():
        code = first
    elif first == "IGO" and rest and rest[0] in {"UNO", "EUR"}:
        code, rest = rest[0], rest[1:]
    elif first in KINDS:
        code = KINDS[first]
    elif first in SECTORS:
        code, rest = "", parts
    else:
        left["no country: " + first] += 1
        code = ""
    sectors: list[str] = []
    for part in rest:
        sector = SECTORS.get(part, "")
        if sector and sector not in sectors and not (sector in _AFTER and sectors):
            sectors.append(sector)
    if not code and "REB" in sectors:
        code = "IMG"
    return code, "|".join(sectors[:2])


def add(
    rows: dict[str, tuple[str, list[str], str]], primary: str, aliases: list[str],
    periods: list[str], left: Counter[str],
) -> None:  # fmt: skip
    """Adds one record, without what is ambiguous out of context."""
    if not periods or not primary:
        left["no code"] += 1
        return
    place = len(periods) == 1 and re.fullmatch(r"-:[A-Z]{3}:", periods[0])
    names = [primary, *aliases] if place else [primary]
    if not place:
        names += [a for a in aliases if usable(a, primary)]
    known = country_names()
    names = [n for n in names if n and n not in known and len(n) > 2 and not n[0].isdigit()]
    if not names:
        return
    if len(primary.split()) == 1 and not place and len(primary) <= 3:
        left["short"] += 1
        return
    keys = dict.fromkeys(key for key in map(key_of, names) if key)
    first = next(iter(keys))
    if not first or first in rows:
        left["twice"] += 1
        return
    rows[first] = (names[0], list(keys), ";".join(dict.fromkeys(periods)))


def usable(alias: str, primary: str) -> bool:
    """Whether another name stands for itself: no bare surname, an acronym only of this name."""
    parts = alias.split()
    if len(parts) > 1:
        return True
    initials = "".join(w[0] for w in primary.replace("-", " ").split() if w[0].isalpha()).upper()
    return len(alias) >= 3 and (alias.upper() in initials or initials.startswith(alias.upper()[:2]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
