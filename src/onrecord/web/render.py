"""Templates, and one record as a page that needs nothing else."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from onrecord.record.model import Record
from onrecord.version import __version__
from onrecord.web import phrases
from onrecord.web.card import Section
from onrecord.web.cards import sections
from onrecord.web.marks import STEERING, Paragraph, paragraphs, visible
from onrecord.web.plots import spark
from onrecord.web.stretches import entries

_HERE = Path(__file__).parent
STATIC = _HERE / "static"


@dataclass(frozen=True)
class View:
    """What the page of one report shows."""

    title: str
    facts: tuple[str, ...]
    url: str | None
    problems: tuple[str, ...]
    paragraphs: list[Paragraph]
    sections: list[Section]
    reader: str


def view(record: Record) -> View:
    """The page of ``record``, as data."""
    published = (
        f"published {record.published} ({record.published_basis})"
        if record.published
        else "publication date not known: relative dates stay unresolved"
    )
    facts = [
        record.source,
        ", ".join(record.authors) or None,
        published,
        f"credit {record.credit}" if record.credit else None,
        record.form.replace("_", " ") if record.form else None,
        f"{len(record.sentences)} sentences",
    ]
    missing = [part for part in record.reader.parts if getattr(record, part) is None]
    problems = [f"{problem.part}: {problem.reason}" for problem in record.problems]
    problems += [part for part in missing if part not in {p.part for p in record.problems}]
    return View(
        title=name_of(record),
        facts=tuple(fact for fact in facts if fact),
        url=web_url(record.url),
        problems=tuple(problems),
        paragraphs=paragraphs(record),
        sections=sections(record),
        reader=f"{record.reader.version}, model {record.reader.model or 'none'}",
    )


def name_of(record: Record) -> str:
    """What a report is called: its title, else its file's name, its address, its id.

    A file may hold many: the id that its source gave stands beside its name.
    """
    own = "" if re.fullmatch("r[0-9a-f]{20}", record.id) else f" · {record.id}"
    file = re.split(r"[/\\]", record.file)[-1] + own if record.file else None
    return record.title or file or record.url or record.id


def web_url(url: str | None) -> str | None:
    """``url`` where it is one that a page may link: http or https, nothing that runs."""
    if url is None or not url.isprintable():
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc else None


def target_rules(record: Record, prefix: str = "") -> str:
    """Style rules that light both sides of the entry in the page's address, without JavaScript."""
    words, cards = [], []
    for _, entry in entries(record):
        id_ = f"{prefix}{entry.id}"
        at = f".report:has(#{id_}:target,#{prefix}t-{entry.id}:target)"
        words.append(f'{at} [data-e~="{entry.id}"]')
        cards.append(f'{at} [data-id="{entry.id}"]')
    if not words:
        return ""
    lit = "{background:var(--lit);box-shadow:inset 0 -2px 0 var(--lit-edge)}\n"
    return ",\n".join(words) + lit + ",\n".join(cards) + "{outline:3px solid var(--lit-edge)}\n"


def single_page(records: Sequence[Record]) -> str:
    """One self-contained HTML page of ``records``; it asks nothing of any host.

    Raises ``ValueError`` where there is no record.
    """
    if not records:
        raise ValueError("there is no report to show")
    views = [view(record) for record in records]
    many = len(records) > 1
    rules = [
        target_rules(record, f"r{number}-" if many else "")
        for number, record in enumerate(records, 1)
    ]
    style = _closed(asset("onrecord.css") + "".join(rules), "style")
    script = _closed(asset("onrecord.js"), "script")
    return (
        environment()
        .get_template("single.html")
        .render(
            views=views,
            title=views[0].title if not many else f"{len(views)} reports",
            style=Markup(style),
            script=Markup(script),
            style_hash=_hash(style),
            script_hash=_hash(script),
            version=__version__,
            readers=sorted({one.reader for one in views}),
        )
    )


def asset(name: str) -> str:
    """One of our static files."""
    return (STATIC / name).read_text(encoding="utf-8")


def _closed(text: str, element: str) -> str:
    """``text`` for the inside of ``element``, refused where it could end it."""
    if f"</{element}" in text.lower():
        raise ValueError(f"what goes into <{element}> may not close it")
    return text


def _hash(text: str) -> Markup:
    digest = hashlib.sha256(text.encode()).digest()
    return Markup("'sha256-{}'").format(base64.b64encode(digest).decode())


@cache
def environment() -> Environment:
    """The templates: all output is escaped, and a name that is not given is an error."""
    made = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_steady,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        visible=visible,
        clip=clip,
        compact=compact,
        sign=lambda r: phrases.SIGNS.get(r, "·"),
        number=phrases.number,
        plain=plain,
        state=state,
        filled=filled,
        spark=spark,
    )
    return made


def clip(text: Any, most: int = 200) -> str:
    """``text`` on one line, cut where it is longer than ``most``; says how long it was."""
    words = str(text)
    if len(words) <= most:
        return visible(words)
    return f"{visible(words[:most])} … ({len(words):,} characters)"


def _steady(value: Any) -> Any:
    """What a template prints, without characters that would steer the page, wherever it stands."""
    return STEERING.sub("\ufffd", value) if type(value) is str else value


def plain(text: str) -> str:
    """``text`` with its blanks, without characters that would steer the page."""
    return STEERING.sub("\ufffd", text)


def filled(columns: Sequence[Any], rows: Sequence[Any]) -> list[Any]:
    """The columns that say something in any of ``rows``; what is false or nothing says nothing."""
    return [
        column
        for column in columns
        if column.kind == "state"
        or any(row.get(column.name) not in (None, "", [], False) for row in rows)
    ]


def state(row: Any) -> str:
    """A row's permission state, as a newsreader says it."""
    return phrases.STATES.get((row["state"], row["deontic"] or "allow"), row["state"] or "")


def compact(value: Any) -> str:
    """A small JSON value on one line."""
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
