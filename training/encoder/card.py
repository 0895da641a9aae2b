"""The model card: where the weights come from and how good they are, for ``build.py``."""

from __future__ import annotations

import string
from pathlib import Path
from typing import Any

TEMPLATE = Path(__file__).resolve().parent / "card_template.md"
TABLE = (
    ("relation.relaxed.f1", "relation, relaxed F1"),
    ("relation.direct.f1", "of it direct"),
    ("relation.indirect.f1", "of it indirect"),
    ("relation.firm.f1", "relation, content Jaccard 0.8 or more"),
    ("relation.strict.f1", "relation, every span identical"),
    ("source_accuracy", "source right, of contents found"),
    ("content.fragment.f1", "content, exact fragments F1"),
    ("source.fragment.f1", "source, exact F1"),
    ("cue.fragment.f1", "cue, exact F1"),
)


def table(columns: dict[str, dict[str, float]]) -> str:
    """Figures of the bench's scorer, one column a set of documents."""
    lines = [
        "| figure | " + " | ".join(columns) + " |",
        "|---" * (len(columns) + 1) + "|",
    ]
    for key, name in TABLE:
        cells = [f"{figures[key]:.3f}" for figures in columns.values()]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def write(folder: Path, **values: Any) -> None:
    """``card.md`` in ``folder``. Every name of the template must be given."""
    text = string.Template(TEMPLATE.read_text("utf-8")).substitute(values)
    (folder / "card.md").write_text(text, "utf-8")
