"""Attributions end to end, on invented sentences: who, by which words, what, and how."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.knowledge.cues import cues
from onrecord.reading import attributions, entities
from onrecord.reading.attributions.labels import group
from onrecord.reading.attributions.repair import less, repaired
from onrecord.reading.attributions.stance import stance as stance_of
from onrecord.reading.contract import Parts
from onrecord.reading.parse import load_pipeline, parse
from onrecord.record.labels import LABELS
from onrecord.record.model import Attribution, Spans, Zone
from onrecord.record.report import Report


def read(text: str, zones: tuple[Zone, ...] = ()) -> list[Attribution]:
    page = parse(Report(text=text, zones=zones), load_pipeline())
    return list(attributions.read(page, Parts()))


def rows(text: str) -> list[tuple[str | None, str]]:
    return [
        (None if item.source is None else item.source.text, item.content.text)
        for item in read(text)
    ]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "The minister said that the talks had failed.",
            "The minister",
            "that the talks had failed",
        ),
        ("“The talks have failed,” the minister said.", "the minister", "“The talks have failed,”"),
        (
            "“The talks have failed,” said Maria Keller. “We go home now.”",
            "Maria Keller",
            "“The talks have failed,” “We go home now.”",
        ),
        (
            "The road was closed on Monday, according to two police officers.",
            "two police officers",
            "The road was closed on Monday",
        ),
        (
            "Residents fear that the dam will break this winter.",
            "Residents",
            "that the dam will break this winter",
        ),
        ("The company denied that it had paid the men.", "The company", "that it had paid the men"),
        (
            "The report warned that wells were running dry.",
            "The report",
            "that wells were running dry",
        ),
        ("The army wants to rebuild the bridge.", "The army", "to rebuild the bridge"),
        (
            "It was announced that the bridge would be rebuilt.",
            None,
            "that the bridge would be rebuilt",
        ),
        (
            "Maria Keller told reporters: “The talks have failed.”",
            "Maria Keller",
            "“The talks have failed.”",
        ),
    ],
)
def test_who_and_what(text: str, source: str | None, content: str) -> None:
    assert (source, content) in rows(text)


@pytest.mark.parametrize(
    ("text", "stance", "quotation"),
    [
        ("The minister said that the talks had failed.", "asserts", "indirect"),
        ("The company denied that it had paid the men.", "denies", "indirect"),
        ("Residents fear that the dam will break this winter.", "fears", "indirect"),
        ("Farmers hope that the rain will come soon.", "hopes", "indirect"),
        ("The army wants to rebuild the bridge.", "wants", "indirect"),
        ("The president vowed to punish the attackers.", "promises", "indirect"),
        ("The rebels threatened to burn the bridge.", "threatens", "indirect"),
        ("Analysts doubt that the truce will hold.", "doubts", "indirect"),
        ("The senator does not believe that the truce will hold.", "doubts", "indirect"),
        ("“Who will pay for this?” the mayor asked.", "asks", "direct"),
        ("The mayor said the plan was “a gift to thieves” and a mistake.", "asserts", "mixed"),
    ],
)
def test_stance_and_quotation(text: str, stance: str, quotation: str) -> None:
    found = read(text)
    assert (stance, quotation) in [(item.stance, item.quotation) for item in found]


@pytest.mark.parametrize(
    ("text", "kind", "told"),
    [
        (
            "A senior army official said that the road was closed.",
            "unnamed",
            "senior army official",
        ),
        ("The report said that wells were running dry.", "document", None),
        ("The ministry said that wells were running dry.", "institution", None),
        ("Maria Keller said that wells were running dry.", "named", None),
        ("I think that the truce will hold.", "author", None),
    ],
)
def test_kind_of_source(text: str, kind: str, told: str | None) -> None:
    sources = [item.source for item in read(text) if item.source is not None]
    assert (kind, told) in [(source.kind, source.group) for source in sources]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a senior Pentagon official", "senior Pentagon official"),
        ("two people familiar with the matter", "people familiar with the matter"),
        ("an official who spoke on condition of anonymity", "official"),
        ("three diplomats, all of them abroad", "diplomats"),
    ],
)
def test_group(text: str, expected: str) -> None:
    assert group(text, "official") == expected


def test_what_the_parse_took_for_content_is_the_source() -> None:
    text = (
        "The army intends to keep its posts in the valley and to create conditions for the return"
        " of the villagers, the secretary of state, Maria Keller, said on Wednesday."
    )
    for source, content in rows(text):
        assert source is None or source not in content


def test_the_speaker_says_i() -> None:
    found = read("“I think that the bridge will hold,” Maria Keller said.")
    inner = [item for item in found if item.source is not None and item.source.text == "I"]
    assert all(item.source is not None and item.source.kind == "named" for item in inner)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The men were believed to have left the country.", "The men to have left the country"),
        ("The bridge was expected to reopen on Monday.", "The bridge to reopen on Monday"),
        (
            "It was reported that the bridge had been closed.",
            "that the bridge had been closed",
        ),
        ("The plan seems to be a mistake.", "The plan to be a mistake"),
    ],
)
def test_no_source_is_told(text: str, content: str) -> None:
    assert (None, content) in rows(text)


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        # The source of a passive is its agent, and no part of the content.
        ("The plan was praised by the mayor.", "the mayor", "The plan"),
        # A second verb shares the subject of the first one.
        (
            "The mayor resigned on Monday, but has asked to be allowed to stay.",
            "The mayor",
            "to be allowed to stay",
        ),
    ],
)
def test_source_from_the_construction(text: str, source: str, content: str) -> None:
    assert (source, content) in rows(text)


@pytest.mark.parametrize(
    ("text", "cue", "name"),
    [
        ("It was Maria Keller who said that the talks had failed.", "said", "Maria Keller"),
        (
            "The offer came from Maria Keller, who later denied that she had paid the men.",
            "later denied",
            "Maria Keller",
        ),
    ],
)
def test_a_relative_pronoun_leads_to_who_it_stands_for(text: str, cue: str, name: str) -> None:
    page = parse(Report(text=text), load_pipeline())
    parts = Parts()
    parts.entities = entities.read(page, parts)
    names = {entity.id: entity.name for entity in parts.entities}
    found = next(i for i in attributions.read(page, parts) if i.cue and i.cue.text == cue)
    assert found.source is not None
    assert found.source.text == "who"
    assert [names[n] for n in found.source.entities] == [name]


@pytest.mark.parametrize(
    ("text", "source", "cue", "expected"),
    [
        ("The plan, which Smith backed, failed.", ((10, 15),), ((16, 22),), ((10, 15),)),
        ("He agreed. The mayor said so.", ((0, 20),), ((21, 25),), ((11, 20),)),
        # A clause is no source: its subject is.
        ("The mayor left the town and said so.", ((0, 23),), ((28, 32),), ((0, 9),)),
    ],
)
def test_sources_are_held_to_the_parse(
    text: str, source: Spans, cue: Spans, expected: Spans
) -> None:
    assert repaired(parse(Report(text=text), load_pipeline()), source, cue) == expected


@pytest.mark.parametrize(
    ("content", "source", "expected"),
    [
        (((0, 9), (24, 40)), ((0, 9),), ((24, 40),)),
        (((0, 40),), ((0, 9),), ((10, 40),)),
        (((0, 9),), ((0, 9),), ((0, 9),)),
        (((0, 40),), ((10, 14),), ((0, 40),)),
    ],
)
def test_content_less_its_source(content: Spans, source: Spans, expected: Spans) -> None:
    page = parse(Report(text="The mayor said on Monday that all was well."), load_pipeline())
    assert less(page, content, source) == expected


@pytest.mark.parametrize(
    ("text", "cue", "stance"),
    [
        ("I am just wondering whether he knew.", "wondering", "asks"),
        ("We are not going to comment on that report.", "comment", "denies"),
        ("Nobody doubts that the truce will hold.", "doubts", "asserts"),
        ("There was little hope that the truce would hold.", "hope", "doubts"),
        ("Both groups called for his death to be investigated.", "called for", "wants"),
        ("The man pleaded guilty to the crime.", "pleaded", "asserts"),
        ("They wish to return to the town.", "wish", "wants"),
        ("There were growing fears that the dam would break.", "growing fears", "fears"),
        ("He had no fear of the army.", "fear", "asserts"),
        ("Officials are examining whether the dam will hold.", "examining", "asks"),
        ("We did not think about the visas.", "did not think", "asserts"),
        ("Do you not think that the truce will hold?", "think", "doubts"),
        ("The ministry was not aware of the plan.", "aware", "doubts"),
    ],
)
def test_stance_of_a_cue(text: str, cue: str, stance: str) -> None:
    page = parse(Report(text=text), load_pipeline())
    tree, _ = attributions.tools(page)
    start = text.index(cue)
    words = ((start, start + len(cue)),)
    content = ((start + len(cue) + 1, len(text) - 1),)
    head = attributions.cue_head(page, words)
    assert stance_of(tree, head, words, content) == stance


def test_group_of_a_pronoun_is_not_told() -> None:
    assert group("they", "they") is None


def test_nested_in_the_innermost_one() -> None:
    found = read("The minister said that the mayor had denied that money was missing.")
    outer = next(item for item in found if item.source and item.source.text == "The minister")
    inner = next(item for item in found if item.source and item.source.text == "the mayor")
    assert outer.nested_in is None
    assert inner.nested_in == outer.id


def test_turns_of_a_transcript() -> None:
    text = "MR. KELLER: We leave today. That is all.\n\nQ: Why now?"
    zones = (Zone(kind="turn", spans=((0, 11),)), Zone(kind="turn", spans=((42, 44),)))
    turns = [item for item in read(text, zones) if item.cue is None]
    assert [(item.source.text, item.content.text) for item in turns if item.source] == [
        ("MR. KELLER", "We leave today. That is all."),
        ("Q", "Why now?"),
    ]
    assert {item.quotation for item in turns} == {"direct"}


def test_offsets_with_line_ends_and_wide_characters() -> None:
    text = "😀 Café news.\r\n\r\nThe minister said that the cafe\u0301 was closed.\r\n"
    assert ("The minister", "that the cafe\u0301 was closed") in rows(text)
    check(text, read(text))


def test_nothing_to_find() -> None:
    assert read("") == []
    assert read("  \n\n ") == []


PIECES = st.sampled_from(
    ["The minister said ", "that ", "“", "”", '"', "the road is closed", ", ", ". ", "\n\n", "\r\n",
     "he denied ", "according to officials", ": ", "😀", "e\u0301", "’", "(", ")", " — ", "Q: "]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_never_raises_and_spans_are_exact(text: str) -> None:
    check(text, read(text))


def check(text: str, found: list[Attribution]) -> None:
    ids = [item.id for item in found]
    assert ids == [f"a{n}" for n in range(1, len(found) + 1)]
    assert [item.content.spans[0][0] for item in found] == sorted(
        item.content.spans[0][0] for item in found
    )
    for item in found:
        assert item.nested_in is None or item.nested_in in ids
        assert item.nested_in != item.id
        assert 0 <= item.score <= 1
        for words in (item.source, item.cue, item.content):
            if words is not None:
                assert exact(text, words.spans) == words.text


def exact(text: str, spans: Spans) -> str:
    assert spans
    assert all(s < e and text[s:e] == text[s:e].strip() for s, e in spans)
    return " ".join(text[s:e] for s, e in spans)


def test_cue_table() -> None:
    table = cues()
    assert table["say", "VERB"].stance == "asserts"
    assert {row.stance for row in table.values()} <= set(LABELS["stance"])
    assert all(row.hits <= row.seen or row.seen == 0 for row in table.values())
