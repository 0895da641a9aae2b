"""The parts as components of a spaCy pipeline."""

from __future__ import annotations

import subprocess
import sys

import pytest
import spacy
from spacy.tokens import Doc, DocBin

import onrecord
from onrecord.reading.errors import PipelineError, ReadingError
from onrecord.reading.parse import DEFAULT_PIPELINE
from onrecord.reading.reader import load_part
from onrecord.record.invariants import breaches
from onrecord.record.model import PARTS, Record
from onrecord.spacy import FACTORIES, add_all
from onrecord.spacy.components import REQUIRES

TEXT = """By ADA BERG

Dorn said on Monday that 😀 its army had not shelled the town
of Kelm. Police arrested nine men.

Kelmar allowed Dorn to use the port until June
because a storm had closed the strait. Talks may begin in August.
"""
KNOWN = {"published": "2031-05-06", "source": "The Fjord Post", "id": "x"}


@pytest.fixture(scope="module")
def nlp() -> spacy.Language:
    return add_all(spacy.load(DEFAULT_PIPELINE))


@pytest.fixture(scope="module")
def record() -> Record:
    return onrecord.read(TEXT, **KNOWN)


def _doc(nlp: spacy.Language, text: str = TEXT) -> Doc:
    doc = nlp.make_doc(text)
    doc._.onrecord_report = KNOWN
    return nlp(doc)


def test_the_record_is_that_of_read(nlp: spacy.Language, record: Record) -> None:
    doc = _doc(nlp)
    assert doc._.onrecord == record
    for part in PARTS:
        assert doc._.get(f"onrecord_{part}") == getattr(record, part)


def test_spans_are_the_words_of_the_record(nlp: spacy.Language, record: Record) -> None:
    doc = _doc(nlp)
    assert [(s.id_, s.label_) for s in doc.spans["onrecord_events"]] == [
        (e.id, e.type) for e in record.events for _ in e.anchor.spans
    ]
    for name, words in (
        ("onrecord_cues", [a.cue for a in record.attributions if a.cue]),
        ("onrecord_sources", [a.source for a in record.attributions if a.source]),
        ("onrecord_times", record.times),
        ("onrecord_permissions", [p.anchor for p in record.permissions]),
    ):
        assert [s.text for s in doc.spans[name]] == [
            TEXT[a:b] for w in words for a, b in w.spans
        ], name
    assert len(doc.spans["onrecord_entities"]) == sum(len(e.mentions) for e in record.entities)


def test_parts_and_what_they_require_are_told_to_spacy(nlp: spacy.Language) -> None:
    assert nlp.analyze_pipes()["problems"] == {name: [] for name in nlp.pipe_names}
    lone = spacy.load(DEFAULT_PIPELINE)
    lone.add_pipe("onrecord_attributions")
    assert lone.analyze_pipes()["problems"]["onrecord_attributions"] == ["doc._.onrecord_entities"]
    with pytest.raises(ReadingError, match="attributions requires entities"):
        lone(TEXT)


def test_only_the_parts_asked_for_are_read() -> None:
    made = add_all(spacy.load(DEFAULT_PIPELINE), ("attributions",))
    assert [name for name in made.pipe_names if name.startswith("onrecord")] == [
        "onrecord_layout",
        "onrecord_entities",
        "onrecord_attributions",
    ]
    doc = made(TEXT)
    assert doc._.onrecord.events is None
    assert doc._.onrecord.reader.parts == ("entities", "attributions")
    assert list(breaches(doc._.onrecord)) == []


def test_a_doc_keeps_its_record_as_bytes(nlp: spacy.Language, record: Record) -> None:
    packed = DocBin(docs=[_doc(nlp)], store_user_data=True).to_bytes()
    (doc,) = DocBin().from_bytes(packed).get_docs(nlp.vocab)
    assert doc._.onrecord == record
    assert doc.spans["onrecord_events"][0].text == record.events[0].anchor.text


def test_docs_in_turn_do_not_mix(nlp: spacy.Language) -> None:
    texts = ["Dorn attacked Kelmar.", "", "Police arrested nine men.", "  \n"]
    docs = list(nlp.pipe(texts))
    assert [doc._.onrecord.text if doc._.onrecord else None for doc in docs] == [
        texts[0],
        None,
        texts[2],
        None,
    ]
    assert [len(doc.spans.get("onrecord_events", ())) for doc in docs] == [1, 0, 1, 0]


def test_without_the_layout_sentences_are_cut_at_paragraphs() -> None:
    plain = spacy.load(DEFAULT_PIPELINE)
    for part in PARTS:
        plain.add_pipe(f"onrecord_{part}")
    record = plain(
        "The talks in Kelm\n\nPolice arrested nine men\n\nBy ADA BERG\n\nHe left"
    )._.onrecord
    assert list(breaches(record)) == []
    assert [record.text[a:b] for a, b in record.sentences][:2] == [
        "The talks in Kelm",
        "Police arrested nine men",
    ]


@pytest.mark.filterwarnings("ignore:.*W108")  # spaCy says, in its way, what we say
@pytest.mark.parametrize(
    ("gone", "named"),
    [("ner", "named entities"), ("lemmatizer", "lemmas"), ("tagger", "fine-grained tags")],
)
def test_what_a_pipeline_does_not_set_is_named(gone: str, named: str) -> None:
    lame = spacy.load(DEFAULT_PIPELINE, exclude=[gone])
    lame.add_pipe("onrecord_entities")
    with pytest.raises(PipelineError, match=named):
        lame("Dorn attacked Kelmar.")


def test_another_language_is_refused() -> None:
    with pytest.raises(PipelineError, match="reads 'de'"):
        spacy.blank("de").add_pipe("onrecord_times")


def test_a_pipeline_is_saved_and_loaded(tmp_path, nlp: spacy.Language, record: Record) -> None:
    nlp.to_disk(tmp_path / "saved")
    again = spacy.load(tmp_path / "saved")
    assert again.pipe_names == nlp.pipe_names
    assert _doc(again)._.onrecord == record


def test_an_unknown_fact_of_a_report_is_refused(nlp: spacy.Language) -> None:
    with pytest.raises(TypeError, match="colour"):
        nlp.make_doc("x")._.onrecord_report = {"colour": "red"}


def test_every_factory_is_known_to_spacy() -> None:
    assert all(spacy.Language.has_factory(name) for name in FACTORIES)


@pytest.mark.parametrize("part", PARTS)
def test_what_a_part_requires_is_what_its_module_says(part: str) -> None:
    assert REQUIRES[part] == load_part(part).requires


def test_importing_the_components_loads_nothing_of_the_reading() -> None:
    code = (
        "import sys, onrecord.spacy.components\n"
        "loaded = [n for n in sys.modules if n.startswith('onrecord.reading.') and n != 'onrecord.reading.errors']\n"
        "sys.exit(', '.join(loaded) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
