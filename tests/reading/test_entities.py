"""Entities: who and what a report speaks of, with all mentions; invented sentences."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.knowledge.actors import SECTORS
from onrecord.reading import entities
from onrecord.reading.contract import Parts
from onrecord.reading.indexes import entity_index
from onrecord.reading.parse import load_pipeline, parse
from onrecord.record.labels import LABELS
from onrecord.record.model import Entity
from onrecord.record.report import Report


@lru_cache(maxsize=256)
def read(text: str, published: str | None = None) -> Sequence[Entity]:
    page = parse(Report(text=text, published=published), load_pipeline())
    return entities.read(page, Parts())


def at(text: str, words: str, published: str | None = None, nth: int = 0) -> Entity:
    """The entity that the ``nth`` occurrence of ``words`` in ``text`` means."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    found = entity_index(read(text, published)).at(start)
    assert found is not None, f"nothing at {words!r}"
    return found


# text, two words (and their occurrence) that mean the same
SAME = [
    ("President Joe Biden spoke. Biden left early.", ("Joe Biden", 0), ("Biden", 1)),
    ("Angela Merkel met reporters. She said that talks went well.", ("Angela", 0), ("She", 0)),
    ("Carlos Mendez resigned. He said he was tired.", ("Carlos", 0), ("he was", 0)),
    (
        "The army fired its Light Orbital Cannon Systems, or LOCS, on Monday. LOCS are new.",
        ("Light Orbital", 0),
        ("LOCS are", 0),
    ),
    (
        "The Harbour Workers Union (HWU) called a strike. The HWU has 300 members.",
        ("Harbour Workers", 0),
        ("HWU has", 0),
    ),
    (
        "U.S. officials said so. The officials asked for patience.",
        ("officials", 0),
        ("officials", 1),
    ),
    (
        "Kenyan President Amos Otieno opened the road. The president praised the workers.",
        ("Otieno", 0),
        ("president praised", 0),
    ),
    ("Maria Lopez, the finance minister, resigned.", ("Lopez", 0), ("minister", 0)),
    ("The lawyer Peter Hall spoke first.", ("lawyer", 0), ("Hall", 0)),
    ("“I will not go,” Anna Kowalska said on Tuesday.", ("I will", 0), ("Kowalska", 0)),
    ("Ukrainian forces advanced. Ukrainian troops took the hill.", ("forces", 0), ("troops", 0)),
    ("The rebels who fled the town were caught.", ("rebels", 0), ("who", 0)),
    ("Russia said it would respond.", ("Russia", 0), ("it", 0)),
    ("Peter Hall hurt himself.", ("Peter", 0), ("himself", 0)),
    ("The United States voted. The U.S. had abstained before.", ("United", 0), ("U.S.", 0)),
    ("Norwegian troops left. Norway said so.", ("Norwegian", 0), ("Norway", 0)),
    (
        "Denmark joined the treaty in May. The country had waited for years.",
        ("Denmark", 0),
        ("country", 0),
    ),
    (
        "The protesters blocked the road. They said they would stay.",
        ("protesters", 0),
        ("they would", 0),
    ),
    (
        "Mr. Hall accused Ms. Ortiz of lying. She denied it.",
        ("Ortiz", 0),
        ("She", 0),
    ),
    (
        "Dinesh D’Sena wrote the book. D’Sena lives in Paris.",
        ("D’Sena", 0),
        ("D’Sena", 1),
    ),
]

SAME += [
    ("Islamic State took the town. Isis fled later.", ("Islamic", 0), ("Isis", 0)),
    ("The European Union agreed. The EU will pay.", ("European", 0), ("EU", 0)),
]

APART = [
    ("Joe Biden spoke. Hunter Biden was not there.", ("Joe Biden", 0), ("Hunter", 0)),
    ("Some officials agreed. Other officials did not.", ("officials", 0), ("officials", 1)),
    ("North Korea and South Korea met.", ("North", 0), ("South", 0)),
    ("Peter Hall told Carlos Mendez that he was late.", ("Peter", 0), ("Carlos", 0)),
    ("Russian troops and Ukrainian troops fought.", ("Russian", 0), ("Ukrainian", 0)),
    ("Biden met him on Monday in Oslo.", ("Biden", 0), ("Oslo", 0)),
]


@pytest.mark.parametrize(("text", "one", "other"), SAME)
def test_same(text: str, one: tuple[str, int], other: tuple[str, int]) -> None:
    assert at(text, one[0], nth=one[1]).id == at(text, other[0], nth=other[1]).id


@pytest.mark.parametrize(("text", "one", "other"), APART)
def test_apart(text: str, one: tuple[str, int], other: tuple[str, int]) -> None:
    assert at(text, one[0], nth=one[1]).id != at(text, other[0], nth=other[1]).id


def test_co_arguments_are_not_one() -> None:
    text = "Peter Hall thanked him."
    index = entity_index(read(text))
    hall, him = index.at(0), index.at(text.index("him"))
    assert hall is not None
    assert him is None or him.id != hall.id


# text, words, day, kind, codes, sectors, role
FACTS = [
    ("U.S. officials said so.", "officials", None, "group", ("USA",), ("GOV",), None),
    ("Syrian rebels took the town.", "rebels", None, "group", ("SYR",), ("REB",), None),
    ("The Kenyan police arrested two men.", "police", None, "group", ("KEN",), ("COP",), None),
    ("Protesters blocked the road to the camp.", "Protesters", None, "group", (), ("CVL",), None),
    (
        "The Russian military is preparing.",
        "military",
        None,
        "organization",
        ("RUS",),
        ("MIL",),
        None,
    ),
    (
        "Ukrainian President Volodymyr Zelenskyy spoke.",
        "Volodymyr",
        "2024-11-17",
        "person",
        ("UKR",),
        ("GOV",),
        "president",
    ),
    (
        "Ghanaian Foreign Minister Ama Mensah spoke.",
        "Mensah",
        "2020-01-01",
        "person",
        ("GHA",),
        ("GOV",),
        "foreign minister",
    ),
    ("Putin spoke.", "Putin", "2010-01-01", "person", ("RUS",), ("GOV",), "prime minister"),
    (
        "Vice President-elect JD Vance spoke.",
        "Vance",
        "2024-11-17",
        "person",
        ("USA",),
        ("LEG",),
        "legislator",
    ),
    ("Hamas officials met the envoy.", "officials", None, "group", ("PSE",), ("REB",), None),
    ("Pentagon officials met.", "Pentagon", None, "organization", ("USA",), ("MIL", "GOV"), None),
    (
        "The Nigerian Air Force bombed a camp.",
        "Force",
        None,
        "organization",
        ("NGA",),
        ("MIL",),
        None,
    ),
    ("UN peacekeepers arrived.", "peacekeepers", None, "group", ("UNO",), ("MIL",), None),
    (
        "Hundreds of British troops arrived in Mali.",
        "Hundreds",
        None,
        "group",
        ("GBR",),
        ("MIL",),
        None,
    ),
    (
        "The UN-backed government fell in Libya.",
        "government",
        None,
        "organization",
        ("LBY",),
        ("GOV",),
        None,
    ),
    (
        "Germany voted. The government fell.",
        "government",
        None,
        "organization",
        ("DEU",),
        ("GOV",),
        None,
    ),
    ("Russia thanked its allies.", "allies", None, "group", (), (), None),
    ("French journalists were held.", "journalists", None, "group", ("FRA",), ("JRN",), None),
    (
        "Moscow accused the envoy of lying.",
        "Moscow",
        None,
        "organization",
        ("RUS",),
        ("GOV",),
        None,
    ),
    ("He was born in Moscow.", "Moscow", None, "place", ("RUS",), (), None),
]


@pytest.mark.parametrize("case", FACTS, ids=lambda case: case[0])
def test_facts(
    case: tuple[str, str, str | None, str, tuple[str, ...], tuple[str, ...], str],
) -> None:
    text, words, day, *expected = case
    found = at(text, words, day)
    assert [found.kind, found.codes, found.sectors, found.role] == expected


def test_member_of_country() -> None:
    text = "Russian troops crossed the border. Russia denied it."
    assert at(text, "troops").member_of == at(text, "Russia denied").id


def test_spans_of_mentions() -> None:
    text = (
        "Ukrainian President Volodymyr Zelenskyy met the two new French ministers who had flown in."
    )
    found = {m.text: m.kind for e in read(text, "2024-11-17") for m in e.mentions}
    assert found["Volodymyr Zelenskyy"] == "name"
    assert found["the two new French ministers"] == "nominal"
    assert found["French"] == "name"


ODD = [
    "",
    " \n\t ",
    "He",
    "😀 Biden 😀 said “🇺🇦 we”",
    "“",
    '"I" "we" "',
    "Zoë Müller said.\r\n\r\nShe left.\r\n",
    "Jose\u0301 Pe\u0301rez spoke. He left.",
    "A" * 300,
    "()()() — ’s 's",
    "the the the officials officials",
    "U.S. U.S. U.S.",
    "Q: Who? A: They.",
]


@pytest.mark.parametrize("text", ODD)
def test_odd_text(text: str) -> None:
    check(text)


def check(text: str) -> None:
    """The invariants of the record: exact spans, ids in order, labels, references that exist."""
    found = read(text, "2024-01-01")
    assert [e.id for e in found] == [f"n{i}" for i in range(1, len(found) + 1)]
    ids = {e.id for e in found}
    taken: set[tuple[int, int]] = set()
    firsts = []
    for entity in found:
        assert entity.kind in LABELS["entity_kind"]
        assert set(entity.sectors) <= set(SECTORS)
        assert entity.member_of is None or entity.member_of in ids - {entity.id}
        assert 0 <= entity.score <= 1
        assert round(entity.score, 2) == entity.score
        assert entity.mentions
        starts = [m.spans[0][0] for m in entity.mentions]
        assert starts == sorted(starts)
        firsts.append(starts[0])
        for mention in entity.mentions:
            assert mention.kind in LABELS["mention_kind"]
            ((start, end),) = mention.spans
            assert text[start:end] == mention.text
            assert mention.text == mention.text.strip()
            assert (start, end) not in taken
            taken.add((start, end))
    assert firsts == sorted(firsts)
    assert len({e.key for e in found}) == len(found)


PIECES = st.sampled_from([
    "Biden", "President", "the", "officials", "said", "he", "it", "“", "”", '"', ",", ".",
    "\n\n", "😀",
    "Russian", "troops", "U.S.", "’s", "Kyiv", "I", "we", "who", "(", ")", "or", "NATO", "-",
    "é", "\r\n",
])  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=25).map(" ".join))
def test_any_text(text: str) -> None:
    check(text)


def test_same_again() -> None:
    text = "U.S. officials said Biden met Macron. He thanked him. They left for Paris."
    page = parse(Report(text=text), load_pipeline())
    assert entities.read(page, Parts()) == entities.read(page, Parts())


def test_report(shared) -> None:  # type: ignore[no-untyped-def]
    text = (shared / "reports" / "atacms-2024-11-17.txt").read_text(encoding="utf-8")
    check(text)
    day = "2024-11-17"
    assert at(text, "ATACMS", day).id == at(text, "Army Tactical", day).id
    assert at(text, "the officials", day).codes == ("USA",)
    assert at(text, "He was also", day).name == "Joe Biden"
    assert at(text, "Donald Trump", day).role == "president-elect"
