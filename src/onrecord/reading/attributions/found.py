"""What a finder of attributions gives, before it has its number and its place among the others."""

from __future__ import annotations

from msgspec import Struct

from onrecord.record.model import Spans


class Found(Struct, frozen=True):
    """Spans of source, cue and content (empty where there is none); heads are token indices.

    ``kind`` names the finder's own class of content; ``rank`` orders rivals.
    """

    source: Spans
    source_head: int | None
    cue: Spans
    cue_head: int | None
    content: Spans
    content_head: int
    kind: str
    rank: float
    score: float
