"""Writes ``docs/codebook.md``: what every code and label means, and how often it is right.

    python tools/codebook.py            write the page
    python tools/codebook.py --check    change nothing; fail where it would change
    python tools/codebook.py --measure  measure by label first (needs the bench; minutes)

Labels come from ``onrecord.record.labels`` and the PLOVER ontology, meanings and examples from
``tools/codebook.tsv``, figures from ``tools/codebook_figures.json``, which ``--measure`` writes.
Every example is read; where this version reads it otherwise, the page says so.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from onrecord.knowledge.actors import KINDS_OF_BODY, SECTORS
from onrecord.knowledge.plover import ontology
from onrecord.reading.reader import Reader
from onrecord.record.labels import LABELS
from onrecord.record.model import Record

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "codebook.md"
WORDS = ROOT / "tools" / "codebook.tsv"
FIGURES = ROOT / "tools" / "codebook_figures.json"


class Row(NamedTuple):
    """A label of a set: what it means, and a sentence for it, or the empty string."""

    family: str
    label: str
    meaning: str
    example: str


class Section(NamedTuple):
    """One table of the page. ``found`` gives the labels that a record of the example holds."""

    title: str
    family: str
    about: str
    found: Callable[[Record], set[str]] | None = None


def _all(part: str, field: str) -> Callable[[Record], set[str]]:
    return lambda record: {getattr(entry, field) for entry in getattr(record, part) or ()}


SECTIONS = (
    Section("Events: types", "event_type", "`events.type`: the 16 types of PLOVER.",
            _all("events", "type")),
    Section("Events: modes", "mode", "`events.modes`: how; each belongs to a type."),
    Section("Events: contexts", "context", "`events.contexts`: about what; any type."),
    Section("Events: realis", "realis",
            "`events.realis`: how the report tells an event, whoever says it. The scale "
            "`factuality`, from -3 (surely not) to 3 (surely), says how sure.",
            _all("events", "realis")),
    Section("Attributions: stance", "stance", "`attributions.stance`: what the source does.",
            _all("attributions", "stance")),
    Section("Attributions: quotation", "quotation", "`attributions.quotation`: in whose words.",
            _all("attributions", "quotation")),
    Section("Attributions: kinds of source", "source_kind", "`attributions.source.kind`.",
            lambda r: {a.source.kind for a in r.attributions or () if a.source is not None}),
    Section("Permissions: state", "permission_state", "`permissions.state`: where it stands.",
            _all("permissions", "state")),
    Section("Permissions: kind", "deontic", "`permissions.deontic`: of what.",
            _all("permissions", "deontic")),
    Section("Reasons", "reason_kind", "`reasons.kind`.", _all("reasons", "kind")),
    Section("Forecasts", "likelihood", "`forecasts.likelihood`.", _all("forecasts", "likelihood")),
    Section("Entities", "entity_kind", "`entities.kind`.", _all("entities", "kind")),
    Section("Mentions", "mention_kind", "`entities.mentions.kind`.",
            lambda r: {m.kind for e in r.entities or () for m in e.mentions}),
    Section("Times: type", "time_type", "`times.type`, as in TIMEX3.", _all("times", "type")),
    Section("Times: basis", "time_basis", "`times.basis`: how the value was found.",
            lambda r: {t.basis for t in r.times or () if t.basis}),
    Section("Actors: sectors", "sector", "`sectors` of an actor, PLOVER's."),
    Section("Actors: bodies", "body",
            "`codes` of an actor are countries (ISO 3166 alpha-3; KOS for Kosovo), or these."),
    Section("Zones", "zone", "`zones.kind`: stretches that are not prose."),
    Section("Date of publication", "published_basis", "`published_basis`: where it is from."),
    Section("Form", "form", "`form` of a report."),
)  # fmt: skip


_INTRODUCTION = (
    "Written by `python tools/codebook.py`; do not edit. Every code and label of a record, what it",
    "means, a sentence for it, and how often this version is right about it. P is the share of",
    "those found that are right, R the share of those there that are found, n how many there are",
    "in the gold; a dash: not measured. An example marked † is read otherwise by this version.",
)


def rows() -> list[Row]:
    """The rows of ``codebook.tsv``."""
    lines = WORDS.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line and not line.startswith("#")]
    return [Row(*line.split("\t")) for line in kept[1:]]


def known() -> dict[str, list[str]]:
    """Every label of every set, as the package has them."""
    types = ontology().types
    return {
        **{name: list(labels) for name, labels in LABELS.items()},
        "mode": [f"{name} {mode}" for name, kind in types.items() for mode in kind.modes],
        "context": sorted(ontology().contexts),
        "sector": list(SECTORS),
        "body": list(KINDS_OF_BODY),
    }


def page(reader: Reader) -> str:
    """The whole page."""
    figures = json.loads(FIGURES.read_text(encoding="utf-8"))
    words = {(row.family, row.label): row for row in rows()}
    out = [
        "# Codebook",
        "",
        *_INTRODUCTION,
        "",
        *(f"- {name}: {told}" for name, told in figures["sources"].items()),
    ]
    labels = known()
    for section in SECTIONS:
        measured = figures["by_label"].get(section.family, {})
        made = [words[section.family, label] for label in labels[section.family]]
        out += ["", f"## {section.title}", "", section.about, ""]
        out += _table(section, made, measured, reader)
    return "\n".join(out) + "\n"


def _table(
    section: Section, made: list[Row], measured: dict[str, Any], reader: Reader
) -> Iterator[str]:
    heads = ["label", "means"]
    if section.found is not None:
        heads.append("example")
    if section.family in ("event_type", "mode"):
        heads += ["quad", "score"] if section.family == "event_type" else ["score"]
    if measured:
        heads += ["P", "R", "n"]
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" * len(heads)
    for row in made:
        cells = [f"`{row.label}`", row.meaning]
        if section.found is not None:
            cells.append(_example(section.found, row, reader))
        cells += _scores(row)
        if measured:
            cells += _figures(measured.get(row.label))
        yield "| " + " | ".join(cells) + " |"


def _example(found: Callable[[Record], set[str]], row: Row, reader: Reader) -> str:
    if not row.example:
        return ""
    record = reader.read(row.example, published="2031-05-06")
    return row.example if row.label in found(record) else f"{row.example} †"


def _scores(row: Row) -> list[str]:
    types = ontology().types
    if row.family == "event_type":
        return [str(types[row.label].quad), f"{types[row.label].score:g}"]
    if row.family == "mode":
        name, mode = row.label.split(" ")
        return [f"{types[name].modes[mode]:g}"]
    return []


def _figures(figure: dict[str, Any] | None) -> list[str]:
    if figure is None:
        return ["–", "–", "–"]
    shown = ["–" if figure[key] is None else f"{figure[key]:.2f}" for key in ("p", "r")]
    return [*shown, str(figure["n"])]


def main(arguments: list[str]) -> int:
    """Writes or checks the page; the exit code."""
    if "--measure" in arguments:
        from codebook_measure import measure

        made = json.dumps(measure(), indent=1, ensure_ascii=False, sort_keys=True)
        FIGURES.write_text(made + "\n", encoding="utf-8")
    new = page(Reader())
    if "--check" in arguments:
        if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != new:
            print("docs/codebook.md is not what is read now", file=sys.stderr)
            print("write it again with: python tools/codebook.py", file=sys.stderr)
            return 1
        return 0
    PAGE.write_text(new, encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)} written: {new.count('†') - 1} examples are read otherwise")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
