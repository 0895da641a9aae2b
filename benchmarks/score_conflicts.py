"""Scores conflicts, updates and support among reports against gold.

    python benchmarks/score_conflicts.py GOLD.jsonl FOUND.jsonl
    python benchmarks/score_conflicts.py --self-test

GOLD: groups of reports (``tests/gold/conflicts``). FOUND, a line each:
``{"type": "conflict", "kind", "verdict", "left": [id, start, end], "right": [id, start, end]}`` and
``{"type": "support", "left": [id, start, end], "right": [id, start, end]}``, which says that two
reports, of which neither is a copy of the other or leans on the same source, tell one happening
in those words. ``"group"`` says that a line is about one group, reconciled by itself. Lines outside
the scope of the groups are passed over.

- A conflict found is right where its passages meet two different sides of a conflict of the gold.
  Precision: right ones among those judged; recall: conflicts of the gold that were found. With
  ``verdict`` it counts only where updates and contradictions are told apart rightly ("either"
  takes both).
- Support is judged by pairs of reports: said of a pair where any line says it. With ``ontology``
  only in groups whose main event is of a PLOVER type: onrecord reads no others.
- What the gold marks "unsure" is left out. ``all``: contradictions and updates (verdict right) and
  support, each found item counted once.

The last line printed is one JSON object.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

Passage = tuple[str, int, int]


def score(gold: list[dict[str, Any]], found: list[dict[str, Any]]) -> dict[str, Any]:
    """Precision and recall of what was found, in counts and shares."""
    tally = {name: {"right": 0, "said": 0, "found": 0, "gold": 0}
             for name in ("conflicts", "verdict", "support", "support_ontology")}  # fmt: skip
    for group in gold:
        scope = {report["id"]: report["scope"] for report in group["reports"]}
        here = [
            line
            for line in found
            if line.get("group", group.get("group")) == group.get("group") and _inside(line, scope)
        ]
        _conflicts(group, [line for line in here if line["type"] == "conflict"], tally)
        _support(group, [line for line in here if line["type"] == "support"], tally)
    out: dict[str, Any] = {name: _shares(counts) for name, counts in tally.items()}
    for name, part in (("all", "support"), ("all_ontology", "support_ontology")):
        both = {key: tally["verdict"][key] + tally[part][key] for key in tally[part]}
        out[name] = _shares(both)
    return out


def _inside(line: dict[str, Any], scope: dict[str, list[int]]) -> bool:
    return all(
        side[0] in scope and scope[side[0]][0] <= side[1] < scope[side[0]][1]
        for side in (line["left"], line["right"])
    )


def _meets(passage: list[Any], sides: list[list[list[Any]]]) -> set[int]:
    id_, start, end = passage
    return {
        number
        for number, side in enumerate(sides)
        for other, first, last in side
        if other == id_ and first < end and start < last
    }


def _conflicts(
    group: dict[str, Any], said: list[dict[str, Any]], tally: dict[str, dict[str, int]]
) -> None:
    got: set[int] = set()
    told: set[int] = set()
    for line in said:
        hits = []
        for number, item in enumerate(group["conflicts"]):
            left, right = (_meets(line[side], item["sides"]) for side in ("left", "right"))
            if any(a != b for a in left for b in right):
                hits.append((number, item))
        if any(item["verdict"] == "unsure" for _, item in hits):
            continue
        for name in ("conflicts", "verdict"):
            tally[name]["said"] += 1
        tally["conflicts"]["right"] += bool(hits)
        got |= {number for number, _ in hits}
        same = {n for n, item in hits if item["verdict"] in {"either", line["verdict"]}}
        tally["verdict"]["right"] += bool(same)
        told |= same
    sure = {n for n, item in enumerate(group["conflicts"]) if item["verdict"] != "unsure"}
    for name, numbers in (("conflicts", got), ("verdict", told)):
        tally[name]["gold"] += len(sure)
        tally[name]["found"] += len(numbers & sure)


def _support(
    group: dict[str, Any], said: list[dict[str, Any]], tally: dict[str, dict[str, int]]
) -> None:
    pairs = {frozenset((line["left"][0], line["right"][0])) for line in said}
    for item in group["support"]:
        if item["label"] == "unsure":
            continue
        pair = frozenset((item["left"], item["right"]))
        right = item["label"] == "independent"
        for name in ("support", "support_ontology") if group.get("ontology") else ("support",):
            tally[name]["gold"] += right
            if pair in pairs:
                tally[name]["said"] += 1
                tally[name]["right"] += right
                tally[name]["found"] += right


def _shares(counts: dict[str, int]) -> dict[str, Any]:
    p = counts["right"] / counts["said"] if counts["said"] else 0.0
    r = counts["found"] / counts["gold"] if counts["gold"] else 0.0
    return {"precision": round(p, 3), "recall": round(r, 3), **counts}


def self_test() -> None:
    """Checks the scorer on a group whose figures are known."""
    group: dict[str, Any] = {
        "ontology": True,
        "reports": [{"id": "a", "scope": [0, 100]}, {"id": "b", "scope": [0, 100]}],
        "support": [{"left": "a", "right": "b", "label": "independent"}],
        "conflicts": [
            {"kind": "figure", "verdict": "updates", "sides": [[["a", 5, 8]], [["b", 10, 14]]]},
            {"kind": "date", "verdict": "either", "sides": [[["a", 50, 60]], [["b", 50, 60]]]},
            {"kind": "any", "verdict": "unsure", "sides": [[["a", 70, 72]], [["b", 70, 72]]]},
        ],
    }

    def line(verdict: str, *at: int, type_: str = "conflict") -> dict[str, Any]:
        return {"type": type_, "verdict": verdict, "left": ["a", at[0], at[1]],
                "right": ["b", at[2], at[3]]}  # fmt: skip

    perfect = [line("updates", 6, 9, 10, 12), line("contradicts", 50, 51, 50, 51),
               line("", 0, 1, 0, 1, type_="support")]  # fmt: skip
    made = score([group], perfect)
    assert made["all"]["precision"] == made["all"]["recall"] == 1.0, made
    wrong = score([group], [line("contradicts", 6, 9, 10, 12)])
    assert wrong["conflicts"]["recall"] == 0.5, wrong
    assert wrong["verdict"]["recall"] == 0.0, wrong
    assert wrong["verdict"]["precision"] == 0.0, wrong
    same_side = score([group], [{**perfect[0], "left": ["b", 10, 12], "right": ["b", 10, 12]}])
    assert same_side["conflicts"]["precision"] == 0.0, same_side
    passed_over = [line("updates", 70, 71, 70, 71), line("updates", 200, 201, 5, 6)]
    assert score([group], passed_over)["conflicts"]["said"] == 0
    assert score([group], [])["all"]["recall"] == 0.0
    print("self-test passed")


def main() -> None:
    if sys.argv[1:] == ["--self-test"]:
        self_test()
        return
    gold, found = (
        [json.loads(line) for line in Path(name).read_text("utf-8").splitlines()]
        for name in sys.argv[1:3]
    )
    made = score(gold, found)
    for name, figures in made.items():
        counts = f"{figures['right']}/{figures['said']}, {figures['found']}/{figures['gold']}"
        told = f"precision {figures['precision']:.3f}  recall {figures['recall']:.3f}"
        print(f"{name:16} {told}  ({counts})")
    print(json.dumps(made))


if __name__ == "__main__":
    main()
