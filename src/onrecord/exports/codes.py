"""Codes that other formats want: countries in FIPS, ISO alpha-2 and Correlates of War; CAMEO.

``data/countries.tsv`` and ``data/cameo.tsv`` say where they are from.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from onrecord.knowledge.actors import KINDS_OF_BODY
from onrecord.knowledge.actors_lexicon import rows as lexicon_rows

_CAMEO_COUNTRY = {"ROU": "ROM", "TLS": "TMP", "KOS": "KSV", "XKX": "KSV"}
_KNOWN_GROUP = {"UNO": "UNO", "EUR": "EEC"}
_BODY_TYPE = {"UNO": "IGO", "EUR": "IGO", "IGO": "IGO", "NGO": "NGO", "MNC": "MNC", "IMG": "IMG",
              "ISM": "INT"}  # fmt: skip
_CAMEO_TYPE = {
    "JRN": "MED",  # media: CAMEO's MED is media, PLOVER's is health
    "MED": "HLH",
    "SOC": "CVL",
    **{same: same for same in ("COP", "GOV", "JUD", "MIL", "OPP", "REB", "SPY", "UAF", "AGR",
                               "BUS", "CRM", "CVL", "EDU", "ELI", "LAB", "LEG", "REF")},
}  # fmt: skip

CAMEO_QUADS = {**dict.fromkeys(range(1, 6), 1), **dict.fromkeys(range(6, 9), 2),
               **dict.fromkeys(range(9, 14), 3), **dict.fromkeys(range(14, 21), 4)}  # fmt: skip
"""GDELT's QuadClass by the root of a CAMEO code."""


class Country(NamedTuple):
    """One country's codes; None where there is none."""

    iso3: str
    iso2: str | None
    fips: str | None
    cow: int | None


class Cameo(NamedTuple):
    """A CAMEO code with its label and its Goldstein score."""

    code: str
    label: str
    goldstein: float


def _rows(name: str) -> list[list[str]]:
    text = (files("onrecord.exports") / "data" / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [line.split("\t") for line in lines[1:]]


@lru_cache(maxsize=1)
def countries() -> dict[str, Country]:
    """Countries by ISO alpha-3."""
    return {
        iso3: Country(iso3, iso2 or None, fips or None, int(cow) if cow else None)
        for iso3, iso2, fips, cow in _rows("countries.tsv")
    }


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    names = {row[0]: row[1] for row in lexicon_rows("countries.tsv")}
    return {**names, "XKX": names["KOS"]}


def country_name(iso3: str | None) -> str | None:
    """The English name of a country; None where the code is none."""
    return None if iso3 is None else _names().get(iso3)


def country_of(codes: tuple[str, ...]) -> str | None:
    """The first of PLOVER's codes that is a country, not a kind of body."""
    return next((code for code in codes if code not in KINDS_OF_BODY), None)


def cow(iso3: str | None) -> int | None:
    """The Correlates of War number of a country."""
    found = countries().get(iso3 or "")
    return None if found is None else found.cow


def fips(iso3: str | None) -> str | None:
    """The FIPS 10-4 code of a country."""
    found = countries().get(iso3 or "")
    return None if found is None else found.fips


def iso2(iso3: str | None) -> str | None:
    """The ISO alpha-2 code of a country."""
    found = countries().get(iso3 or "")
    return None if found is None else found.iso2


def cameo_country(iso3: str | None) -> str | None:
    """A country as CAMEO has it: mostly ISO alpha-3."""
    return None if iso3 is None else _CAMEO_COUNTRY.get(iso3, iso3)


def known_group(codes: tuple[str, ...]) -> str | None:
    """CAMEO's code of a known body among PLOVER's codes: UNO, EEC."""
    return next((_KNOWN_GROUP[code] for code in codes if code in _KNOWN_GROUP), None)


def cameo_types(codes: tuple[str, ...], sectors: tuple[str, ...]) -> tuple[str, ...]:
    """CAMEO's actor types for PLOVER's codes and sectors; those that CAMEO lacks left out."""
    types = [_BODY_TYPE[code] for code in codes if code in _BODY_TYPE]
    types += [_CAMEO_TYPE[sector] for sector in sectors if sector in _CAMEO_TYPE]
    return tuple(dict.fromkeys(types))


@lru_cache(maxsize=1)
def _cameo() -> dict[tuple[str, str], Cameo]:
    return {
        (kind, mode): Cameo(code, label, float(goldstein))
        for kind, mode, code, label, goldstein in _rows("cameo.tsv")
    }


def to_cameo(kind: str, modes: tuple[str, ...]) -> Cameo:
    """The CAMEO code of a PLOVER type with its modes: of the first mode that has one.

    Raises ``KeyError`` for a type that PLOVER does not have.
    """
    table = _cameo()
    found = (table[kind, mode] for mode in modes if (kind, mode) in table)
    return next(found, table[kind, ""])
