"""Which place is meant: the candidates of each name in a report, weighed against each other.

All mentions of one name in a report mean one place (one sense a report), unless what follows tells
them apart ("Springfield, Illinois" and "Springfield, Missouri"). Candidates are weighed twice:
first each name by itself, then with the report's other places, weighted by how likely each is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from onrecord.knowledge.gazetteer import (
    BARE,
    DEMONYM,
    DOTTED,
    NOWHERE,
    POSTAL,
    PRIMARY,
    Gazetteer,
)
from onrecord.knowledge.gazetteer_names import fold
from onrecord.reading.page import Page
from onrecord.reading.places.spans import Candidate
from onrecord.reading.places.trees import Floats, Network

KEPT = 24
"""Candidates of a name that are weighed: the largest, and those that the words point to."""
_COUNTRY_DOMAINS = {"uk": "GB"}

OWN: tuple[str, ...] = (
    "population", "rank", "share", "log_places", "primary", "alternate", "bare", "abbreviation",
    "demonym",
    "country", "first_order", "second_order", "capital", "region", "town", "exact_case",
    "outlet_country", "outlet_country_known", "outlet_name", "outlet_admin", "qualified",
    "qualified_country",
    "qualified_no", "united_states", "united_states_by_outlet", "has_division_word", "mentions",
    "population_town",
    "no_population", "only", "fame", "fame_share", "fame_rank", "town_within", "division_around",
    "contradicted",
)  # fmt: skip
CONTEXT: tuple[str, ...] = (
    *OWN, "first_pass", "first_pass_best", "country_share", "country_others", "country_named",
    "admin1_share", "admin1_others",
    "admin1_named", "admin2_others", "admin2_named", "near_50", "near_300", "near_50_best",
    "groups", "holds_others",
)  # fmt: skip


@dataclass(slots=True, eq=False)
class Group:
    """The mentions of one name that mean one place, and the places that it could be."""

    key: str
    divisions: bool
    qualifier: frozenset[int]
    mentions: list[Candidate] = field(default_factory=list)
    contradicted: bool = False
    places: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    kinds: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    own: Floats = field(default_factory=lambda: np.zeros((0, len(OWN)), np.float32))
    context: Floats = field(default_factory=lambda: np.zeros((0, len(CONTEXT)), np.float32))
    probability: Floats = field(default_factory=lambda: np.zeros(0, np.float32))


def group(page: Page, mentions: Sequence[Candidate], gazetteer: Gazetteer) -> list[Group]:
    """The mentions by what they must mean alike, with their candidates and own features."""
    groups: dict[tuple[str, bool, frozenset[int]], Group] = {}
    named: dict[str, set[int]] = {}
    follows = _followers(page, mentions)
    for mention in mentions:
        if mention.postings[0] == mention.postings[1]:
            continue
        holders: set[int] = set()
        for follower in follows.get(mention.first, ()):
            places = gazetteer.posting_place[follower.postings[0] : follower.postings[1]]
            holders.update(places[_holding(gazetteer, places)].tolist())
        held = _holds_any(mention, holders, gazetteer)
        qualifier = frozenset(holders) if held else frozenset()
        named.setdefault(mention.key, set()).update(qualifier)
        key = (mention.key, mention.divisions, qualifier)
        one = groups.setdefault(key, Group(*key))
        one.mentions.append(mention)
        if holders and not held and page.text[mention.end : mention.end + 1] == ",":
            one.contradicted = True
    for one in list(groups.values()):
        if not one.qualifier and named[one.key]:
            one.qualifier = frozenset(named[one.key])
    merged: dict[tuple[str, bool, frozenset[int]], Group] = {}
    for one in groups.values():
        same = merged.setdefault((one.key, one.divisions, one.qualifier), one)
        if same is not one:
            same.mentions.extend(one.mentions)
    outlet = _Outlet(page, gazetteer)
    for one in merged.values():
        _fill(one, gazetteer, outlet)
    return [one for one in merged.values() if len(one.places)]


def weigh(groups: Sequence[Group], gazetteer: Gazetteer, alone: Network, together: Network) -> None:
    """Gives each candidate of each group its probability."""
    if not groups:
        return
    for one in groups:
        one.probability = softmax(alone.score(one.own))
    for _ in range(2):
        surround(groups, gazetteer)
        for one in groups:
            one.probability = softmax(together.score(one.context))


def trust_row(mention: Candidate, one: Group) -> Floats:
    """What tells how far the answer for ``mention`` can be trusted."""
    order = np.argsort(-one.probability, kind="stable")
    first = float(one.probability[order[0]])
    second = float(one.probability[order[1]]) if len(order) > 1 else 0.0
    place = min(max(mention.score, 1e-4), 1 - 1e-4)
    return np.concatenate(
        [
            [math.log(place / (1 - place)), math.log(first + 1e-4), first - second],
            one.context[order[0]],
        ]
    ).astype(np.float32)


def softmax(scores: Floats) -> Floats:
    """Scores as probabilities."""
    e = np.exp(scores - scores.max())
    return np.asarray(e / e.sum(), np.float32)


def _followers(page: Page, mentions: Sequence[Candidate]) -> dict[int, list[Candidate]]:
    """For each mention those that follow it and could hold it: "Paris, Lamar County, Texas"."""
    ordered = sorted(mentions, key=lambda c: c.first)
    out: dict[int, list[Candidate]] = {}
    for here, following in reversed(list(pairwise(ordered))):
        gap = page.text[here.end : following.start].strip()
        if gap in {",", "("}:
            out[here.first] = [following, *out.get(following.first, [])][:3]
        elif gap in {"", ", in", "in", "of", ", near", ", the"}:
            out[here.first] = [following]
    return out


def _holding(gazetteer: Gazetteer, places: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
    """Which places can hold others: countries and divisions."""
    codes = [gazetteer.features[f] for f in gazetteer.feature[places].tolist()]
    return np.array([code[:3] in {"PCL", "ADM"} for code in codes], bool)


def _holds_any(mention: Candidate, holders: set[int], gazetteer: Gazetteer) -> bool:
    if not holders:
        return False
    places = gazetteer.posting_place[mention.postings[0] : mention.postings[1]].astype(np.int64)
    return bool(_held(gazetteer, places, holders).any())


def _held(
    gazetteer: Gazetteer, places: npt.NDArray[np.int64], holders: set[int] | frozenset[int]
) -> npt.NDArray[np.bool_]:
    """Which of ``places`` lie in one of ``holders``."""
    wanted = np.fromiter(sorted(holders), np.int64, len(holders))
    country = np.array(gazetteer.country_rows, np.int64)[gazetteer.country[places]]
    inside = np.isin(country, wanted)
    inside |= np.isin(gazetteer.admin1[places].astype(np.int64), wanted)
    inside |= np.isin(gazetteer.admin2[places].astype(np.int64), wanted)
    return inside & ~np.isin(places, wanted)


class _Outlet:
    """What the outlet's address says: its country, and the letters of its name."""

    def __init__(self, page: Page, gazetteer: Gazetteer) -> None:
        source = (page.report.source or page.report.url or "").lower()
        host = source.split("//")[-1].split("/")[0]
        ending = host.rsplit(".", 1)[-1] if "." in host else ""
        code = _COUNTRY_DOMAINS.get(ending, ending.upper())
        self.country = gazetteer.countries.index(code) if code in gazetteer.countries[1:] else -1
        self.letters = "".join(c for c in host.removeprefix("www.") if c.isalnum())
        self.american = bool(host) and self.country < 0


def _fill(one: Group, gazetteer: Gazetteer, outlet: _Outlet) -> None:
    start, end = one.mentions[0].postings
    places = gazetteer.posting_place[start:end].astype(np.int64)
    kinds = gazetteer.posting_kind[start:end].astype(np.int64)
    codes = np.array(gazetteer.features)[gazetteer.feature[places]]
    keep = np.ones(len(places), bool)
    if one.divisions:
        division = np.char.startswith(codes, "ADM")
        keep = division if division.any() else keep
    if not all(_written(kinds)):
        readable = _written(kinds)
        after_comma = any(m.surface.isupper() and len(m.surface) == 2 for m in one.mentions)
        dotted = any("." in m.surface for m in one.mentions)
        readable |= (kinds == POSTAL) & after_comma
        readable |= (kinds == DOTTED) & (dotted | after_comma)
        keep &= readable if (readable & keep).any() else keep
    held = _held(gazetteer, places, one.qualifier) if one.qualifier else np.zeros(len(places), bool)
    order = np.flatnonzero(keep)
    if len(order) > KEPT:
        order = np.array([*order[:KEPT], *(i for i in order[KEPT:] if held[i])])
    one.places, one.kinds = places[order], kinds[order]
    one.own = _own(one, codes[order], held[order], gazetteer, outlet)


def _written(kinds: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    return np.asarray((kinds != POSTAL) & (kinds != DOTTED), bool)


def _own(
    one: Group,
    codes: npt.NDArray[np.str_],
    held: npt.NDArray[np.bool_],
    gazetteer: Gazetteer,
    outlet: _Outlet,
) -> Floats:
    places, kinds = one.places, one.kinds
    count = len(places)
    people = gazetteer.population[places].astype(np.float64)
    log_people = np.log10(1 + people)
    country = gazetteer.country[places].astype(np.int64)
    start = np.char.startswith
    is_country, first, second = start(codes, "PCL"), codes == "ADM1", codes == "ADM2"
    capital, town = codes == "PPLC", start(codes, "PPL")
    region = ~(is_country | start(codes, "ADM") | town)
    usa = country == gazetteer.countries.index("US")
    holders = {int(gazetteer.country_rows[c]) for c in set(country.tolist())}
    qualified_country = held & bool(one.qualifier & holders)
    surface = one.mentions[0].surface
    exact = np.array([gazetteer.name(int(p)) == surface for p in places])
    key = one.key.replace(" ", "")
    letters = np.full(count, float(len(key) > 3 and key in outlet.letters))
    admin = np.array(
        [float(_in_address(int(a), gazetteer, outlet)) for a in gazetteer.admin1[places]]
    )
    known = float(outlet.country >= 0)
    fame = gazetteer.fame[places].astype(np.float64)
    holders1, holders2 = (
        gazetteer.admin1[places].astype(np.int64),
        gazetteer.admin2[places].astype(np.int64),
    )
    town_within = np.isin(places, np.concatenate([holders1[town], holders2[town]]))
    division_around = town & (np.isin(holders1, places) | np.isin(holders2, places))
    columns = [
        log_people, np.log1p(np.arange(count)), people / max(people.sum(), 1), np.full(count,
        np.log1p(count)),
        kinds == PRIMARY, kinds == 1, kinds == BARE, (kinds == DOTTED) | (kinds == POSTAL),
        kinds == DEMONYM,
        is_country, first, second, capital, region, town, exact,
        country == outlet.country, np.full(count, known), letters * town, admin, held,
        qualified_country,
        ~held & bool(one.qualifier), usa, usa & outlet.american,
        np.full(count, float(one.divisions)), np.full(count, np.log1p(len(one.mentions))),
        log_people * town,
        people == 0, np.full(count, float(count == 1)),
        np.log1p(fame), fame / max(fame.sum(), 1), np.log1p(np.argsort(np.argsort(-fame,
        kind="stable"))),
        town_within, division_around, np.full(count, float(one.contradicted)),
    ]  # fmt: skip
    return np.array(columns, np.float32).T


def _in_address(admin: int, gazetteer: Gazetteer, outlet: _Outlet) -> bool:
    if admin == NOWHERE or not outlet.letters:
        return False
    name = fold(gazetteer.name(admin)).replace(" ", "")
    return len(name) > 3 and name in outlet.letters


def surround(groups: Sequence[Group], gazetteer: Gazetteer) -> None:
    """Fills in ``context``: what the other names of the report say for each candidate."""
    sizes = [len(one.places) for one in groups]
    owner = np.repeat(np.arange(len(groups)), sizes)
    places = np.concatenate([one.places for one in groups])
    p = np.concatenate([one.probability for one in groups]).astype(np.float64)
    country = gazetteer.country[places].astype(np.int64)
    admin1 = gazetteer.admin1[places].astype(np.int64)
    admin2 = gazetteer.admin2[places].astype(np.int64)
    is_first = np.isin(places, admin1[admin1 != NOWHERE])
    own_admin1 = np.where(is_first, places, admin1)
    is_second = np.isin(places, admin2[admin2 != NOWHERE])
    own_admin2 = np.where(is_second, places, admin2)
    others = max(len(groups) - 1, 1)
    by_country = _support(country, owner, p, country > 0)
    by_admin1 = _support(own_admin1, owner, p, own_admin1 != NOWHERE)
    by_admin2 = _support(own_admin2, owner, p, own_admin2 != NOWHERE)
    rows = np.array(gazetteer.country_rows, np.int64)
    named = dict(zip(places.tolist(), p.tolist(), strict=True))
    for place, probability in zip(places.tolist(), p.tolist(), strict=True):
        named[place] = max(named[place], probability)
    country_named = np.array(
        [
            named.get(int(r), 0.0) if int(r) != int(q) else 0.0
            for r, q in zip(rows[country], places, strict=True)
        ]
    )
    admin1_named = np.array([named.get(int(a), 0.0) for a in admin1])
    admin2_named = np.array([named.get(int(a), 0.0) for a in admin2])
    near = _nearness(places, owner, p, gazetteer)
    holds = np.zeros(len(places))
    for column in (rows[country], admin1):
        mass: dict[int, float] = {}
        for holder, probability in zip(column.tolist(), p.tolist(), strict=True):
            mass[holder] = mass.get(holder, 0.0) + probability
        holds = np.maximum(holds, [mass.get(int(q), 0.0) for q in places])
    best = np.concatenate([one.probability / one.probability.max() for one in groups])
    columns = [
        np.log(p + 1e-4), best, by_country / others, np.log1p(by_country), country_named,
        by_admin1 / others, np.log1p(by_admin1), admin1_named, np.log1p(by_admin2), admin2_named,
        *near, np.full(len(places), np.log1p(len(groups))), np.log1p(holds),
    ]  # fmt: skip
    extra = np.array(columns, np.float32).T
    at = 0
    for one, size in zip(groups, sizes, strict=True):
        one.context = np.concatenate([one.own, extra[at : at + size]], axis=1)
        at += size


def _support(
    value: npt.NDArray[np.int64],
    owner: npt.NDArray[np.int64],
    p: npt.NDArray[np.float64],
    usable: npt.NDArray[np.bool_],
) -> npt.NDArray[np.float64]:
    """The probability that other names give to places with the same ``value``."""
    _, code = np.unique(value, return_inverse=True)
    width = int(code.max()) + 1
    table = np.zeros((int(owner.max()) + 1, width))
    np.add.at(table, (owner, code), np.where(usable, p, 0.0))
    return np.asarray(np.where(usable, table.sum(axis=0)[code] - table[owner, code], 0.0))


def _nearness(
    places: npt.NDArray[np.int64],
    owner: npt.NDArray[np.int64],
    p: npt.NDArray[np.float64],
    gazetteer: Gazetteer,
) -> list[npt.NDArray[np.float64]]:
    """How much of the other names lies within 50 and 300 km, without countries and regions."""
    codes = np.array(gazetteer.features)[gazetteer.feature[places]]
    pointed = np.isin(codes, ["ADM1", "ADM2", "PPL", "PPLC", "PPLX"])
    lat, lon = (
        np.radians(gazetteer.lat[places].astype(np.float64)),
        np.radians(gazetteer.lon[places].astype(np.float64)),
    )
    xyz = np.stack(
        [np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1
    ).astype(np.float32)
    sources = np.flatnonzero(pointed & (p > 0.02))
    if not len(sources):
        return [np.zeros(len(places))] * 3
    distance = 6371 * np.sqrt(np.maximum(2 - 2 * (xyz @ xyz[sources].T), 0))
    weight = np.where(owner[:, None] == owner[sources][None, :], 0.0, p[sources][None, :])
    close = np.exp(-distance / 50) * weight
    wide = np.exp(-distance / 300) * weight
    mask = pointed.astype(np.float64)
    return [
        np.log1p(close.sum(axis=1)) * mask,
        np.log1p(wide.sum(axis=1)) * mask,
        close.max(axis=1) * mask,
    ]
