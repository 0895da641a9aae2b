"""A question as conditions in SQL, and the stretches of SQL that the ledgers share."""

from __future__ import annotations

import re
from typing import Any, Protocol

import pyarrow as pa

from onrecord.ledgers.question import Question


class Queries(Protocol):
    """What a ledger needs of a store (``onrecord.store.Store`` has it)."""

    def sql(self, query: str, parameters: dict[str, Any] | None = None) -> pa.Table:
        """The rows that ``query`` gives, with its ``$name`` filled from ``parameters``."""
        ...


TOLD = r"""
told AS MATERIALIZED (
    SELECT r.report, r.day, r.published,
        coalesce(
            if(regexp_matches(r.source, '^[a-z]+://'), NULL, r.source),
            nullif(regexp_extract(coalesce(r.url, r.source), '^[a-z]+://(?:www\.)?([^/:]+)', 1), '')
        ) AS outlet,
        coalesce(r.url, r.file, r.id) AS url,
        coalesce(c."of", r.report) AS origin
    FROM reports r
    LEFT JOIN copies c ON c.report = r.report AND c.kind IS DISTINCT FROM 'quotes'
    WHERE r.current
)"""
"""Each current report with its outlet (the host of its address, where it names no other) and its
``origin``: of copies, the one they are copies of."""

PRONOUN = "'^(i|me|we|us|you|he|him|she|her|it|they|them|who|whom|which|that|this|these|those)$'"
"""A pattern for words, in small letters, that name nobody by themselves."""


def anchors(part: str, field: str, members: str = "members") -> str:
    """A table ``anchors``: the spans of ``field`` of the entries in ``members``."""
    return f"""
anchors AS (
    SELECT s.report, s.id, list([s.start, s."end"] ORDER BY s.start) AS spans
    FROM spans s SEMI JOIN {members} m ON s.report = m.report AND s.id = m.id
    WHERE s.part = '{part}' AND s.field = '{field}'
    GROUP BY s.report, s.id
)"""


def passage(words: str = "m.sentence", id_: str = "m.id") -> str:
    """The passage of an entry: its report (``t``), its spans (``a``), and its words."""
    return (
        "{'report': t.report, 'id': " + id_ + ", 'source': t.outlet, 'published': t.published, "
        "'url': t.url, 'spans': a.spans, 'words': " + words + "}"
    )


def in_order(value: str) -> str:
    """A list of ``value``, by day and then as the reports came."""
    return f"list({value} ORDER BY t.day NULLS LAST, t.report)"


class Conditions:
    """Conditions of a question, each as SQL that holds where it was not asked."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self._values: dict[str, Any] = {}

    def run(self, store: Queries, query: str) -> pa.Table:
        """The rows of ``query``, with those values that it names."""
        named = set(re.findall(r"\$(\w+)", query))
        values = {name: value for name, value in self._values.items() if name in named}
        return store.sql(query, values or None)

    def days(self, first: str, last: str | None = None) -> str:
        """From ``first`` to ``last`` there is a day that was asked for; days must be told."""
        wanted = []
        if self.question.since is not None:
            wanted.append(f"coalesce({last or first}, {first}) >= {self._value('since')}::DATE")
        if self.question.until is not None:
            wanted.append(f"{first} <= {self._value('until')}::DATE")
        return _all(wanted)

    def one_of(self, column: str) -> str:
        """``column`` is one of the types asked for."""
        if self.question.type is None:
            return "TRUE"
        self._values["types"] = self.question.types()
        return f"list_contains($types, lower({column}))"

    def realis(self, column: str, background: str) -> str:
        """What is told so, and, unless asked for, no history."""
        wanted = []
        labels = self.question.realis or ("actual",)
        if "all" not in labels:
            self._values["realis"] = list(labels)
            wanted.append(f"list_contains($realis, {column})")
        if not self.question.background:
            wanted.append(f"NOT coalesce({background}, FALSE)")
        return _all(wanted)

    def about(self, *columns: str) -> str:
        """All words asked for stand in ``columns`` together, each as a whole word."""
        if self.question.about is None:
            return "TRUE"
        text = f"concat_ws(' ', {', '.join(columns)})"
        wanted = []
        for number, word in enumerate(re.findall(r"\w+", self.question.about)):
            self._values[f"about{number}"] = _whole(word)
            wanted.append(f"regexp_matches({text}, $about{number})")
        return _all(wanted)

    def place(self, *names: str, codes: tuple[str, ...] = ()) -> str:
        """One of the ``names`` holds the place asked for, or one of ``codes`` is it."""
        if self.question.place is None:
            return "TRUE"
        self._values["place"] = _whole(self.question.place)
        self._values["place_code"] = self.question.place.upper()
        wanted = [f"regexp_matches({name}, $place)" for name in names]
        wanted += [f"{code} = $place_code" for code in codes]
        return "(" + " OR ".join(f"coalesce({one}, FALSE)" for one in wanted) + ")"

    def named(self, *names: str, codes: str | None = None) -> str:
        """One of the ``names`` holds the actor asked for, or it is among the ``codes`` (a list)."""
        if self.question.actor is None:
            return "TRUE"
        self._values["actor"] = _whole(self.question.actor)
        self._values["actor_code"] = self.question.actor.upper()
        wanted = [f"regexp_matches({name}, $actor)" for name in names]
        if codes is not None:
            wanted.append(f"list_contains({codes}, $actor_code)")
        return "(" + " OR ".join(f"coalesce({one}, FALSE)" for one in wanted) + ")"

    def party(self, part: str, report: str, id_: str) -> str:
        """The actor asked for takes part in the entry with these columns."""
        if self.question.actor is None:
            return "TRUE"
        known = self.named(
            "p.words", "x.name", "array_to_string(x.names, '; ')",
            codes="list_concat(coalesce(p.codes, []), coalesce(x.codes, []))",
        )  # fmt: skip
        return f"""({report}, {id_}) IN (
            SELECT (p.report, p.id) FROM participants p
            LEFT JOIN actor_members am ON am.report = p.report AND am.entity = p.entity
            LEFT JOIN actors x ON x.actor = am.actor
            WHERE p.part = '{part}' AND {known})"""

    def limit(self) -> str:
        """The clause that ends the rows."""
        if self.question.limit is None:
            return ""
        return f"LIMIT {int(self.question.limit)}"

    def _value(self, name: str) -> str:
        self._values[name] = getattr(self.question, name)
        return f"${name}"

    def value(self, name: str) -> str:
        """A field of the question as a parameter."""
        return self._value(name)


def _whole(words: str) -> str:
    """A pattern (RE2) for ``words`` as whole words, in small letters or capitals."""
    escaped = r"\s+".join(re.sub(r"([^\w\s])", r"\\\1", word) for word in words.split())
    return rf"(?i)(?:^|[^\pL\pN]){escaped}(?:$|[^\pL\pN])"


def _all(wanted: list[str]) -> str:
    return " AND ".join(wanted) if wanted else "TRUE"
