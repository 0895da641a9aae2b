"""Trains who the sides of an event are (``models/events_actors.json``, ``events_recipients.json``).

    python training/train_events_sides.py BENCH              trains on all and writes the weights
    python training/train_events_sides.py BENCH --evaluate   five folds, nothing written

BENCH is the folder ``shared/bench``; ``events_plv/train`` and ``events_coped/train`` (sentences
with marked sides) are read. Every candidate of the right type that touches a gold actor, or that is
the only one of that type, is an example: its bidders (``onrecord.reading.events.sides``) are right
where they share half of the shorter span with a gold actor or recipient. Two logistic regressions;
features seen once are left out. A sentence that both sets share falls in one fold. The result does
not depend on a seed.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

import onrecord.models
from onrecord.reading.events.phrases import phrase
from onrecord.reading.events.roles import Roles, roles
from onrecord.reading.events.shift import shifted
from onrecord.reading.events.sides import Bid, bids, chosen
from onrecord.reading.events.triggers import MIN_PRIOR, candidates
from onrecord.reading.parse import load_pipeline, parse
from onrecord.reading.realis.context import Telling
from onrecord.record.report import Report
from train_events_main import fits, lines, touch

STRENGTH = 0.3
MIN_COUNT = 2
LEAST = (0.6, 0.4)
"""The least chances of an actor that the grammar does not find, and of a recipient. In five folds
over train, 0.2 to 0.4 differ by less than 0.01 of F1 of recipients; 0.1, 0.3, 1 of ``STRENGTH`` and
a count of 2 or 3 by less than 0.01 as well. Below 0.6, running text got too many wrong actors."""
ROLES = ("actors", "recipients")
Span = tuple[int, int]


@dataclass
class Example:
    """A candidate of the right type: its bids, their spans, the gold sides, the grammar's answer.

    ``gold`` and ``spans`` are spans of text; ``right`` says of each bid whether it is a gold actor
    and whether it is a gold recipient.
    """

    name: str
    bids: list[Bid]
    spans: list[Span]
    right: list[tuple[bool, bool]]
    gold: tuple[list[Span], list[Span]]
    cast: Roles


def main() -> None:
    """Reads the arguments and trains or evaluates."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bench", type=Path)
    parser.add_argument("--evaluate", action="store_true")
    arguments = parser.parse_args()
    examples = [
        example
        for corpus in ("events_plv", "events_coped")
        for example in read(arguments.bench / corpus / "train")
    ]
    if arguments.evaluate:
        evaluate(examples)
        return
    vectorizer, models = fit(examples)
    names = vectorizer.get_feature_names_out()
    for role, model, least in zip(ROLES, models, LEAST, strict=True):
        weights = {
            str(name): round(float(weight), 3)
            for name, weight in sorted(zip(names, model.coef_[0], strict=True))
            if abs(weight) >= 0.005
        }
        out = {
            "bias": round(float(model.intercept_[0]), 4),
            "settings": {"least": least},
            "weights": weights,
        }
        path = Path(onrecord.models.__file__).parent / f"events_{role}.json"
        text = json.dumps(out, ensure_ascii=False, separators=(",", ":")) + "\n"
        path.write_text(text, "utf-8")
        print(f"{path.name}: {len(weights)} weights, {path.stat().st_size} bytes")


def read(folder: Path) -> list[Example]:
    """The examples of ``folder``."""
    nlp = load_pipeline()
    gold = {row["id"]: row["events"][0] for row in map(json.loads, lines(folder / "gold.jsonl"))}
    out: list[Example] = []
    for row in map(json.loads, lines(folder / "docs.jsonl")):
        event = gold[row["id"]]
        if "actors" not in event:
            continue
        page = parse(Report(text=row["text"], id=row["id"]), nlp)
        telling = Telling(page)
        told = ([*_spans(event, "actors")], [*_spans(event, "recipients")])
        fitting: list[Example] = []
        near: list[Example] = []
        for candidate in (c for sentence in page.sentences for c in candidates(sentence)):
            kind, _, _ = shifted(candidate, telling.status(candidate.head).realis)
            if candidate.prior < MIN_PRIOR or not fits(event, kind):
                continue
            cast = roles(candidate)
            made = bids(candidate, kind, cast)
            spans = [_span(bid.token) for bid in made]
            right = [(_same(s, told[0]), _same(s, told[1])) for s in spans]
            name = row["id"].split("-", 1)[1]
            fitting.append(Example(name, made, spans, right, told, cast))
            heads = (*cast.actors, *cast.recipients)
            if any(touch(a, _span(h)) for a in told[0] for h in heads):
                near.append(fitting[-1])
        out.extend(near or (fitting if len(fitting) == 1 else ()))
    return out


def _spans(event: Mapping[str, Any], role: str) -> list[Span]:
    return [tuple(s) for mention in event.get(role) or () for s in mention["spans"]]


def _span(head: Any) -> Span:
    words = phrase(head)
    return words[0].idx, words[-1].idx + len(words[-1])


def _same(span: Span, gold: Sequence[Span]) -> bool:
    """Whether ``span`` is one of ``gold``, as the bench's scorer asks."""
    size = span[1] - span[0]
    return any(touch(span, g) and size <= max(60, 4 * (g[1] - g[0])) for g in gold)


def fit(
    examples: Sequence[Example],
) -> tuple[DictVectorizer, tuple[LogisticRegression, LogisticRegression]]:
    """The fitted vectorizer, the model of actors and that of recipients."""
    rows = [bid.features for example in examples for bid in example.bids]
    seen = Counter(name for row in rows for name in row)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(
        [{k: v for k, v in row.items() if seen[k] >= MIN_COUNT} for row in rows]
    )
    right = [pair for example in examples for pair in example.right]
    first, second = (
        LogisticRegression(C=STRENGTH, max_iter=3000).fit(matrix, [pair[n] for pair in right])
        for n in (0, 1)
    )
    return vectorizer, (first, second)


def evaluate(examples: Sequence[Example]) -> None:
    """Prints F1 of both sides over examples of the right type, five folds, and the grammar's own.

    What both sides do is left out: the sets divide its sides, which PLOVER does not.
    """
    counts = {(who, role): [0, 0, 0, 0] for who in ("grammar", "learned") for role in ROLES}
    folds = [zlib.crc32(e.name.encode()) % 5 for e in examples]
    for fold in range(5):
        vectorizer, models = fit([e for e, f in zip(examples, folds, strict=True) if f != fold])
        for example in (e for e, f in zip(examples, folds, strict=True) if f == fold):
            if example.cast.mutual:
                continue
            matrix = vectorizer.transform([bid.features for bid in example.bids])
            chances = [model.predict_proba(matrix)[:, 1] for model in models]
            judged = [
                Bid(bid.token, bid.features, float(a), float(r))
                for bid, a, r in zip(example.bids, *chances, strict=True)
            ]
            answers = {
                "grammar": example.cast,
                "learned": chosen(judged, example.cast, LEAST),
            }
            for who, cast in answers.items():
                for number, role in enumerate(ROLES):
                    made = [_span(t) for t in (cast.actors, cast.recipients)[number]]
                    gold = example.gold[number]
                    count = counts[who, role]
                    count[0] += sum(_same(s, gold) for s in made)
                    count[1] += len(made)
                    count[2] += sum(any(_same(s, [g]) for s in made) for g in gold)
                    count[3] += len(gold)
    for (who, role), (right, made, found, gold) in counts.items():
        precision, recall = right / made, found / gold
        f1 = 2 * precision * recall / (precision + recall)
        print(f"{who} {role}: P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")


if __name__ == "__main__":
    main()
