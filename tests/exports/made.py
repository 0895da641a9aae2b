"""Two records made by hand, with what is hard to export: emoji, cut spans, words over a line end,
markup, several actors, a mention told again, an inferred argument, a text with ``\\r\\n``.
"""

from __future__ import annotations

import hashlib
from typing import Any

from onrecord.record.model import (
    Argument,
    Attribution,
    Claim,
    Entity,
    Event,
    EventScores,
    Forecast,
    Limit,
    Mention,
    Permission,
    Place,
    PlaceWords,
    Quantity,
    ReaderInfo,
    Reason,
    Record,
    Sourced,
    Spans,
    Time,
    TimeWords,
    Words,
)
from onrecord.record.report import sha256

TEXT = """🕊️ Norway and Sweden met in Oslo on Monday 😀, the ministry said.

“We spoke of the <b>ferry</b> 🚧,” said Kari Strand & Co, “and of the
port of Texas.” She denied that rebels had shelled Bergen.

Police arrested nine people on 3 May; the arrests went on. Eleven were killed.
Norway lets Denmark use two ports until October because a storm closed the strait.
"""
SECOND = "Kari Strand visited Oslo.\r\nThe United Nations fed\tPalestinian refugees.\r\n"


def spans(text: str, *pieces: str, nth: int = 0) -> Spans:
    """Where ``pieces`` stand in ``text``, each after the one before; the first is the nth."""
    found, at = [], 0
    for number, piece in enumerate(pieces):
        for _ in range(nth + 1 if number == 0 else 1):
            start = text.index(piece, at)
            at = start + 1
        found.append((start, start + len(piece)))
        at = start + len(piece)
    return tuple(found)


class Maker:
    """Words, keys and entries over one text."""

    def __init__(self, text: str) -> None:
        self.text = text

    def words(self, *pieces: str, nth: int = 0) -> dict[str, Any]:
        where = spans(self.text, *pieces, nth=nth)
        return {"spans": where, "text": " ".join(self.text[s:e] for s, e in where)}

    def key(self, part: str, id_: str) -> str:
        return hashlib.sha256(f"{part}|{id_}|{sha256(self.text)}".encode()).hexdigest()[:16]

    def entity(
        self, id_: str, name: str | None, kind: str, *mentions: dict[str, Any], **more: Any
    ) -> Entity:
        made = tuple(Mention(kind="name" if name else "nominal", **words) for words in mentions)
        return Entity(
            id=id_,
            key=self.key("entities", id_),
            name=name,
            kind=kind,
            mentions=made,
            score=0.9,
            **more,
        )

    def argument(
        self,
        words: dict[str, Any],
        entity: str | None = None,
        codes: tuple[str, ...] = (),
        sectors: tuple[str, ...] = (),
        **more: Any,
    ) -> Argument:
        return Argument(entity=entity, codes=codes, sectors=sectors, **words, **more)

    def event(self, id_: str, kind: str, words: dict[str, Any], **more: Any) -> Event:
        given: dict[str, Any] = {
            "realis": "actual",
            "background": False,
            "factuality": 2.5,
            "main": False,
            **more,
        }
        return Event(
            id=id_,
            key=self.key("events", id_),
            type=kind,
            anchor=Words(**words),
            score=0.8,
            scores=EventScores(type=0.9, roles=0.8, realis=0.95),
            **given,
        )


def record(text: str, id_: str, **more: Any) -> Record:
    info = ReaderInfo(
        version="0.1.0",
        model="m0",
        pipeline="p-1",
        knowledge="k0",
        options={},
        parts=tuple(sorted(more["parts"])),
    )
    parts = more.pop("parts")
    given: dict[str, Any] = dict.fromkeys(
        ("published", "published_basis", "title", "source", "credit", "url", "file", "form")
    )
    return Record(
        id=id_,
        text=text,
        text_sha256=sha256(text),
        reader=info,
        problems=(),
        zones=(),
        authors=more.pop("authors", ()),
        language="en",
        **{**given, **more, **parts},
    )


def first() -> Record:
    m = Maker(TEXT)
    w = m.words
    norway, sweden = w("Norway"), w("Sweden")
    entities = (
        m.entity("n1", "Norway", "country", norway, w("Norway", nth=1), codes=("NOR",)),
        m.entity("n2", "Sweden", "country", sweden, codes=("SWE",)),
        m.entity("n3", None, "organization", w("the ministry"), codes=("NOR",), sectors=("GOV",)),
        m.entity(
            "n4",
            "Kari Strand",
            "person",
            w("Kari Strand"),
            w("She"),
            codes=("NOR",),
            sectors=("GOV",),
            role="prime minister",
        ),
        m.entity("n5", None, "group", w("rebels"), sectors=("REB",)),
        m.entity("n6", None, "group", w("Police"), codes=("NOR",), sectors=("COP",)),
        m.entity("n7", "Denmark", "country", w("Denmark"), codes=("DNK",)),
    )
    times = (
        Time(
            id="t1",
            key=m.key("times", "t1"),
            **w("Monday"),
            type="DATE",
            value="2031-05-05",
            start="2031-05-05",
            end="2031-05-05",
            basis="published",
            score=0.9,
        ),
        Time(
            id="t2",
            key=m.key("times", "t2"),
            **w("3 May"),
            type="TIME",
            value="2031-05-03T14:30",
            start="2031-05-03T14:30",
            end="2031-05-04",
            basis="published",
            score=0.9,
        ),
        Time(
            id="t3",
            key=m.key("times", "t3"),
            **w("October"),
            type="DATE",
            value="2031-10",
            start="2031-10-01",
            end="2031-10-31",
            basis="published",
            score=0.9,
        ),
    )
    places = (
        Place(
            id="p1",
            key=m.key("places", "p1"),
            **w("Oslo"),
            name="Oslo",
            country="NO",
            country3="NOR",
            admin1="Oslo",
            feature="PPLC",
            geonames_id=3143244,
            lat=59.9127,
            lon=10.7461,
            score=0.9,
        ),
        Place(
            id="p2",
            key=m.key("places", "p2"),
            **w("Texas"),
            name="Texas",
            country="US",
            country3="USA",
            admin1="Texas",
            feature="ADM1",
            geonames_id=4736286,
            lat=31.2504,
            lon=-99.2506,
            score=0.7,
        ),
        Place(id="p3", key=m.key("places", "p3"), **w("Bergen"), score=0.3),
    )
    quantities = (
        Quantity(
            id="q1",
            key=m.key("quantities", "q1"),
            **w("nine"),
            value=9,
            of=Words(**w("people")),
            property="detained",
            event="e3",
            score=0.9,
        ),
        Quantity(
            id="q2",
            key=m.key("quantities", "q2"),
            **w("Eleven"),
            value=11,
            property="killed",
            event="e5",
            score=0.9,
        ),
    )
    attributions = (
        Attribution(
            id="a1",
            key=m.key("attributions", "a1"),
            source=Sourced(**w("the ministry"), entities=("n3",), kind="institution"),
            cue=Words(**w("said")),
            content=Words(**w("🕊️ Norway and Sweden met in Oslo on Monday 😀")),
            quotation="indirect",
            stance="asserts",
            score=0.95,
        ),
        Attribution(
            id="a2",
            key=m.key("attributions", "a2"),
            source=Sourced(**w("Kari Strand"), entities=("n4",), kind="named"),
            cue=Words(**w("said", nth=1)),
            content=Words(
                **w("“We spoke of the <b>ferry</b> 🚧,”", "“and of the\nport of Texas.”")
            ),
            quotation="direct",
            stance="asserts",
            nested_in=None,
            score=0.9,
        ),
        Attribution(
            id="a3",
            key=m.key("attributions", "a3"),
            source=Sourced(**w("She"), entities=("n4",), kind="named"),
            cue=Words(**w("denied")),
            content=Words(**w("that rebels had shelled Bergen")),
            quotation="indirect",
            stance="denies",
            nested_in="a2",
            score=0.9,
        ),
    )
    police = m.argument(w("Police"), "n6", ("NOR",), ("COP",))
    events = (
        m.event(
            "e1",
            "CONSULT",
            w("met"),
            main=True,
            modes=("visit",),
            contexts=("diplomatic",),
            actors=(m.argument(norway, "n1", ("NOR",)), m.argument(sweden, "n2", ("SWE",))),
            places=(PlaceWords(**w("in Oslo"), place="p1"),),
            times=(TimeWords(**w("on Monday"), time="t1"),),
            attribution="a1",
            claims=(Claim(attribution="a1", realis="actual"),),
        ),
        m.event(
            "e2",
            "ASSAULT",
            w("shelled"),
            modes=("heavy-weapons",),
            realis="negated",
            factuality=-1.5,
            actors=(m.argument(w("rebels"), "n5", (), ("REB",)),),
            recipients=(m.argument(w("Bergen")),),
            places=(PlaceWords(**w("Bergen"), place="p3"),),
            attribution="a3",
        ),
        m.event(
            "e3",
            "COERCE",
            w("arrested"),
            main=True,
            modes=("arrest",),
            contexts=("legal",),
            actors=(police,),
            recipients=(m.argument(w("nine people")),),
            times=(TimeWords(**w("on 3 May"), time="t2"),),
            quantities=("q1",),
        ),
        m.event(
            "e4",
            "COERCE",
            w("arrests"),
            actors=(
                m.argument(
                    {"spans": (), "text": "police"},
                    "n6",
                    ("NOR",),
                    ("COP",),
                    inferred={"rule": "same"},
                ),
            ),
            same_as="e3",
        ),
        m.event("e5", "ASSAULT", w("killed"), quantities=("q2",), background=True),
        m.event(
            "e6",
            "COOPERATE",
            w("use"),
            realis="future",
            actors=(m.argument(w("Denmark"), "n7", ("DNK",)),),
            factuality=1.0,
        ),
        m.event("e7", "SANCTION", w("closed"), actors=(m.argument(w("a storm")),)),
    )
    permissions = (
        Permission(
            id="r1",
            key=m.key("permissions", "r1"),
            state="granted",
            deontic="allow",
            anchor=Words(**w("lets")),
            grantor=(m.argument(w("Norway", nth=1), "n1", ("NOR",)),),
            grantee=(m.argument(w("Denmark"), "n7", ("DNK",)),),
            act=Words(**w("use two ports until October")),
            limits=(Limit(**w("two")), Limit(**w("until October"), time="t3")),
            score=0.8,
        ),
    )
    reasons = (
        Reason(
            id="w1",
            key=m.key("reasons", "w1"),
            kind="cause",
            anchor=Words(**w("because")),
            content=Words(**w("a storm closed the strait")),
            of=Words(**w("Norway lets Denmark use two ports")),
            of_ref="r1",
            score=0.8,
        ),
    )
    forecasts = (
        Forecast(
            id="f1",
            key=m.key("forecasts", "f1"),
            content=Words(**w("use two ports until October")),
            cue=Words(**w("lets")),
            holder="n1",
            likelihood="expected",
            horizon=TimeWords(**w("until October"), time="t3"),
            events=("e6",),
            score=0.6,
        ),
    )
    sentences = tuple(
        spans(TEXT, piece)[0]
        for piece in (
            "🕊️ Norway and Sweden met in Oslo on Monday 😀, the ministry said.",
            "“We spoke of the <b>ferry</b> 🚧,” said Kari Strand & Co, “and of the\nport of Texas.”",
            "She denied that rebels had shelled Bergen.",
            "Police arrested nine people on 3 May; the arrests went on.",
            "Eleven were killed.",
            "Norway lets Denmark use two ports until October because a storm closed the strait.",
        )
    )
    parts = {
        "entities": entities,
        "attributions": attributions,
        "times": times,
        "places": places,
        "quantities": quantities,
        "events": events,
        "permissions": permissions,
        "reasons": reasons,
        "forecasts": forecasts,
    }
    return record(
        TEXT,
        "post/oslo 1",
        published="2031-05-06T08:30:00",
        published_basis="given",
        title="Talks in Oslo 🕊️",
        source="The Fjord Post",
        url="https://example.org/oslo?a=1&b=2",
        authors=("Ada Berg",),
        sentences=sentences,
        parts=parts,
    )


def second() -> Record:
    m = Maker(SECOND)
    w = m.words
    entities = (
        m.entity("n1", "Kari Strand", "person", w("Kari Strand"), codes=("NOR",)),
        m.entity("n2", "United Nations", "organization", w("The United Nations"), codes=("UNO",)),
        m.entity("n3", None, "group", w("Palestinian refugees"), codes=("PSE",), sectors=("REF",)),
    )
    events = (
        m.event(
            "e1",
            "CONSULT",
            w("visited"),
            main=True,
            modes=("visit",),
            actors=(m.argument(w("Kari Strand"), "n1", ("NOR",), ("GOV",)),),
        ),
        m.event(
            "e2",
            "AID",
            w("fed"),
            main=True,
            actors=(m.argument(w("The United Nations"), "n2", ("UNO",)),),
            recipients=(m.argument(w("Palestinian refugees"), "n3", ("PSE",), ("REF",)),),
        ),
    )
    said = Attribution(
        id="a1",
        key=m.key("attributions", "a1"),
        source=None,
        cue=None,
        content=Words(**w("The United Nations fed\tPalestinian refugees")),
        quotation="indirect",
        stance="asserts",
        score=0.5,
    )
    sentences = spans(
        SECOND, "Kari Strand visited Oslo.", "The United Nations fed\tPalestinian refugees."
    )
    parts = {"entities": entities, "events": events, "attributions": (said,)}
    return record(
        SECOND,
        "second",
        published="2031-05-07",
        published_basis="given",
        sentences=sentences,
        parts=parts,
    )


def records() -> list[Record]:
    return [first(), second()]
