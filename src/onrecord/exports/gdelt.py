"""GDELT 2.0: the 61 columns of events and the 16 of mentions, tab-separated, without header.

Two files, ``events.export.CSV`` and ``mentions.CSV``, named as GDELT names its own. Columns follow
*The GDELT Event Database Data Format Codebook V2.0*. What is not known is empty: GDELT's tone, its
own ids of places and its ethnic and religious codes are not measured here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from onrecord.exports.codes import (
    CAMEO_QUADS,
    cameo_country,
    cameo_types,
    country_name,
    fips,
    known_group,
    to_cameo,
)
from onrecord.exports.contract import Lost
from onrecord.exports.event_facts import (
    NO_ACTOR,
    NO_DAY,
    Party,
    Told,
    day_of,
    levels,
    told_events,
)
from onrecord.exports.table import line
from onrecord.record.model import Place, Record

_ACTOR = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code",
          "Religion2Code", "Type1Code", "Type2Code", "Type3Code")  # fmt: skip
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")

EVENT_COLUMNS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor{n}{name}" for n in (1, 2) for name in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *(f"{who}Geo_{name}" for who in ("Actor1", "Actor2", "Action") for name in _GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip

MENTION_COLUMNS = (
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName",
    "MentionIdentifier", "SentenceID", "Actor1CharOffset", "Actor2CharOffset",
    "ActionCharOffset", "InRawText", "Confidence", "MentionDocLen", "MentionDocTone",
    "MentionDocTranslationInfo", "Extras",
)  # fmt: skip

Rows = tuple[list[list[Any]], list[list[Any]]]


def rows(record: Record, lost: Lost) -> Rows:
    """Lines of events and lines of mentions of ``record``, by ``EVENT_COLUMNS`` and
    ``MENTION_COLUMNS``; each mention names the event by its number.
    """
    everything = list(told_events(record, Lost(), repeated=True))
    told = {one.event.id: one for one in everything}
    events: list[list[Any]] = []
    mentions: list[list[Any]] = []
    for one in everything:
        first = _first(one, told)
        if first.day is None or not first.actors:
            lost[NO_DAY if first.day is None else NO_ACTOR] += 1
            continue
        for number, (actor, recipient) in enumerate(first.pairs()):
            id_ = _number(first, number)
            if first is one:
                same = sum(_first(other, told) is one for other in everything)
                events.append(_event(one, id_, actor, recipient, same))
            here = _here(one, number) if first is not one else (actor, recipient)
            mentions.append(_mention(one, first, id_, *here))
    return events, mentions


def write_path(records: Iterable[Record], path: Path, lost: Lost) -> None:
    """Writes the two files into the folder ``path``, which it makes."""
    path.mkdir(parents=True, exist_ok=True)
    with (
        (path / "events.export.CSV").open("wb") as events_file,
        (path / "mentions.CSV").open("wb") as mentions_file,
    ):
        for record in records:
            events, mentions = rows(record, lost)
            events_file.writelines(map(line, events))
            mentions_file.writelines(map(line, mentions))


def _first(one: Told, told: dict[str, Told]) -> Told:
    while one.event.same_as is not None and one.event.same_as in told:
        one = told[one.event.same_as]
    return one


def _here(one: Told, number: int) -> tuple[Party | None, Party | None]:
    pairs = one.pairs()
    return pairs[number] if number < len(pairs) else (None, None)


def _number(told: Told, pair: int) -> int:
    """A number below 2**60 that stays the same for one event of one report, and pair of it."""
    name = f"{told.record.id}\x1f{told.event.key}\x1f{pair}"
    return int(hashlib.sha256(name.encode()).hexdigest()[:15], 16)


def _event(
    told: Told, id_: int, actor: Party | None, recipient: Party | None, mentions: int
) -> list[Any]:
    event, record = told.event, told.record
    cameo = to_cameo(event.type, event.modes)
    assert told.day is not None
    year, month, day = told.day.split("-")
    return [
        id_,
        f"{year}{month}{day}",
        f"{year}{month}",
        year,
        f"{int(year) + (int(month) * 30 + int(day)) / 365:.4f}",
        *_actor(actor),
        *_actor(recipient),
        _is_root(told),
        cameo.code,
        cameo.code[:3],
        cameo.code[:2],
        CAMEO_QUADS[int(cameo.code[:2])],
        cameo.goldstein,
        mentions,
        1,
        1,
        None,
        *[None] * len(_GEO),
        *[None] * len(_GEO),
        *_geo(told.place),
        _stamp(record),
        record.url,
    ]


def _actor(party: Party | None) -> list[Any]:
    if party is None:
        return [None] * len(_ACTOR)
    country = cameo_country(party.country)
    group = known_group(party.codes)
    types = cameo_types(party.codes, party.sectors)
    own = [kind for kind in types if not (group and kind == "IGO")]
    code = "".join([country or group or "", *own])
    padded = [*types[:3], None, None, None][:3]
    return [code or None, party.name.upper(), country, group, None, None, None, *padded]


def _geo(place: Place | None) -> list[Any]:
    if place is None or place.lat is None:
        return [None] * len(_GEO)
    feature, usa = place.feature or "", place.country3 == "USA"
    kind = (
        1 if feature.startswith("PCL")
        else (2 if usa else 5) if feature.startswith("ADM1")
        else (3 if usa else 4)
    )  # fmt: skip
    where = levels(place)
    parts = [place.name, where.province, country_name(place.country3)]
    full = ", ".join(dict.fromkeys(part for part in parts if part))
    return [kind, full, fips(place.country3), None, None, place.lat, place.lon, None]


def _is_root(told: Told) -> int | None:
    """Whether the event stands in the lead: the first paragraph of the prose."""
    record = told.record
    if record.text is None or not record.sentences:
        return None
    lead = record.sentences[0][0]
    return int("\n" not in record.text[lead : told.event.anchor.spans[0][0]].strip("\n"))


def _stamp(record: Record) -> str | None:
    day = day_of(record.published)
    if day is None or record.published is None:
        return None
    clock = "".join(char for char in record.published[11:19] if char.isdigit())
    return day.replace("-", "") + clock.ljust(6, "0")


def _mention(
    one: Told, first: Told, id_: int, actor: Party | None, recipient: Party | None
) -> list[Any]:
    record, event = one.record, one.event
    day = (first.day or "").replace("-", "")
    return [
        id_,
        day + "000000",
        _stamp(record),
        1 if record.url else 2,
        record.source,
        record.url or record.title or record.id,
        one.context.sentence_number(event.anchor.spans[0][0]),
        _offset(actor),
        _offset(recipient),
        event.anchor.spans[0][0],
        1,
        round(event.score * 100),
        None if record.text is None else len(record.text),
        None,
        None,
        None,
    ]


def _offset(party: Party | None) -> int:
    return party.spans[0][0] if party is not None and party.spans else -1
