"""Mail, one or a box of them: the text of each, its subject as title, its date and sender."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr

from onrecord.record.model import Problem
from onrecord.record.report import Failure, Report
from onrecord.sources.clean import mended, one_line
from onrecord.sources.dates import iso
from onrecord.sources.decode import decode
from onrecord.sources.errors import SourceError
from onrecord.sources.markup import text_of_markup
from onrecord.sources.options import SourceOptions
from onrecord.sources.origin import Origin
from onrecord.sources.stream import Stream

_FROM = re.compile(rb"From (?:\S+@\S+|\S+) .{4,60}\d{4}\s*$")
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)
_SIGNATURE = re.compile(r"^-- ?\n(?=(?:.{0,100}\n?){0,12}\Z)", re.MULTILINE)
_SOFT_BREAK = re.compile(r" \n(?!-- \n)")
_ARCHIVED = re.compile(r"<(https?://[^\s>]{3,500})>")
_LIMIT_LINE = 1 << 20
# A plain part this much shorter than the HTML one only says that there is one.
_STUB = 0.25


def read_mail(data: bytes, origin: Origin) -> Report:
    """The report in one mail. Raises ``SourceError`` where it has no text."""
    message = message_from_bytes(data, policy=policy.compat32)
    text, problems = _text(message)
    if not any(char.isalpha() for char in text):
        raise SourceError("no text in this mail")
    published = iso(_header(message, "Date"))
    name, address = parseaddr(_header(message, "From") or "")
    archived = _ARCHIVED.search(_header(message, "Archived-At") or "")
    return Report(
        text=text,
        id=(_header(message, "Message-ID") or "").strip("<> ") or None,
        title=one_line(_header(message, "Subject")),
        published=published,
        published_basis="header" if published else None,
        source=one_line(name) or one_line(address),
        url=archived[1] if archived else None,
        file=origin.file,
        problems=problems,
    )


def read_mailbox(
    stream: Stream, origin: Origin, options: SourceOptions
) -> Iterator[Report | Failure]:
    """A report or a failure for each mail of an mbox, read one by one."""
    for number, data in enumerate(_mails(stream, options.max_bytes), 1):
        name = f"{origin.name}, mail {number}"
        if data is None:
            reason = f"larger than the limit of {options.max_bytes:,} bytes (raise --max-bytes)"
            yield Failure(name=name, reason=reason)
            continue
        try:
            yield read_mail(_ESCAPED.sub(rb"\1", data), origin)
        except SourceError as error:
            yield Failure(name=name, reason=str(error))
        except Exception as error:  # noqa: BLE001 - the email package raises anything on odd headers
            yield Failure(name=name, reason=f"unreadable: {type(error).__name__}: {error}"[:300])


def _mails(stream: Stream, limit: int) -> Iterator[bytes | None]:
    """The mails of an mbox; None for one that is larger than ``limit``."""
    held: list[bytes] = []
    size, blank = 0, True
    started = False
    while line := stream.body.readline(_LIMIT_LINE):
        if blank and line.startswith(b"From ") and _FROM.match(line):
            if started:
                yield b"".join(held) if size <= limit else None
            started, held, size = True, [], 0
        else:
            size += len(line)
            if size <= limit:
                held.append(line)
            else:
                held = []
        blank = not line.strip()
    if started:
        yield b"".join(held) if size <= limit else None


def _text(message: Message) -> tuple[str, tuple[Problem, ...]]:
    plain: list[str] = []
    marked: list[str] = []
    problems: list[Problem] = []
    for part in message.walk():
        kind = part.get_content_type()
        if (
            kind not in ("text/plain", "text/html")
            or part.get_content_disposition() == "attachment"
        ):
            continue
        payload = part.get_payload(decode=True)
        if not isinstance(payload, bytes):
            continue
        decoded = decode(payload, part.get_content_charset())
        if decoded.problem:
            problems.append(Problem(part="source", reason=decoded.problem))
        if kind == "text/html":
            marked.append(text_of_markup(decoded.text))
        else:
            text = decoded.text.replace("\r\n", "\n")
            if str(part.get_param("format", "")).lower() == "flowed":
                text = _SOFT_BREAK.sub(" ", text)
            plain.append(_SIGNATURE.split(text)[0].strip())
    first, second = "\n\n".join(filter(None, plain)), "\n\n".join(filter(None, marked))
    text, undone = mended(second if len(first) < _STUB * len(second) else first)
    return text, (*problems, *undone)


def _header(message: Message, name: str) -> str | None:
    value = message.get(name)
    if value is None:
        return None
    try:
        return str(make_header(decode_header(str(value))))
    except (ValueError, LookupError, MessageError):
        return str(value)
