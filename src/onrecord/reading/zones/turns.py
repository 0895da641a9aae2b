"""Labels of turns in transcripts and interviews: who speaks, at the start of a line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from onrecord.reading.zones.forms import form

if TYPE_CHECKING:
    from onrecord.reading.zones.line import Line

_UP = "A-ZÀ-ÖØ-ÞĀ-Ž"
_CAPS = rf"[{_UP}][{_UP}'’.-]*"
# MR. EARNEST:  SEN. SMITH:  THE PRESIDENT:  SECRETARY OF STATE KERRY:  CHAIRMAN LEVIN (D-Mich.):
_CAPS_LABEL = re.compile(
    rf"\*{{0,3}} ?{_CAPS}(?: (?:{_CAPS}|Mc{_CAPS}|\d{{1,2}}|of|the|and|de|von|van|al)){{0,6}}"
    r"(?: \([^()]{1,40}\))?:(?=\s|$)"
)
_TITLED = (
    r"\*{0,3} ?(?:MR|MS|MRS|DR|SEN|REP|GEN|LT|COL|ADM|AMB|SEC|GOV|PRES|JUDGE|Mr|Ms|Mrs|Dr|Sen|Rep"
    r"|Gen|Gov|Amb)\.? [A-ZÀ-ÖØ-Þ][\w'’.-]+(?: [A-ZÀ-ÖØ-Þ][\w'’.-]+){0,2}:(?=\s|$|[A-Z\"“'‘])"
)
# Q, A, and ((Jane Doe)), as interviews have them.
_SURE = re.compile(
    rf"{_TITLED}|Q(?:[.:](?=\s|$)|(?=[ \u00a0\t]{{1,8}}(?:--?|[–—])?[ ]?[\"“‘'(\[$…]{{0,2}}\w))"
    r"|A[.:](?=\s)|\(\([^()\n]{1,40}\)\)(?:[ ]?:)?"
)
_NAME_LABEL = re.compile(
    rf"[{_UP}][\w'’.-]+(?: (?:(?:de|van|von|al|bin|of|the) )?[{_UP}][\w'’.-]+){{0,4}}"
    r"(?: \([^()]{1,40}\))?:(?=\s)"
)
_NO_LABEL = re.compile(rf"{form('not_speaker')}(?: .{{0,30}})?:", re.IGNORECASE)
_WIDTH = 90
_LABELS = 2
_TALK = 4
_Label = tuple[int, int, int, str]


def turns(lines: Sequence[Line]) -> Iterator[tuple[int, int, int]]:
    """Line, start and end of the label of each turn.

    Labels of forms that nothing else has (``MR. DOE:``, ``Q``) must come twice. Capitals before a
    colon open many a line: of these a label must come twice itself, or stand among such labels.
    Plain names (``Jane Doe:``) need two speakers who each come twice and say sentences.
    """
    sure: list[_Label] = []
    capitals: list[_Label] = []
    named: list[_Label] = []
    for index, line in enumerate(lines):
        head = line.text[:_WIDTH]
        if ":" not in head and head[:1] not in ("Q", "("):
            continue
        for bucket, pattern in ((sure, _SURE), (capitals, _CAPS_LABEL), (named, _NAME_LABEL)):
            found = pattern.match(head)
            if found is None:
                continue
            label = found.group()
            if bucket is sure or not _NO_LABEL.match(label):
                bucket.append((index, line.start, line.start + len(label), label))
            break
    if not any(label[:1] == "Q" for *_, label in sure):
        sure = [item for item in sure if item[3] not in ("A:", "A.")]
    yield from sorted(item[:3] for item in _turns(lines, sure, capitals, named))


def _turns(
    lines: Sequence[Line], sure: list[_Label], capitals: list[_Label], named: list[_Label]
) -> list[_Label]:
    again = _again(lines, capitals)
    talk = len(sure) >= _LABELS and len(again) + len(sure) >= _TALK
    out = [*(sure if len(sure) >= _LABELS or again else ()), *(capitals if talk else again)]
    speakers = _again(lines, named)
    if len({item[3] for item in speakers}) > 1:
        out += speakers
    return out


def _again(lines: Sequence[Line], labels: list[_Label]) -> list[_Label]:
    """The labels that come twice; none where most of them are followed by no sentence."""
    counts = Counter(item[3] for item in labels)
    again = [item for item in labels if counts[item[3]] > 1]
    said = sum(_says(lines, *item[:3]) for item in again)
    return again if said * 2 > len(again) else []


def _says(lines: Sequence[Line], index: int, start: int, end: int) -> bool:
    rest = lines[index].text[end - start :].rstrip("\"'”’) ")
    return rest[-1:] in (".", "!", "?", "-", "–", "—", "…") and len(rest.split()) > 1
