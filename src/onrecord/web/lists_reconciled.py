"""The lists of what reports say together: events, actors, sources, permissions, forecasts …"""

from __future__ import annotations

from urllib.parse import urlencode

from onrecord.web import asked as a
from onrecord.web.listings import Column, Listing, Row, has, to
from onrecord.web.lists_read import NAME


def _when(row: Row) -> str | None:
    return f"/days/{row['start']}" if row["start"] else None


def _sides(row: Row) -> str:
    return f"/conflicts/{row['conflict']}"


EVENTS = Listing(
    name="events",
    title="Events",
    note="One row for each event, whatever the number of reports that tell it. Independent: "
    "copies count once, and reports that lean on one source count once.",
    columns=(
        Column("start", "when", "day", _when),
        Column("label", "event", "words", to("events", "happening")),
        Column("type", "type", "label"),
        Column("realis", "realis", "realis"),
        Column("place", "where"),
        Column("country", "country", "label"),
        Column("reports", "reports", "number"),
        Column("independent", "independent", "number"),
        Column("named", "named sources", "number"),
        Column("unnamed", "unnamed", "number"),
        Column("date_basis", "date from", "label", shown=False),
        Column("happening", "event’s number", "number", shown=False),
    ),
    filters=(
        a.WORDS,
        a.TYPE,
        a.Filter("realis", "realis", "choice", a.REALIS.choices, "actual"),
        a.COUNTRY,
        a.FROM,
        a.TO,
        a.ACTOR,
        a.Filter("independent", "independent reports, at least", "number"),
        a.Filter("history", "with what is told as history", "flag"),
    ),
    select='SELECT CAST(start AS VARCHAR) AS start, CAST("end" AS VARCHAR) AS "end", label, type,'
    " realis, background, place, country, reports, independent, named, unnamed, date_basis,"
    " happening",
    base="FROM happenings",
    where={
        "q": has("label"),
        "type": "type = ?",
        "realis": "realis = ?",
        "country": "country = upper(?)",
        "from": 'coalesce("end", start) >= CAST(? AS DATE)',
        "to": "start <= CAST(? AS DATE)",
        "independent": "independent >= CAST(? AS BIGINT)",
        "history": "? = 'yes'",
        "actor": "happening IN (SELECT h.happening FROM happening_members h JOIN participants p ON"
        " p.report = h.report AND p.part = 'events' AND p.id = h.event JOIN actor_members m ON"
        " m.report = p.report AND m.entity = p.entity WHERE m.actor = CAST(? AS BIGINT))",
    },
    order="start DESC NULLS LAST, independent DESC, happening",
    orders=("start", "type", "reports", "independent"),
)

ACTORS = Listing(
    name="actors",
    title="Actors",
    note="Persons, organizations, countries and groups across reports, under whatever names "
    "they go by.",
    columns=(
        Column("name", "name", "text", to("actors", "actor")),
        Column("kind", "kind", "label"),
        Column("role", "role"),
        Column("codes", "codes", "list"),
        Column("names", "named", "list"),
        Column("reports", "reports", "number"),
        Column("first", "first", "day"),
        Column("last", "last", "day"),
        Column("actor", "actor’s number", "number", shown=False),
    ),
    filters=(
        a.WORDS,
        a.Filter(
            "kind",
            "kind",
            "choice",
            ("person", "organization", "country", "group", "place", "system", "work", "other"),
        ),
    ),
    select="SELECT name, kind, role, codes, names, reports, CAST(first AS VARCHAR) AS first,"
    " CAST(last AS VARCHAR) AS last, actor",
    base="FROM actors",
    where={"q": f"{has('name')} OR {has('CAST(names AS VARCHAR)')}", "kind": "kind = ?"},
    order="reports DESC NULLS LAST, name, actor",
    orders=("name", "kind", "reports", "first", "last"),
)

_BEHIND = "(behind a pronoun that was not resolved)"
_PRONOUNS = ", ".join(
    f"'{word}'" for word in
    ("i", "we", "you", "he", "she", "it", "they", "him", "her", "them", "us", "me", "who", "which",
     "that", "this", "these", "those", "one", "his", "their", "its", "my", "our", "whom", "whose")
)  # fmt: skip
"""Words that say nothing of who they are: under them, different persons would be counted as one."""


def _to_source(row: Row) -> str | None:
    if row["actor"] is not None:
        return f"/actors/{row['actor']}"
    return None if row["behind"] else "/claims?" + urlencode({"who": row["who"]})


QUOTED = Listing(
    name="quoted",
    title="Who is quoted",
    note="How often each source speaks, in how many reports and outlets, and how: named or "
    "not, word for word or not.",
    columns=(
        Column(
            "who",
            "source",
            "text",
            _to_source,
        ),
        Column("kind", "kind", "label"),
        Column("said", "times", "number"),
        Column("reports", "reports", "number"),
        Column("outlets", "outlets", "number"),
        Column("direct", "word for word", "number"),
        Column("denies", "denies", "number"),
        Column("actor", "actor’s number", "number", shown=False),
    ),
    filters=(a.Filter("who", "source"), a.KIND),
    select="SELECT who, kind, said, reports, outlets, direct, denies, actor, behind",
    base=(
        "FROM (SELECT q.* EXCLUDE (words), words IS NULL AND actor IS NULL AS behind,"
        f" coalesce(n.name, q.words, '{_BEHIND}') AS who FROM"
        " (SELECT actor, words, kind, count(*) AS said, count(DISTINCT report) AS reports,"
        " count(DISTINCT outlet) AS outlets, count(*) FILTER (quotation = 'direct') AS direct,"
        " count(*) FILTER (stance = 'denies') AS denies FROM"
        " (SELECT x.report, x.quotation, x.stance, x.source_kind AS kind,"
        " r.source AS outlet, m.actor,"
        f" CASE WHEN m.actor IS NULL AND lower(x.source_words) NOT IN ({_PRONOUNS})"
        " THEN lower(coalesce(x.source_group, x.source_words)) END AS words"
        " FROM attributions x JOIN reports r USING (report)"
        " LEFT JOIN (SELECT report, id, min(entity) AS entity FROM sources GROUP BY 1, 2) s"
        " ON s.report = x.report AND s.id = x.id"
        " LEFT JOIN actor_members m ON m.report = s.report AND m.entity = s.entity"
        " WHERE x.source_words IS NOT NULL) GROUP BY actor, words, kind) q"
        " LEFT JOIN actors n USING (actor))"
    ),
    where={"who": has("who"), "kind": "kind = ?"},
    order="said DESC, who",
    orders=("who", "said", "reports", "outlets"),
)

FIGURES = Listing(
    name="figures",
    title="Figures over time",
    note="One thing counted in several tellings: agreed, brought up to date, or contradicted.",
    columns=(
        Column("label", "figure", "words", to("figures", "figure")),
        Column("of", "of what", "words"),
        Column("n", "tellings", "number"),
        Column("tellings", "over time", "spark"),
        Column("low", "least", "number"),
        Column("high", "most", "number"),
        Column("unit", "unit"),
        Column("property", "what of it", "label"),
        Column("verdict", "verdict", "label"),
        Column("first", "first", "day"),
        Column("last", "last", "day"),
        Column("figure", "figure’s number", "number", shown=False),
    ),
    filters=(
        a.WORDS,
        a.HAPPENING,
        a.Filter("verdict", "verdict", "choice", ("same", "updated", "contradicted")),
    ),
    select=(
        'SELECT label, "of", n, low, high, unit, property, verdict,'
        " CAST(first AS VARCHAR) AS first, CAST(last AS VARCHAR) AS last, figure,"
        " (SELECT list({'day': CAST(m.day AS VARCHAR), 'value': coalesce(m.value, m.low, m.high)}"
        " ORDER BY m.day) FROM figure_members m WHERE m.figure = x.figure AND m.day IS NOT NULL)"
        " AS tellings"
    ),
    base="FROM figures x",
    where={"q": has("label"), "verdict": "verdict = ?", "event": "happening = CAST(? AS BIGINT)"},
    order="n DESC, last DESC NULLS LAST, figure",
    orders=("n", "low", "high", "first", "last"),
)

CONFLICTS = Listing(
    name="conflicts",
    title="Conflicts",
    note="Two passages that cannot both be so, or of which the later updates the earlier. "
    "Proposals: read both.",
    columns=(
        Column("about", "about", "words", _sides),
        Column("kind", "over", "label"),
        Column("verdict", "verdict", "label"),
        Column("left_words", "one says", "words"),
        Column("right_words", "another says", "words"),
        Column("score", "sure", "score"),
        Column("conflict", "conflict’s number", "number", shown=False),
    ),
    filters=(
        a.WORDS,
        a.Filter(
            "kind", "over", "choice", ("figure", "realis", "actor", "place", "date", "permission")
        ),
        a.Filter("verdict", "verdict", "choice", ("contradicts", "updates")),
    ),
    select=(
        "SELECT about, kind, verdict, left_words, right_words, score, conflict, happening,"
        " left_report, left_id, right_report, right_id"
    ),
    base=(
        "FROM (SELECT c.* REPLACE (coalesce(f.label, h.label, c.about) AS about) FROM conflicts c"
        " LEFT JOIN figures f ON c.about = 'figure:' || f.figure"
        " LEFT JOIN happenings h ON h.happening = c.happening)"
    ),
    where={
        "q": f"{has('about')} OR {has('left_words')} OR {has('right_words')}",
        "kind": "kind = ?",
        "verdict": "verdict = ?",
    },
    order="verdict, score DESC NULLS LAST, conflict",
    orders=("kind", "verdict", "score"),
    empty="No two passages were found to conflict.",
)

COPIES = Listing(
    name="copies",
    title="Copies",
    note="Groups of reports of which one text is taken from another, whole, cut or rewritten.",
    columns=(
        Column("name", "origin", "text", to("copies", "cluster")),
        Column("outlet", "outlet"),
        Column("n", "reports", "number"),
        Column("outlets", "outlets", "number"),
        Column("kinds", "how", "list"),
        Column("first", "first", "day"),
        Column("cluster", "group’s number", "number", shown=False),
    ),
    filters=(
        a.WORDS,
        a.SOURCE,
        a.Filter("how", "how", "choice", ("same", "cut", "rewritten", "quotes")),
    ),
    select="SELECT name, outlet, n, outlets, kinds, CAST(first AS VARCHAR) AS first, cluster",
    base=f"FROM (SELECT c.cluster, any_value(left({NAME}, 300)) FILTER (c.report = c.cluster) AS"
    " name, any_value(r.source) FILTER (c.report = c.cluster) AS outlet, count(*) AS n,"
    " count(DISTINCT r.source) AS outlets, list(DISTINCT c.kind) FILTER (c.kind IS NOT NULL) AS"
    " kinds, min(r.day) AS first FROM copies c JOIN reports r USING (report)"
    " GROUP BY c.cluster)",
    where={"q": has("name"), "source": has("outlet"), "how": "list_contains(kinds, ?)"},
    order="n DESC, first DESC NULLS LAST, cluster",
    orders=("n", "outlets", "first"),
    empty="No copies were found.",
)

CORRECTIONS = Listing(
    name="corrections",
    title="Corrections",
    note="What persons said against the reading. They are laid over the entries, kept when "
    "reports are read again, and can be undone.",
    columns=(
        Column("made", "when", "day"),
        Column("author", "who"),
        Column("action", "what", "label"),
        Column("part", "part", "label"),
        Column(
            "words",
            "words",
            "words",
            lambda row: (
                f"/reports/{row['report']}/{row['key']}"
                if row["key"]
                else f"/reports/{row['report']}"
            ),
        ),
        Column("field", "field", "label"),
        Column("value", "now", "words"),
        Column("note", "note", "words"),
        Column("holds", "holds", "label"),
        Column("undone", "undone", "day"),
        Column("correction", "number", "number"),
        Column("report", "report’s number", "number", shown=False),
        Column("key", "key", shown=False),
    ),
    filters=(
        a.WORDS,
        a.Filter("author", "who"),
        a.Filter("action", "what", "choice", ("reject", "set", "add", "same", "different")),
        a.Filter("lost", "only those that found no entry", "flag"),
    ),
    select="SELECT CAST(made AS VARCHAR) AS made, author, action, part, words, field,"
    " CAST(value AS VARCHAR) AS value, note, holds, CAST(undone AS VARCHAR) AS undone, correction,"
    " report, key",
    base="FROM corrections",
    where={
        "q": f"{has('words')} OR {has('note')}",
        "author": has("author"),
        "action": "action = ?",
        "lost": "NOT holds AND undone IS NULL AND ? = 'yes'",
    },
    order="made DESC, correction DESC",
    orders=("made", "author", "action"),
    template="corrections.html",
    empty="Nothing was corrected.",
)

RECONCILED = (EVENTS, ACTORS, QUOTED, FIGURES, CONFLICTS, COPIES, CORRECTIONS)
