"""Builds ``place_common.tsv``: what a word that is also a place name mostly is in news.

    python training/build_place_common.py CORPORA

CORPORA is the folder ``shared/corpora``. The counts are over Wikinews 2019-2020 (CC BY 2.5),
900 releases of the U.S. Congress and 12 White House briefings (public domain), labelled by the
default pipeline: how often the word stands in small letters, as the first or last word of a
person's name, in a place, in an organisation. Only shares in ninths are kept, of words seen at
least three times.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from onrecord.knowledge.gazetteer import PATH, load_gazetteer
from onrecord.knowledge.gazetteer_names import fold
from onrecord.reading.parse import load_pipeline, parse
from onrecord.record.report import Report

SOURCES = {"wikinews_2019_2020": 294, "congress_press": 900, "white_house_briefings": 12}
LENGTH = 20_000
LABELS = {"GPE": "place", "LOC": "place", "FAC": "place", "ORG": "org"}


def texts(corpora: Path) -> Iterator[str]:
    chooser = random.Random(5)
    for name, wanted in SOURCES.items():
        lines = (corpora / name / "docs.jsonl").read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line).get("text") or "" for line in lines]
        chooser.shuffle(rows)
        yield from (text[:LENGTH] for text in rows[:wanted] if text.strip())


def count(corpora: Path) -> dict[str, Counter[str]]:
    names = ("lower", "capital", "first", "last", "place", "org")
    counts: dict[str, Counter[str]] = {name: Counter() for name in names}
    nlp = load_pipeline()
    for text in texts(corpora):
        doc = parse(Report(text=text), nlp).doc
        for token in doc:
            if token.is_alpha and token.text.islower():
                counts["lower"][token.text] += 1
            elif token.is_alpha and token.text[0].isupper() and not token.is_sent_start:
                counts["capital"][token.lower_] += 1
        for entity in doc.ents:
            words = [t.lower_ for t in entity if t.is_alpha and t.text[0].isupper()]
            if entity.label_ == "PERSON" and words:
                counts["first"].update(words[:1] if len(words) > 1 else [])
                counts["last"][words[-1]] += 1
            elif entity.label_ in LABELS:
                counts[LABELS[entity.label_]].update(words)
    return counts


def main() -> None:
    counts = count(Path(sys.argv[1]))
    words = sorted({word for counter in counts.values() for word in counter})
    ranges = load_gazetteer().find([fold(word) for word in words])
    columns = ("lower", "first", "last", "place", "org")
    lines = ["\t".join(("word", *columns))]
    for word, (start, end) in zip(words, ranges, strict=True):
        total = counts["lower"][word] + counts["capital"][word]
        if start == end or total < 3:
            continue
        shares = [round(9 * min(1.0, counts[name][word] / total)) for name in columns]
        lines.append("\t".join([word, *map(str, shares)]))
    (PATH.parent / "place_common.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(len(lines) - 1, "words")


if __name__ == "__main__":
    main()
