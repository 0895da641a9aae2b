"""The label sets of the record, each a plain string with the values that this version writes.

Labels are open on reading: a record written by a newer version may hold others, and decoding it
must not fail. They are closed on writing: ``onrecord verify`` names a label that is not listed.
"""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta

SCHEMA = "onrecord/1"

LABELS: dict[str, tuple[str, ...]] = {
    "published_basis": ("given", "metadata", "feed", "header", "url", "dateline"),
    "form": ("article", "live_blog", "transcript"),
    "zone": ("title", "byline", "dateline", "credit", "caption", "furniture", "turn"),
    "entity_kind": (
        "person", "organization", "country", "group", "place", "system", "work", "other",
    ),
    "mention_kind": ("name", "nominal", "pronoun"),
    "source_kind": ("named", "unnamed", "institution", "document", "author"),
    "quotation": ("direct", "indirect", "mixed"),
    "stance": (
        "asserts", "denies", "doubts", "fears", "hopes", "wants", "promises", "threatens", "asks",
    ),
    "event_type": (
        "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
        "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
    ),
    "realis": ("actual", "negated", "future", "possible", "conditional", "generic"),
    "permission_state": (
        "granted", "withheld", "conditional", "requested", "considered", "revoked",
    ),
    "deontic": ("allow", "forbid"),
    "reason_kind": ("cause", "aim", "objection", "risk"),
    "likelihood": ("expected", "likely", "possible", "unlikely", "not_expected"),
    "time_type": ("DATE", "TIME", "DURATION", "SET"),
    "time_basis": ("explicit", "published", "anchor"),
}  # fmt: skip


def _label(name: str) -> Any:
    return Meta(extra_json_schema={"enum": list(LABELS[name])})


PublishedBasis = Annotated[str, _label("published_basis")]
Form = Annotated[str, _label("form")]
ZoneKind = Annotated[str, _label("zone")]
EntityKind = Annotated[str, _label("entity_kind")]
MentionKind = Annotated[str, _label("mention_kind")]
SourceKind = Annotated[str, _label("source_kind")]
Quotation = Annotated[str, _label("quotation")]
Stance = Annotated[str, _label("stance")]
EventType = Annotated[str, _label("event_type")]
Realis = Annotated[str, _label("realis")]
PermissionState = Annotated[str, _label("permission_state")]
Deontic = Annotated[str, _label("deontic")]
ReasonKind = Annotated[str, _label("reason_kind")]
Likelihood = Annotated[str, _label("likelihood")]
TimeType = Annotated[str, _label("time_type")]
TimeBasis = Annotated[str, _label("time_basis")]
Score = Annotated[float, Meta(ge=0, le=1)]
Factuality = Annotated[float, Meta(ge=-3, le=3)]
