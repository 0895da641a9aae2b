"""The words of a report around a span."""

from __future__ import annotations

from onrecord.ledgers import QuestionError
from onrecord.mcp.answer import Answer, Row, answer
from onrecord.mcp.citing import Citing, Place, around
from onrecord.store import Store
from onrecord.store.errors import UnknownReportError

LONGEST_SPAN = 4_000
LONGEST_AROUND = 2_000


def read_on(store: Store, report: int, start: int, end: int, beside: int) -> Answer:
    """One row: the words of ``report`` from ``start`` to ``end``, and about ``beside`` more.

    Raises ``UnknownReportError``, or ``QuestionError`` where the text ends before ``end``.
    """
    citing = Citing(store, [report])
    if not citing.has(report):
        raise UnknownReportError(f"no report {report}")
    text = citing.text(report)
    if text is None:
        return answer([], limit=1, unproven=1)
    if end > len(text):
        raise QuestionError(f"report {report} has {len(text)} characters; end is {end}")
    low, high = around(text, start, end, beside)
    place = Place(report, [(start, end)])
    shown = citing.between(place, low, high, low > 0 or high < len(text))
    return answer([Row(read={"characters": len(text)}, quoted={}, passages=[shown])], limit=1)
