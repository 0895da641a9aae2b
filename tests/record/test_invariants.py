"""Every invariant of the record: a record that holds, and one breach at a time."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from onrecord.record import model
from onrecord.record.codec import decode, encode
from onrecord.record.invariants import REFERENCES, breaches
from onrecord.record.model import PARTS, Record, Words
from onrecord.record.report import sha256

TEXT = "Dorn said on Monday that 40 men of Kelmar shelled Amber Bridge. It was quiet."


def words(text: str, start: int = 0) -> dict[str, Any]:
    at = TEXT.index(text, start)
    return {"spans": ((at, at + len(text)),), "text": text}


def key(n: int) -> str:
    return f"{n:016x}"


def whole() -> Record:
    """A record in which every part has an entry."""
    one = {"score": 0.9}
    dorn, kelmar = words("Dorn"), words("Kelmar")
    event = model.Event(
        id="e1", key=key(5), type="ASSAULT", main=True, anchor=Words(**words("shelled")),
        actors=(model.Argument(**kelmar, entity="n2"),),
        places=(model.PlaceWords(**words("Amber Bridge"), place="p1"),),
        times=(model.TimeWords(**words("Monday"), time="t1"),),
        realis="actual", background=False, factuality=2.5, attribution="a1",
        claims=(model.Claim(attribution="a1", realis="actual"),), quantities=("q1",),
        scores=model.EventScores(type=0.9, roles=0.8, realis=0.95), **one,
    )  # fmt: skip
    return Record(
        id="r", published="2031-05-06", published_basis="given", title=None, source=None,
        authors=(), credit=None, url=None, file=None, language="en", form=None, text=TEXT,
        text_sha256=sha256(TEXT),
        reader=model.ReaderInfo(version="0", model=None, pipeline="p", knowledge=None,
                                options={}, parts=PARTS),
        problems=(), sentences=((0, 63), (64, 77)), zones=(),
        entities=(
            model.Entity(id="n1", key=key(1), name="Dorn", kind="country",
                         mentions=(model.Mention(**dorn, kind="name"),), **one),
            model.Entity(id="n2", key=key(2), name="Kelmar", kind="country",
                         mentions=(model.Mention(**kelmar, kind="name"),), **one),
        ),
        attributions=(
            model.Attribution(id="a1", key=key(3),
                              source=model.Sourced(**dorn, kind="named", entities=("n1",)),
                              cue=Words(**words("said")),
                              content=Words(**words("that 40 men of Kelmar shelled Amber Bridge")),
                              quotation="indirect", stance="asserts", **one),
        ),
        events=(event,),
        permissions=(), reasons=(), forecasts=(),
        quantities=(model.Quantity(id="q1", key=key(6), **words("40"), value=40,
                                   of=Words(**words("men")), event="e1", attribution="a1", **one),),
        times=(model.Time(id="t1", key=key(7), **words("Monday"), type="DATE", value="2031-05-05",
                          start="2031-05-05", end="2031-05-05", basis="published", **one),),
        places=(model.Place(id="p1", key=key(8), **words("Amber Bridge"), **one),),
    )  # fmt: skip


def test_a_whole_record_has_no_breach() -> None:
    assert list(breaches(whole())) == []


def test_a_record_survives_json() -> None:
    record = whole()
    assert decode(encode(record)) == record
    assert encode(decode(encode(record))) == encode(record)


def test_an_unknown_key_and_an_unknown_label_can_be_read() -> None:
    raw = msgspec.json.decode(encode(whole()))
    raw["news"] = 1
    raw["events"][0]["realis"] = "rumoured"
    record = decode(msgspec.json.encode(raw))
    assert [breach.rule for breach in breaches(record)] == ["labels"]


BREACHES: list[tuple[str, str, Any]] = [
    # rule, path of the field, the wrong value
    ("schema", "schema", "onrecord/0"),
    ("text_sha256", "text_sha256", "0" * 64),
    ("published", "published", "6 May 2031"),
    ("published", "published_basis", None),
    ("null", "events", None),
    ("ids", "entities.1.id", "n1"),
    ("keys", "entities.1.key", key(1)),
    ("keys", "entities.0.key", "short"),
    ("references", "events.0.attribution", "a9"),
    ("references", "events.0.actors.0.entity", "t1"),
    ("references", "events.0.quantities", ["q7"]),
    ("references", "quantities.0.event", "e7"),
    ("labels", "events.0.type", "FALLBACK"),
    ("labels", "attributions.0.stance", "shouts"),
    ("scores", "events.0.scores.type", 0.333),
    ("anchors", "events.0.anchor.text", "shelled "),
    ("anchors", "events.0.anchor.spans", [[0, 4]]),
    ("spans", "times.0.spans", [[13, 13]]),
    ("spans", "times.0.spans", [[13, 400]]),
    ("spans", "times.0.spans", [[-4, 4]]),
    ("spans", "times.0.spans", []),
    ("spans", "attributions.0.content.spans", [[30, 40], [25, 35]]),
    ("sentences", "sentences", [[0, 65], [64, 77]]),
    ("sentences", "zones", [{"kind": "byline", "spans": [[0, 4]]}]),
    ("nesting", "attributions.0.nested_in", "a1"),
    ("same_as", "events.0.same_as", "e1"),
    ("times", "times.0.basis", "anchor"),
    ("times", "times.0.end", "2031-05-01"),
    ("quantities", "quantities.0", {"low": 5, "high": 4}),
    ("places", "places.0.lat", 4.0),
]


@pytest.mark.parametrize(("rule", "path", "value"), BREACHES)
def test_each_breach_is_named(rule: str, path: str, value: Any) -> None:
    raw = msgspec.json.decode(encode(whole()))
    at: Any = raw
    *steps, last = path.split(".")
    for step in steps:
        at = at[int(step)] if isinstance(at, list) else at[step]
    if isinstance(at, list):
        at[int(last)].update(value)
    else:
        at[last] = value
    assert rule in {breach.rule for breach in breaches(decode(msgspec.json.encode(raw)))}


def test_order_and_main() -> None:
    record = whole()
    assert record.entities is not None
    assert record.events is not None
    turned = msgspec.structs.replace(record, entities=record.entities[::-1])
    assert {b.rule for b in breaches(turned)} == {"order"}
    again = msgspec.structs.replace(record.events[0], id="e2", key=key(9))
    twice = msgspec.structs.replace(record, events=(*record.events, again))
    assert "main" in {b.rule for b in breaches(twice)}


def test_without_text_the_rest_is_still_checked() -> None:
    record = msgspec.structs.replace(whole(), text=None)
    assert list(breaches(record)) == []
    wrong = msgspec.structs.replace(record, text_sha256="0" * 64)
    assert list(breaches(wrong)) == []
    assert {b.rule for b in breaches(wrong, TEXT)} == {"text_sha256"}


def test_every_field_that_holds_an_id_is_looked_up() -> None:
    """A field named like a reference in the model stands in REFERENCES."""
    single = {"entity", "place", "time", "event", "attribution", "quantity", "same_as", "changes",
              "of_ref", "holder", "nested_in", "member_of", "anchor", "entities", "events",
              "quantities"}  # fmt: skip
    for kind in vars(model).values():
        if not (isinstance(kind, type) and issubclass(kind, msgspec.Struct)) or kind is Record:
            continue
        for name, annotation in kind.__annotations__.items():
            plain = annotation in {"str | None", "tuple[str, ...]"}
            if name in single and plain:
                assert (kind, name) in REFERENCES, f"{kind.__name__}.{name}"
