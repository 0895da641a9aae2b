"""The lists of what was read: reports, events, claims, permissions, reasons, and what failed."""

from __future__ import annotations

from onrecord.web import asked as a
from onrecord.web.listings import Column, Listing, has, to_entry, to_report

_OWN_ID = "if(regexp_full_match(r.id, 'r[0-9a-f]{20}'), '', ' · ' || r.id)"
NAME = f"coalesce(r.title, regexp_extract(r.file, '[^/\\\\]+$') || {_OWN_ID}, r.url, r.id)"
"""What a report is called: as ``render.name_of`` has it."""
_ABOUT = f"r.report, CAST(r.day AS VARCHAR) AS day, r.source AS outlet, left({NAME}, 300) AS name"
_REPORT_WHERE = {
    "from": "r.day >= CAST(? AS DATE)",
    "to": "r.day <= CAST(? AS DATE)",
    "source": has("r.source"),
}
_REPORT_FILTERS = (a.FROM, a.TO, a.SOURCE)
_DAY = Column("day", "published", "day", lambda row: f"/days/{row['day']}" if row["day"] else None)
_NAME = Column("name", "report", "text", to_report)
_OUTLET = Column("outlet", "outlet")
_TOLD = Column("told_by", "told by")
_SCORE = Column("score", "sure", "score")
_HIDDEN = (
    Column("report", "report’s number", "number", shown=False),
    Column("id", "id", shown=False),
    Column("key", "key", shown=False),
)


def _from(table: str) -> str:
    return f'FROM "{table}" x JOIN reports r USING (report)'


REPORTS = Listing(
    name="reports",
    title="Reports",
    note="The newest version of every report that was read.",
    columns=(
        _DAY,
        _NAME,
        _OUTLET,
        Column("authors", "by", "list"),
        Column(
            "copies",
            "copies",
            "number",
            lambda row: f"/copies/{row['cluster']}" if row["cluster"] else None,
        ),
        Column("versions", "version", "number"),
        Column("report", "report’s number", "number", shown=False),
        Column("url", "address", shown=False),
        Column("text_sha256", "hash of the text", shown=False),
    ),
    filters=(a.WORDS, *_REPORT_FILTERS),
    select=f"SELECT {_ABOUT}, r.authors, c.cluster, c.copies, r.version AS versions, r.url, "
    "r.text_sha256",
    base="FROM reports r LEFT JOIN (SELECT report, cluster, count(*) OVER (PARTITION BY "
    "cluster) AS copies FROM copies) c USING (report)",
    where={**_REPORT_WHERE, "q": f"{has('r.title')} OR {has('r.source')} OR {has('r.file')}"},
    always="r.current",
    order="r.day DESC NULLS LAST, r.report DESC",
    orders=("day", "name", "outlet"),
)

CLAIMS = Listing(
    name="claims",
    title="Who said what",
    note="Every attribution: a source, what it does (asserts, denies, fears …), and the words.",
    columns=(
        _DAY,
        Column("who", "source", "words"),
        Column("source_kind", "kind", "label"),
        Column("stance", "stance", "label"),
        Column("content", "what", "words", to_entry),
        Column("quotation", "quotation", "label"),
        _NAME,
        _SCORE,
        *_HIDDEN,
    ),
    filters=(a.WORDS, a.Filter("who", "source"), a.STANCE, a.KIND, *_REPORT_FILTERS),
    select=f"SELECT {_ABOUT}, coalesce(x.source_entities, x.source_words) AS who, x.source_kind,"
    " x.stance, x.content, x.quotation, x.score, x.id, x.key",
    base=_from("attributions"),
    where={
        **_REPORT_WHERE,
        "q": has("x.content"),
        "stance": "x.stance = ?",
        "kind": "x.source_kind = ?",
        "who": f"{has('x.source_entities')} OR {has('x.source_words')}",
    },
    order="r.day DESC NULLS LAST, x.report DESC, x.start",
    orders=("day", "score"),
)

MENTIONS = Listing(
    name="mentions",
    title="Events as they are told",
    note="One row for each telling. Happened unless you choose another realis; what the "
    "reports tell of one event together is under Events.",
    columns=(
        Column(
            "date_start",
            "when",
            "day",
            lambda row: f"/days/{row['date_start'][:10]}" if row["date_start"] else None,
        ),
        Column("type", "type", "label"),
        Column("realis", "realis", "realis"),
        Column("actors", "who", "words"),
        Column("anchor", "did", "words", to_entry),
        Column("recipients", "whom", "words"),
        Column("place", "where"),
        _TOLD,
        _NAME,
        _DAY,
        _SCORE,
        *_HIDDEN,
    ),
    filters=(
        a.WORDS,
        a.TYPE,
        a.Filter("realis", "realis", "choice", a.REALIS.choices, "actual"),
        a.COUNTRY,
        *_REPORT_FILTERS,
    ),
    select=f"SELECT {_ABOUT}, x.date_start, x.type, x.realis, coalesce(x.actor_entities, x.actors)"
    " AS actors, x.anchor, coalesce(x.recipient_entities, x.recipients) AS recipients, x.place,"
    " x.told_by, x.score, x.id, x.key",
    base=_from("events"),
    where={
        **_REPORT_WHERE,
        "q": has("x.sentence"),
        "type": "x.type = ?",
        "realis": "x.realis = ?",
        "country": "x.country = upper(?)",
    },
    order="r.day DESC NULLS LAST, x.report DESC, x.start",
    orders=("date_start", "type", "day", "score"),
)

REASONS = Listing(
    name="reasons",
    title="Why",
    note="Causes, aims, objections and feared effects, as reports or their sources give them.",
    columns=(
        _DAY,
        Column("kind", "kind", "label"),
        Column("of", "of what", "words"),
        Column("content", "why", "words", to_entry),
        _TOLD,
        _NAME,
        _SCORE,
        *_HIDDEN,
    ),
    filters=(a.WORDS, a.REASON, *_REPORT_FILTERS),
    select=f'SELECT {_ABOUT}, x.kind, x."of", x.content, x.told_by, x.score, x.id, x.key',
    base=_from("reasons"),
    where={**_REPORT_WHERE, "q": has("x.sentence"), "reason": "x.kind = ?"},
    order="r.day DESC NULLS LAST, x.report DESC, x.start",
    orders=("day", "score"),
)

NUMBERS = Listing(
    name="numbers",
    title="Figures as they are told",
    note="Every figure of every report; those that belong together are under Figures.",
    columns=(
        _DAY,
        Column("text", "figure", "words", to_entry),
        Column("value", "value", "number"),
        Column("low", "at least", "number"),
        Column("high", "at most", "number"),
        Column("unit", "unit"),
        Column("of", "of what", "words"),
        Column("property", "what of it", "label"),
        _TOLD,
        _NAME,
        _SCORE,
        *_HIDDEN,
    ),
    filters=(a.WORDS, a.Filter("property", "what of it"), *_REPORT_FILTERS),
    select=f'SELECT {_ABOUT}, x.text, x.value, x.low, x.high, x.unit, x."of", x.property,'
    " x.told_by, x.score, x.id, x.key",
    base=_from("quantities"),
    where={**_REPORT_WHERE, "q": has("x.sentence"), "property": "x.property = lower(?)"},
    order="r.day DESC NULLS LAST, x.report DESC, x.start",
    orders=("day", "value", "score"),
)

PLACES = Listing(
    name="places",
    title="Places",
    note="Where reports place things, by the gazetteer’s name. Names that stand for a "
    "government or a people are left out.",
    columns=(
        Column("name", "place", "text", lambda row: f"/places/{row['geonames_id']}"),
        Column("country", "country", "label"),
        Column("feature", "what it is", "label"),
        Column("reports", "reports", "number"),
        Column("mentions", "mentions", "number"),
        Column("lat", "latitude", "number", shown=False),
        Column("lon", "longitude", "number", shown=False),
        Column("geonames_id", "GeoNames", "number", shown=False),
    ),
    filters=(a.WORDS, a.COUNTRY),
    select="SELECT name, country3 AS country, feature, reports, mentions, lat, lon, geonames_id",
    base="FROM (SELECT geonames_id, any_value(name) AS name, any_value(country3) AS country3,"
    " any_value(feature) AS feature, any_value(lat) AS lat, any_value(lon) AS lon,"
    " count(DISTINCT report) AS reports, count(*) AS mentions FROM places"
    " WHERE geonames_id IS NOT NULL AND NOT metonym AND NOT demonym GROUP BY geonames_id)",
    where={"q": has("name"), "country": "country3 = upper(?)"},
    order="reports DESC, mentions DESC, name",
    orders=("name", "country", "reports", "mentions"),
)

FAILURES = Listing(
    name="failures",
    title="What could not be read",
    note="Inputs that gave no record, and why. Adding them again tries them again.",
    columns=(
        Column("failed_at", "when", "day"),
        Column("name", "input", "words"),
        Column("kind", "kind", "label"),
        Column("reason", "why", "words"),
        Column("resolved", "read later by run", "number"),
        Column("run", "run", "number"),
    ),
    filters=(a.WORDS, a.Filter("open", "only those still open", "flag")),
    select="SELECT CAST(failed_at AS VARCHAR) AS failed_at, name, kind, reason, resolved, run",
    base="FROM failures",
    where={"q": f"{has('name')} OR {has('reason')}", "open": "resolved IS NULL AND ? = 'yes'"},
    order="failed_at DESC, failure DESC",
    orders=("failed_at", "name", "kind"),
    empty="Nothing failed.",
)

RUNS = Listing(
    name="runs",
    title="Runs",
    note="Each call that put reports into this store, and the version that read them.",
    columns=(
        Column("run", "run", "number"),
        Column("command", "command", "label"),
        Column("started", "started", "day"),
        Column("ended", "ended", "day"),
        Column("version", "onrecord", "label"),
        Column("model", "model", "label"),
        Column("inputs", "inputs", "list"),
        Column("added", "added", "number"),
        Column("changed", "changed", "number"),
        Column("unchanged", "unchanged", "number"),
        Column("failed", "failed", "number"),
    ),
    filters=(),
    select="SELECT run, command, CAST(started AS VARCHAR) AS started, CAST(ended AS VARCHAR) AS"
    " ended, version, model, inputs, added, changed, unchanged, failed",
    base="FROM runs",
    where={},
    order="run DESC",
)

READ = (REPORTS, CLAIMS, MENTIONS, REASONS, NUMBERS, PLACES, FAILURES, RUNS)
