"""The tools: each asks a store one thing, and gives an answer with its passages."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal

from mcp.server.mcpserver.exceptions import ToolError
from pydantic import Field

from onrecord.ledgers import Question, QuestionError
from onrecord.mcp.answer import Answer
from onrecord.mcp.arguments import (
    About,
    Actor,
    Background,
    EventTypes,
    Kinds,
    Limit,
    Location,
    Passages,
    Properties,
    Realis,
    Since,
    Stances,
    States,
    Until,
    Words,
)
from onrecord.mcp.days import first_day, last_day
from onrecord.mcp.looking import look
from onrecord.mcp.reading_on import LONGEST_AROUND, LONGEST_SPAN, read_on
from onrecord.mcp.said import said
from onrecord.mcp.searching import search_entries, search_texts
from onrecord.store import Store, StoreError
from onrecord.store.errors import BusyStoreError, UnknownReportError

_LOG = logging.getLogger(__name__)
_WAIT = 5.0


@contextmanager
def _opened(path: Path) -> Iterator[Store]:
    """The store, for one call; what goes wrong is told without the name of any file."""
    try:
        with Store(path, read_only=True, wait=_WAIT) as store:
            yield store
    except QuestionError as error:
        raise ToolError(str(error)) from error
    except BusyStoreError as error:
        raise ToolError("the store is being written to: ask again in a moment") from error
    except StoreError as error:
        _LOG.error("%s", error)
        raise ToolError(
            "the store could not be read; the person who runs this server finds the reason in its "
            "log"
        ) from error


def tools(path: Path) -> list[Callable[..., Answer]]:
    """The tools that ask the store at ``path``; their docstrings are what an agent reads."""

    def search(
        *,
        words: Words,
        where: Annotated[
            Literal["texts", "entries"],
            Field(description="texts of reports, or sentences of what was read from them."),
        ] = "texts",
        since: Since = None,
        until: Until = None,
        limit: Limit = 10,
        passages: Passages = 2,
    ) -> Answer:
        """Find words in the reports, or in the sentences of statements, events, permissions,
        reasons, forecasts and figures that were read from them."""
        find = search_texts if where == "texts" else search_entries
        with _opened(path) as store:
            question = Question(since=first_day(since), until=last_day(until))
            return find(store, words, question, limit=limit, passages=passages)

    def timeline(
        *,
        since: Since = None,
        until: Until = None,
        actor: Actor = None,
        place: Location = None,
        types: EventTypes = None,
        about: About = None,
        realis: Realis = None,
        background: Background = False,
        limit: Limit = 20,
        passages: Passages = 1,
    ) -> Answer:
        """What happened, day by day: events, and permissions as they changed; earliest first."""
        with _opened(path) as store:
            question = Question(
                since=first_day(since), until=last_day(until), actor=actor, place=place,
                type=_joined(types), about=about, realis=_several(realis), background=background,
            )  # fmt: skip
            return look(store, "timeline", question, limit=limit, passages=passages)

    def events(
        *,
        since: Since = None,
        until: Until = None,
        actor: Actor = None,
        place: Location = None,
        types: EventTypes = None,
        about: About = None,
        realis: Realis = None,
        background: Background = False,
        limit: Limit = 10,
        passages: Passages = 3,
    ) -> Answer:
        """Who did what to whom: each event once, however many reports tell it; earliest first."""
        with _opened(path) as store:
            question = Question(
                since=first_day(since), until=last_day(until), actor=actor, place=place,
                type=_joined(types), about=about, realis=_several(realis), background=background,
            )  # fmt: skip
            return look(store, "events", question, limit=limit, passages=passages)

    def permissions_as_of(
        *,
        day: Annotated[
            str,
            Field(max_length=10, description="The day (2031-05-06); of a month or year its last."),
        ],
        actor: Actor = None,
        place: Location = None,
        about: About = None,
        states: States = None,
        limit: Limit = 10,
        passages: Passages = 3,
    ) -> Answer:
        """Who let whom do what on a day: the state of each permission, as reports until then
        tell it."""
        with _opened(path) as store:
            question = Question(
                as_of=last_day(day), actor=actor, place=place, about=about, type=_joined(states)
            )
            return look(store, "permissions", question, limit=limit, passages=passages)

    def who_said(
        *,
        source: Annotated[
            str | None,
            Field(max_length=200, description="Who said it: whole words of a name or description."),
        ] = None,
        about: About = None,
        stances: Stances = None,
        since: Since = None,
        until: Until = None,
        limit: Limit = 10,
        passages: Passages = 2,
    ) -> Answer:
        """What a source said, or who said something about a topic; the newest first."""
        with _opened(path) as store:
            question = Question(
                actor=source, about=about, type=_joined(stances),
                since=first_day(since), until=last_day(until),
            )  # fmt: skip
            return said(store, question, limit=limit, passages=passages)

    def figures(
        *,
        about: About = None,
        properties: Properties = None,
        actor: Actor = None,
        place: Location = None,
        since: Since = None,
        until: Until = None,
        limit: Limit = 10,
        passages: Passages = 3,
    ) -> Answer:
        """How many: each thing that was counted, with the history of its figure over time."""
        with _opened(path) as store:
            question = Question(
                about=about, type=_joined(properties), actor=actor, place=place,
                since=first_day(since), until=last_day(until),
            )  # fmt: skip
            return look(store, "figures", question, limit=limit, passages=passages)

    def conflicts(
        *,
        kinds: Kinds = None,
        about: About = None,
        actor: Actor = None,
        place: Location = None,
        since: Since = None,
        until: Until = None,
        limit: Limit = 10,
    ) -> Answer:
        """What two reports tell differently: what cannot both be so, and what was updated; with
        both passages. Proposals, the surest first."""
        with _opened(path) as store:
            question = Question(
                type=_joined(kinds), about=about, actor=actor, place=place,
                since=first_day(since), until=last_day(until),
            )  # fmt: skip
            return look(store, "conflicts", question, limit=limit, passages=2)

    def passage(
        *,
        report: Annotated[int, Field(ge=1, description="The number of a report (in passages).")],
        start: Annotated[int, Field(ge=0, description="Offset of the first character.")],
        end: Annotated[int, Field(ge=1, description="Offset after the last character.")],
        around: Annotated[
            int, Field(ge=0, le=LONGEST_AROUND, description="So many characters on both sides.")
        ] = 500,
    ) -> Answer:
        """The words of a report around a span, with the citation: to read on before and after a
        passage."""
        if end <= start or end - start > LONGEST_SPAN:
            raise ToolError(f"end is to be after start, by at most {LONGEST_SPAN}")
        with _opened(path) as store:
            try:
                return read_on(store, report, start, end, around)
            except UnknownReportError as error:
                raise ToolError(f"there is no report {report}") from error

    return [search, timeline, events, permissions_as_of, who_said, figures, conflicts, passage]


def _joined(values: list[str] | None) -> str | None:
    return ",".join(values) if values else None


def _several(values: list[str] | None) -> tuple[str, ...] | None:
    return tuple(values) if values else None
