"""What is measured: for each task the gold, the command that answers, the scorer, the figures.

Nothing here imports onrecord: the figures are of what its command prints, as a user has it.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("ONRECORD_SHARED", ROOT.parent / "shared"))
BENCH = SHARED / "bench"
ONRECORD = [sys.executable, "-m", "onrecord"]


@dataclass(frozen=True)
class Task:
    """One measurement.

    ``folder``: of the gold data, under the bench.
    ``answer``: which command answers (``read``, ``realis``, ``copies``, ``stories``, ``events``,
    ``ingest``). ``figures``: the keys of the scorer's JSON line that are reported, dots for
    depth. ``corrected``: the values of ``corrections.jsonl`` are laid over the gold first.
    """

    name: str
    folder: str
    scorer: str
    figures: tuple[str, ...]
    answer: str = "read"
    parts: str = ""
    options: tuple[str, ...] = ()
    docs: str = "docs.jsonl"
    gold: str = "gold.jsonl"
    corrected: bool = False


TASKS: tuple[Task, ...] = (
    Task("ingest", "ingest", "score_ingest.py",
         ("text.f1", "by_kind.html.f1", "clean", "empty_files", "extra_documents", "titles_right",
          "dates_right"),
         answer="ingest", gold="expected.jsonl"),
    Task("attribution", "attribution/dev", "score_attribution.py",
         ("relation.relaxed.f1", "relation.direct.f1", "relation.indirect.f1",
          "content.fragment.f1", "source_accuracy"), parts="attributions"),
    Task("entities (ECB+)", "event_coref/dev", "score_clusters.py",
         ("conll_f1", "lea.f1"), parts="entities", gold="gold_clusters.jsonl",
         options=("--key", "mentions", "--gold-mentions")),
    Task("events plv", "events_plv/dev", "score_events.py",
         ("types.f1", "macro_f1", "primary_accuracy", "actors.f1", "recipients.f1"),
         parts="events"),
    Task("events gsr", "events_gsr", "score_events.py",
         ("types.f1", "macro_f1", "actors.f1", "recipients.f1", "countries.f1", "triple.f1",
          "tuple.f1"), parts="events"),
    Task("events coped", "events_coped/dev", "score_events.py",
         ("quad.f1", "macro_f1"), parts="events"),
    Task("events cameo", "events_cameo", "score_events.py", ("types.f1",), parts="events"),
    Task("realis (MEANTIME)", "factuality/dev", "score_factuality.py",
         ("all.coarse_macro_f1", "all.accuracy"), answer="realis"),
    Task("factuality (UDS)", "factuality_uds/dev", "score_factuality.py",
         ("all.pearson", "by_genre.weblog.pearson", "by_genre.newsgroup.pearson"),
         answer="realis"),
    Task("times", "time/dev", "score_time.py",
         ("value_f1", "relaxed_f1", "strict_f1"), parts="times"),
    Task("times, corrected", "time/dev", "score_time.py",
         ("value_f1", "relaxed_f1", "strict_f1"), parts="times", corrected=True),
    Task("times (WikiWars)", "time/wikiwars", "score_time.py",
         ("value_f1", "relaxed_f1", "strict_f1"), parts="times"),
    Task("places (LGL)", "places/lgl", "score_places.py",
         ("all_acc161id", "overlap_f1", "matched_acc161id"), parts="places"),
    Task("places (GeoVirus)", "places/geovirus", "score_places.py",
         ("all_acc161id", "overlap_f1", "matched_acc161id"), parts="places",
         options=("--no-demonyms",)),
    Task("copies", "copies", "score_clusters.py", ("pairs.p", "pairs.r"), answer="copies",
         gold="gold_clusters.jsonl"),
    Task("copies, natural", "copies_natural", "score_clusters.py", ("pairs.p", "pairs.r"),
         answer="copies", gold="gold_clusters.jsonl"),
    Task("stories", "stories", "score_clusters.py", ("conll_f1", "pairs.p", "pairs.r"),
         answer="stories", gold="gold_clusters.jsonl"),
    Task("event coreference (ECB+)", "event_coref/dev", "score_clusters.py",
         ("conll_f1", "lea.f1"), answer="events", gold="gold_clusters.jsonl",
         options=("--gold-mentions",)),
)  # fmt: skip


def answer(task: Task, docs: Path, gold: Path, out: Path) -> None:
    """Writes what onrecord says of ``docs`` to ``out``."""
    if task.answer == "ingest":
        files = sorted(str(path) for path in (BENCH / task.folder / "raw").iterdir())
        failures = out.with_suffix(".failures")
        command = ["read", *files, "--format", "jsonl", "--parts", "times"]
        command += ["--failures", str(failures)]
    elif task.answer == "read":
        command = ["read", str(docs), "--format", "jsonl", "--language", "en"]
        command += ["--parts", task.parts]
    elif task.answer in {"realis", "events"}:
        made = out.with_suffix(".in")
        with made.open("wb") as file:
            maker = [sys.executable, str(BENCH / "make_events.py"), str(gold), str(docs)]
            subprocess.run(maker, stdout=file, check=True)
        command = [*(["realis"] if task.answer == "realis" else ["cluster", "events"]), str(made)]
    else:
        command = ["cluster", task.answer, str(docs)]
    with out.open("wb") as file:
        done = subprocess.run(
            [*ONRECORD, *command], stdout=file, stderr=subprocess.PIPE, check=False
        )
    if done.returncode not in {0, 1} or (done.returncode == 1 and task.answer != "ingest"):
        told = done.stderr.decode()[-2000:]
        raise RuntimeError(f"{task.name}: onrecord {command[0]} failed:\n{told}")
    if task.answer == "ingest":
        with out.open("ab") as file:
            file.write(failures.read_bytes())


def score(task: Task, gold: Path, out: Path) -> dict[str, Any]:
    """The figures of ``out`` against ``gold``, by the bench's own scorer."""
    command = [sys.executable, str(BENCH / task.scorer), str(gold), str(out), *task.options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{task.name}: {task.scorer} failed:\n{done.stderr[-2000:]}")
    line: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return {name: pick(line, name) for name in task.figures}


def pick(line: dict[str, Any], name: str) -> Any:
    """The value at a dotted path; scorers also use dots within a key."""
    if name in line:
        return line[name]
    value: Any = line
    for step in name.split("."):
        if not isinstance(value, dict) or step not in value:
            raise KeyError(f"the scorer gives no {name}")
        value = value[step]
    return value


def rows(path: Path) -> list[dict[str, Any]]:
    """The lines of a JSON Lines file."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def write_rows(path: Path, lines: list[dict[str, Any]]) -> None:
    """Writes JSON Lines."""
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    path.write_text(text, encoding="utf-8")


def sample(task: Task, size: int | None, folder: Path) -> tuple[Path, Path]:
    """The documents and the gold of a task in ``folder``: all, or the first ``size`` by a hash.

    The hash of the id makes the choice fixed, and independent of the order of the file.
    """
    docs, gold = BENCH / task.folder / task.docs, BENCH / task.folder / task.gold
    if task.answer == "ingest" or (size is None and not task.corrected):
        return docs, gold
    chosen = sorted(rows(docs), key=lambda doc: hashlib.sha256(doc["id"].encode()).hexdigest())
    if task.folder == "attribution/train":
        chosen = [doc for doc in chosen if held_out(doc["id"])]
    chosen = chosen[:size]
    wanted = {doc["id"] for doc in chosen}
    marked = [row for row in rows(gold) if row["id"] in wanted]
    if task.corrected:
        _correct(marked, rows(gold.with_name("corrections.jsonl")))
    write_rows(folder / "docs.jsonl", chosen)
    write_rows(folder / "gold.jsonl", marked)
    return folder / "docs.jsonl", folder / "gold.jsonl"


def held_out(doc_id: str) -> bool:
    """Whether an article is in the tenth that trains no encoder (training/encoder/data)."""
    return int(hashlib.sha256(doc_id.encode()).hexdigest(), 16) % 10 == 0


def _correct(gold: list[dict[str, Any]], corrections: list[dict[str, Any]]) -> None:
    better = {(row["id"], str(row["spans"])): row for row in corrections}
    for row in gold:
        for time in row["times"]:
            found = better.get((row["id"], str(time["spans"])))
            if found is not None:
                time["type"] = found["corrected_type"]
                time["value"] = found["corrected_value"]


def checksum(task: Task) -> str:
    """The first twelve digits of the SHA-256 of a task's gold."""
    return hashlib.sha256((BENCH / task.folder / task.gold).read_bytes()).hexdigest()[:12]
