"""The reader: from reports to records. It alone knows the parts and their order."""

from __future__ import annotations

import hashlib
import importlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property, partial
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from msgspec import UNSET, Struct, structs

from onrecord.reading.contract import Part, Parts
from onrecord.reading.errors import OptionError, ReadingError
from onrecord.reading.links import link_back
from onrecord.reading.page import Page
from onrecord.reading.parse import DEFAULT_PIPELINE, load_pipeline, parse, pipeline_id
from onrecord.record.integrity import DamagedError, fingerprint
from onrecord.record.model import PARTS, Problem, ReaderInfo, Record, Spans
from onrecord.record.report import Failure, Report, sha256
from onrecord.version import __version__

if TYPE_CHECKING:
    from onrecord.reading.realis import Judgement

MODULES = {part: f"onrecord.reading.{part}" for part in PARTS}
MAX_CHARS = 20_000_000


class Options(Struct, frozen=True, kw_only=True):
    """How to read.

    ``parts``: the parts wanted, all where None; those that they require are read with them.
    ``pipeline``: an installed English spaCy pipeline. ``why``: keep why each judgement was made.
    ``keep_text``: keep the text in the record. ``max_chars``: a longer report is refused.
    ``actors``: a CSV of the user's own actors, which goes before the table that ships.
    """

    parts: tuple[str, ...] | None = None
    pipeline: str = DEFAULT_PIPELINE
    why: bool = False
    keep_text: bool = True
    max_chars: int = MAX_CHARS
    actors: str | None = None


class Reader:
    """Reads reports; loads its pipeline and models once, when first needed.

    Raises ``OptionError`` for an unknown part.
    """

    def __init__(self, options: Options | None = None, **changes: Any) -> None:
        self.options = structs.replace(options or Options(), **changes)
        self.parts = closure(self.options.parts)

    @cached_property
    def info(self) -> ReaderInfo:
        """What the records say of their reader."""
        pipeline = pipeline_id(load_pipeline(self.options.pipeline))
        return stamp(pipeline, self._told_options(), self.parts)

    def _told_options(self) -> dict[str, Any]:
        """The options that change the entries, as the record keeps them."""
        told: dict[str, Any] = {"why": self.options.why}
        if self.options.actors is not None:
            told["actors"] = hashlib.sha256(Path(self.options.actors).read_bytes()).hexdigest()
        return told

    def warm_up(self) -> None:
        """Loads what reading needs. Raises ``ReadingError`` where something is not there."""
        _ = self.info
        self._use_actors()

    def read(self, text: str, **known: Any) -> Record:
        """The record of ``text``, kept code point for code point.

        ``known`` is what is known of the report: ``published`` (an ISO date), ``title``,
        ``source``, ``authors``, ``url``, ``id``. Raises ``ReadingError`` where the text cannot
        be read.
        """
        if known.get("published") is not None:
            known.setdefault("published_basis", "given")
        return self.read_report(Report(text=text, **known))

    def read_report(self, report: Report) -> Record:
        """The record of ``report``. Raises ``ReadingError`` where it cannot be read."""
        check(report, self.options.max_chars)
        self._use_actors()
        page = parse(report, load_pipeline(self.options.pipeline))
        parts, problems = read_parts(page, self.parts)
        return self._record(page, parts, problems)

    def read_many(
        self, reports: Iterable[Report], *, processes: int = 1
    ) -> Iterator[Record | Failure]:
        """A record or a failure for each of ``reports``, in their order, as they are read.

        Memory does not grow with the number of reports; ``processes`` changes the speed only.
        """
        if processes == 1:
            return map(self.outcome, reports)
        from onrecord.reading.parallel import read_parallel

        return read_parallel(partial(type(self), self.options), reports, processes)

    def realis(
        self, text: str, spans: Sequence[Spans], *, published: str | None = None
    ) -> list[Judgement]:
        """Whether events given by their words happened, as ``text`` tells it.

        ``spans[i]`` are the spans of the words of event i; a ``Judgement`` for each, in that
        order, with ``realis``, ``factuality`` (-3 to 3) and ``score``. Raises ``ReadingError``
        where the text cannot be read.
        """
        from onrecord.reading.realis import judge

        if not spans:
            return []
        report = Report(text=text, published=published)
        check(report, self.options.max_chars)
        return judge(parse(report, load_pipeline(self.options.pipeline)), Parts(), spans)

    def outcome(self, report: Report) -> Record | Failure:
        """The record of ``report``, or why there is none; what one report raises stays its own."""
        try:
            return self.read_report(report)
        except ReadingError as error:
            return Failure(name=report.name, reason=str(error))
        except Exception as error:  # noqa: BLE001 - one report must never stop the others
            reason = f"{type(error).__name__}: {error} (a fault of onrecord: please report it)"
            return Failure(name=report.name, reason=reason)

    def _use_actors(self) -> None:
        from onrecord.knowledge.actors import ActorError, use_actors

        try:
            use_actors(None if self.options.actors is None else Path(self.options.actors))
        except ActorError as error:
            raise OptionError(str(error)) from error

    def _record(self, page: Page, parts: Parts, problems: Sequence[Problem]) -> Record:
        report = page.report
        failed = {problem.part for problem in problems}
        lists = {
            part: tuple(getattr(parts, part)) if part in self.parts and part not in failed else None
            for part in PARTS
        }
        lists = {part: distinct_keys(entries) for part, entries in lists.items()}
        if not self.options.why:
            lists = {part: without_why(entries) for part, entries in lists.items()}
        sentences: Spans = tuple((s.start_char, s.end_char) for s in page.sentences)
        return Record(
            id=report.identity,
            published=report.published,
            published_basis=report.published_basis,
            title=report.title,
            source=report.source,
            authors=report.authors,
            credit=report.credit,
            url=report.url,
            file=report.file,
            language=report.language,
            form=report.form,
            text=report.text if self.options.keep_text else None,
            text_sha256=page.text_sha256,
            reader=self.info,
            problems=(*report.problems, *problems),
            sentences=sentences,
            zones=page.zones,
            **cast("dict[str, Any]", lists),
        )


def read_parts(page: Page, wanted: Sequence[str]) -> tuple[Parts, tuple[Problem, ...]]:
    """The parts ``wanted`` of ``page``, and a problem for each that failed.

    A part that requires a failed one is not read, since it would be read wrongly.
    """
    parts = Parts()
    problems: dict[str, Problem] = {}
    for name in wanted:
        part = load_part(name)
        broken = [needed for needed in part.requires if needed in problems]
        if broken:
            reason = f"not read, since it requires {', '.join(broken)}"
            problems[name] = Problem(part=name, reason=reason)
            continue
        try:
            setattr(parts, name, part.read(page, parts))
        except Exception as error:  # noqa: BLE001 - kept as a problem of this part, told in the record
            reason = f"{type(error).__name__}: {error}"
            problems[name] = Problem(part=name, reason=reason)
    link_back(parts)
    return parts, tuple(problems.values())


def stamp(pipeline: str, options: dict[str, Any], parts: tuple[str, ...]) -> ReaderInfo:
    """What a record says of its reader: this version, its data, and what is given."""
    return ReaderInfo(
        version=__version__,
        model=_fingerprint("models"),
        pipeline=pipeline,
        knowledge=_fingerprint("knowledge/data"),
        options=options,
        parts=parts,
    )


@cache
def _fingerprint(folder: str) -> str:
    try:
        return fingerprint(Path(str(files("onrecord"))) / folder)
    except DamagedError as error:
        raise ReadingError(str(error)) from error


def load_part(name: str) -> Part:
    """The module that reads part ``name``."""
    return cast("Part", importlib.import_module(MODULES[name]))


def closure(wanted: Sequence[str] | None) -> tuple[str, ...]:
    """``wanted`` with all that it requires, in reading order; all parts where None.

    Raises ``OptionError`` for a part that does not exist.
    """
    if wanted is None:
        return PARTS
    unknown = [name for name in wanted if name not in PARTS]
    if unknown:
        raise OptionError(f"no part is called {', '.join(unknown)}; parts are {', '.join(PARTS)}")
    needed = set(wanted)
    for name in reversed(PARTS):
        if name in needed:
            needed.update(load_part(name).requires)
    return tuple(name for name in PARTS if name in needed)


def check(report: Report, max_chars: int) -> None:
    """Raises ``ReadingError`` where ``report`` cannot be read at all."""
    text = report.text
    if not text or text.isspace():
        raise ReadingError("no text: the report is empty")
    if len(text) > max_chars:
        raise ReadingError(
            f"too long: {len(text):,} characters, the limit is {max_chars:,} (raise --max-chars)"
        )
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ReadingError(
            f"unpaired surrogate at character {error.start}: no Unicode text; "
            "write the input again as UTF-8"
        ) from error


def distinct_keys(entries: tuple[Any, ...] | None) -> tuple[Any, ...] | None:
    """``entries`` with no key twice: a second one gets a key hashed from it and its rank."""
    if not entries:
        return entries
    seen: Counter[str] = Counter()
    out = []
    for entry in entries:
        rank = seen[entry.key]
        seen[entry.key] += 1
        key = sha256(f"{entry.key}|{rank}")[:16] if rank else entry.key
        out.append(structs.replace(entry, key=key) if rank else entry)
    return tuple(out)


def without_why(entries: tuple[Any, ...] | None) -> tuple[Any, ...] | None:
    """``entries`` without why each was made."""
    if not entries or not hasattr(entries[0], "why"):
        return entries
    return tuple(structs.replace(entry, why=UNSET) for entry in entries)
