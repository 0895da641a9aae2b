"""ICEWS: 20 columns, tab-separated, events in CAMEO codes, one line for each pair.

The columns are those of the ICEWS Coded Event Data (Boschee et al., 2015). A country stands by its
English name there, a source's sectors in words. PLOVER types become CAMEO codes by
``data/cameo.tsv``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from onrecord.exports.codes import country_name, to_cameo
from onrecord.exports.contract import Lost
from onrecord.exports.event_facts import NO_ACTOR, Party, dated_events, levels
from onrecord.exports.table import line
from onrecord.record.model import Record

COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text",
    "CAMEO Code", "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID",
    "Sentence Number", "Publisher", "City", "District", "Province", "Country", "Latitude",
    "Longitude",
)  # fmt: skip

SECTORS = {
    "COP": "Police", "GOV": "Government", "JUD": "Judicial", "LEG": "Legislative",
    "MIL": "Military", "PRM": "Paramilitary", "PTY": "Parties", "REB": "Rebel",
    "SPY": "Intelligence", "UAF": "Unidentified Forces", "UNK": "Unidentified",
    "AGR": "Agricultural", "BUS": "Business", "CRM": "Criminals / Gangs",
    "CVL": "General Population / Civilian / Social", "EDU": "Education", "ELI": "Elite",
    "JRN": "Media", "LAB": "Labor", "MED": "Medical / Health", "REF": "Refugees / Displaced",
    "OPP": "Opposition", "PRE": "Partially Recognized", "REL": "Religious",
    "SOC": "Social", "IGO": "International Government Organization", "UNO": "United Nations",
    "EUR": "European Union", "NGO": "Nongovernmental Organization",
    "ISM": "International Social Movement", "IMG": "International Armed Group",
    "MNC": "Multinational Corporation",
}  # fmt: skip
"""PLOVER's sectors and kinds of body in the manner of ICEWS, which writes sectors in words."""


def rows(record: Record, lost: Lost) -> Iterator[list[Any]]:
    """The lines of ``record``, each a value for each of ``COLUMNS``."""
    for told in dated_events(record, lost):
        if not told.actors:
            lost[NO_ACTOR] += 1
            continue
        event, place = told.event, told.place
        cameo = to_cameo(event.type, event.modes)
        where = levels(place)
        for source, target in told.pairs():
            yield [
                f"{record.id}:{event.key}",
                told.day,
                *_party(source),
                cameo.label,
                cameo.code,
                cameo.goldstein,
                *_party(target),
                record.id,
                told.context.sentence_number(event.anchor.spans[0][0]),
                record.source,
                where.city,
                where.district,
                where.province,
                country_name(where.country) or (place.country3 if place else None),
                None if place is None else place.lat,
                None if place is None else place.lon,
            ]


def write(records: Iterable[Record], out: BinaryIO, lost: Lost) -> None:
    """Writes the header and the lines of all ``records``."""
    out.write(line(COLUMNS))
    for record in records:
        for row in rows(record, lost):
            out.write(line(row))


def _party(party: Party | None) -> list[Any]:
    if party is None:
        return [None, None, None]
    kinds = [code for code in party.codes if code in SECTORS]
    sectors = [SECTORS[code] for code in (*party.sectors, *kinds) if code in SECTORS]
    return [party.name, ",".join(sectors), country_name(party.country) or party.country]
