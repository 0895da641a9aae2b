"""A small store with a story in it: three outlets, two of which carry one text."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from onrecord.record.model import (
    Argument,
    Attribution,
    Entity,
    Event,
    EventScores,
    Forecast,
    Mention,
    Permission,
    Place,
    PlaceWords,
    Quantity,
    ReaderInfo,
    Reason,
    Record,
    Sourced,
    Time,
    TimeWords,
    Words,
)
from onrecord.store import Store

FIRST = (
    "Dorn shelled the port of Velmora on Thursday, killing 12 people, an official said. Kelmar "
    "has barred Dorn from using the canal. President Ada Lorn said she wants the canal closed."
)
THIRD = (
    "Dorn shelled the port of Velmora, killing 15 people. Kelmar has now allowed Dorn to use the "
    "canal. President Ada Lorn said she fears that the canal closed too soon. Dorn will attack "
    "Brill by June. Dorn did not attack Brill. In 1998 Dorn attacked Velmora."
)
FOURTH = "On Monday Dorn attacked Brill."

ACTORS = {"Dorn": ("country", ["DRN"]), "Kelmar": ("country", ["KLM"]), "Ada Lorn": ("person", [])}


class Draft:
    """A record in the making: entries are given by their words."""

    def __init__(self, text: str, published: str, source: str, url: str) -> None:
        self.text, self.published, self.source, self.url = text, published, source, url
        self.parts: dict[str, list[Any]] = {}
        for name, (kind, codes) in ACTORS.items():
            if name in text:
                words = self.words(name)
                self._add("entities", Entity, name=name, kind=kind, codes=tuple(codes),
                          mentions=(Mention(spans=words.spans, text=name, kind="name"),))  # fmt: skip

    def words(self, words: str, after: str = "") -> Words:
        """``words`` where they first stand, at or after the words ``after``."""
        start = self.text.index(words, self.text.index(after))
        return Words(spans=((start, start + len(words)),), text=words)

    def _add(self, part: str, struct: Any, **fields: Any) -> str:
        made = self.parts.setdefault(part, [])
        id_ = f"{part[:2]}{len(made) + 1}"
        key = hashlib.sha256(f"{part}{id_}{self.url}".encode()).hexdigest()[:16]
        made.append(struct(id=id_, key=key, score=0.9, **fields))
        return id_

    def _party(self, name: str, after: str) -> tuple[Argument, ...]:
        words = self.words(name, after)
        known = {entity.name: entity for entity in self.parts.get("entities", [])}.get(name)
        return (Argument(spans=words.spans, text=name, entity=known.id if known else None,
                         codes=known.codes if known else ()),)  # fmt: skip

    def event(self, type_: str, anchor: str, actor: str, *, after: str = "", recipient: str = "",
              realis: str = "actual", background: bool = False, place: str = "",
              day: str | None = None) -> str:  # fmt: skip
        """An event of ``actor``, from the words ``after`` on."""
        times: tuple[TimeWords, ...] = ()
        if day is not None:
            name = "Thursday" if "Thursday" in self.text else "Monday"
            at = self.words(name)
            times = (TimeWords(spans=at.spans, text=name, time=self._add(
                "times", Time, spans=at.spans, text=name, type="DATE", value=day, start=day,
                end=day)),)  # fmt: skip
        places: tuple[PlaceWords, ...] = ()
        if place:
            at = self.words(place, after)
            places = (PlaceWords(spans=at.spans, text=place, place=self._add(
                "places", Place, spans=at.spans, text=place, name=place, country="VL",
                country3="VLM", lat=1.5, lon=2.5)),)  # fmt: skip
        return self._add(
            "events", Event, type=type_, main=True, anchor=self.words(anchor, after),
            actors=self._party(actor, after),
            recipients=self._party(recipient, after) if recipient else (), realis=realis,
            background=background, factuality=3.0, places=places, times=times,
            scores=EventScores(type=0.9, roles=0.9, realis=0.9),
        )  # fmt: skip

    def permission(self, state: str, anchor: str) -> str:
        """A permission of Kelmar for Dorn to use the canal."""
        return self._add(
            "permissions", Permission, state=state, deontic="allow", anchor=self.words(anchor),
            grantor=self._party("Kelmar", ""), grantee=self._party("Dorn", anchor),
            item=self._party("canal", anchor),
        )  # fmt: skip

    def said(self, source: str, stance: str, content: str, *, entity: str | None = None,
             kind: str = "named", quotation: str = "indirect") -> str:  # fmt: skip
        """An attribution."""
        at = self.words(source)
        ids = [e.id for e in self.parts["entities"] if e.name == entity]
        return self._add(
            "attributions", Attribution, cue=None, quotation=quotation, stance=stance,
            content=self.words(content),
            source=Sourced(spans=at.spans, text=source, entities=tuple(ids), kind=kind),
        )  # fmt: skip

    def quantity(self, text: str, value: int, event: str) -> str:
        """How many were killed."""
        return self._add("quantities", Quantity, **_plain(self.words(text)), value=value,
                         of=self.words("people"), property="killed", event=event)  # fmt: skip

    def forecast(self, content: str, horizon: str) -> str:
        """What is said to come."""
        at = self.words(horizon)
        return self._add("forecasts", Forecast, content=self.words(content), cue=self.words("will"),
                         likelihood="expected",
                         horizon=TimeWords(spans=at.spans, text=at.text))  # fmt: skip

    def objection(self, anchor: str, content: str, of: str, attribution: str) -> str:
        """Why not."""
        return self._add("reasons", Reason, kind="objection", anchor=self.words(anchor),
                         content=self.words(content), of=self.words(of),
                         attribution=attribution)  # fmt: skip

    def record(self) -> Record:
        """The record."""
        ends = [n + 1 for n, letter in enumerate(self.text) if letter == "."]
        starts = [0, *(end + 1 for end in ends[:-1])]
        parts = ("entities", "attributions", "events", "permissions", "reasons", "forecasts",
                 "quantities", "times", "places")  # fmt: skip
        entries: dict[str, Any] = {part: tuple(self.parts.get(part, ())) for part in parts}
        return Record(
            id=self.url.rsplit("/", 1)[-1], published=self.published, published_basis="given",
            title=None, source=self.source, authors=(), credit=None, url=self.url, file=None,
            language="en", form="article", text=self.text,
            text_sha256=hashlib.sha256(self.text.encode()).hexdigest(),
            reader=ReaderInfo(version="0", model=None, pipeline="none", knowledge=None,
                              options={}, parts=parts),
            problems=(), sentences=tuple(zip(starts, ends, strict=True)), zones=(),
            **entries,
        )  # fmt: skip


def _plain(words: Words) -> dict[str, Any]:
    return {"spans": words.spans, "text": words.text}


def _first(source: str, published: str, url: str) -> Record:
    draft = Draft(FIRST, published, source, url)
    shelled = draft.event("ASSAULT", "shelled", "Dorn", place="Velmora", day="2031-05-01")
    draft.quantity("12", 12, shelled)
    draft.permission("withheld", "barred")
    draft.said("official", "asserts", "killing 12 people", kind="unnamed")
    lorn = draft.said("President Ada Lorn", "wants", "the canal closed", entity="Ada Lorn")
    draft.objection("wants", "the canal closed", "using the canal", lorn)
    return draft.record()


def records() -> list[Record]:
    """Reports 1 to 4 of the story; the second is a copy of the first in another outlet."""
    third = Draft(THIRD, "2031-05-04", "Post", "https://post.example/c")
    shelled = third.event("ASSAULT", "shelled", "Dorn", place="Velmora")
    third.quantity("15", 15, shelled)
    third.permission("granted", "allowed")
    third.said("President Ada Lorn", "fears", "the canal closed", entity="Ada Lorn",
               quotation="direct")  # fmt: skip
    third.event("ASSAULT", "attack", "Dorn", after="Dorn will", recipient="Brill", realis="future")
    third.event("ASSAULT", "attack", "Dorn", after="Dorn did", recipient="Brill", realis="negated")
    third.event("ASSAULT", "attacked", "Dorn", after="In 1998", recipient="Velmora",
                background=True)  # fmt: skip
    third.forecast("attack Brill", "June")
    fourth = Draft(FOURTH, "2031-05-09", "Herald", "https://herald.example/d")
    fourth.event("ASSAULT", "attacked", "Dorn", recipient="Brill", day="2031-05-06")
    return [
        _first("Herald", "2031-05-02", "https://herald.example/a"),
        _first("Gazette", "2031-05-03", "https://gazette.example/b"),
        third.record(),
        fourth.record(),
    ]


_RECONCILED: list[tuple[str, dict[str, Any]]] = [
    ("copies", {"report": 1, "cluster": 1, "of": None, "containment": 1.0, "similarity": 1.0,
                "kind": "same"}),
    ("copies", {"report": 2, "cluster": 1, "of": 1, "containment": 1.0, "similarity": 1.0,
                "kind": "same"}),
    ("copies", {"report": 4, "cluster": 4, "of": None, "kind": "quotes"}),
    ("happenings", {"happening": 1, "type": "ASSAULT", "realis": "actual", "background": False,
                    "start": "2031-05-01", "end": "2031-05-01", "date_basis": "told",
                    "place": "Velmora", "country": "VLM", "label": "Dorn shelled Velmora",
                    "reports": 3, "independent": 2}),
    *(("happening_members", {"happening": 1, "report": report, "event": "ev1", "score": 0.9})
      for report in (1, 2, 3)),
    ("figures", {"figure": 1, "happening": 1, "of": "people", "property": "killed",
                 "label": "people killed", "n": 3, "low": 12, "high": 15, "first": "2031-05-02",
                 "last": "2031-05-04", "verdict": "updated"}),
    *(("figure_members", {"figure": 1, "report": report, "quantity": "qu1", "day": day,
                          "value": value})
      for report, day, value in ((1, "2031-05-02", 12), (2, "2031-05-03", 12),
                                 (3, "2031-05-04", 15))),
    *(("permission_lines", {"line": 1, "report": report, "permission": "pe1", "day": day,
                            "state": state, "deontic": "allow"})
      for report, day, state in ((1, "2031-05-02", "withheld"), (2, "2031-05-03", "withheld"),
                                 (3, "2031-05-04", "granted"))),
    ("conflicts", {"conflict": 1, "kind": "figure", "verdict": "updates", "about": "figure:1",
                   "happening": 1, "left_report": 1, "left_part": "quantities", "left_id": "qu1",
                   "left_words": "12", "right_report": 3, "right_part": "quantities",
                   "right_id": "qu1", "right_words": "15", "score": 0.8}),
    ("forecast_matches", {"report": 3, "forecast": "fo1", "verdict": "came_about",
                          "event_report": 4, "event": "ev1", "due": "2031-06-30", "score": 0.7}),
]  # fmt: skip


def fill(path: Path) -> None:
    """Makes the store of the story at ``path``, as reconciling would leave it."""
    with Store(path) as store:
        made = records()
        store.put(made)
        rows = list(_RECONCILED)
        for actor, (name, (kind, codes)) in enumerate(ACTORS.items(), 1):
            rows.append(("actors", {"actor": actor, "name": name, "kind": kind, "codes": codes,
                                    "sectors": [], "names": [name, f"the {name}s"]}))  # fmt: skip
            rows += [("actor_members", {"actor": actor, "report": report, "entity": entity.id,
                                        "score": 0.9})
                     for report, record in enumerate(made, 1) for entity in record.entities or ()
                     if entity.name == name]  # fmt: skip
        for table, row in rows:
            names = ", ".join(f'"{name}"' for name in row)
            marks = ", ".join("?" for _ in row)
            store.connection.execute(
                f'INSERT INTO "{table}" ({names}) VALUES ({marks})', list(row.values())
            )
        store.connection.execute(
            "INSERT INTO reconciled SELECT report, 1, now()::TIMESTAMP FROM reports"
        )
        store.connection.execute(
            "INSERT INTO failures (failure, run, input, name, reason, kind, failed_at) "
            "VALUES (1, 1, 'x.pdf', 'x.pdf', 'is encrypted', 'source', '2031-05-05 10:00:00')"
        )
