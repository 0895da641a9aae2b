"""The pages of one event, actor, place and day."""

from __future__ import annotations

from urllib.parse import urlencode

from onrecord.store import Store
from onrecord.web.answers import Page
from onrecord.web.blocks import (
    ABOUT,
    DAY,
    EVENT,
    MOST,
    OUTLET,
    REPORT,
    TELLING,
    WORDS_OF_EVENT,
    Block,
    Fact,
    one,
    page,
)
from onrecord.web.listings import Column, Row, rows_of, to, to_entry, to_report
from onrecord.web.lists_read import NAME

_SCORE = Column("score", "sure", "score")
_FIGURE = Column("label", "figure", "words", to("figures", "figure"))
_SPAN = (
    "CAST(h.start AS VARCHAR) AS start, h.label, h.type, h.realis, h.place, h.reports,"
    " h.independent, h.happening"
)
_EVENT_COLUMNS = (
    Column("start", "when", "day"),
    EVENT,
    Column("type", "type", "label"),
    Column("realis", "realis", "realis"),
    Column("place", "where"),
    Column("reports", "reports", "number"),
    Column("independent", "independent", "number"),
)


def _to_voice(row: Row) -> str | None:
    return f"/actors/{row['actor']}" if row["actor"] is not None else to_report(row)


def event(store: Store, number: int) -> Page:
    """One event, with every telling and who stands behind it."""
    row = one(
        store,
        "event",
        'SELECT * REPLACE (CAST(start AS VARCHAR) AS start, CAST("end" AS VARCHAR) AS "end",'
        " CAST(first AS VARCHAR) AS first, CAST(last AS VARCHAR) AS last)"
        " FROM happenings WHERE happening = ?",
        number,
    )
    when = row["start"] if row["start"] == row["end"] else f"{row['start']} … {row['end']}"
    facts = [
        Fact("type", row["type"]),
        Fact("realis", row["realis"]),
        Fact(
            "when",
            when if row["start"] else None,
            f"/days/{row['start']}" if row["start"] else None,
        ),
        Fact("date from", row["date_basis"]),
        Fact("where", row["place"]),
        Fact(
            "country",
            row["country"],
            "/events?realis=&" + urlencode({"country": row["country"] or ""}),
        ),
        Fact("reports", row["reports"]),
        Fact("independent", row["independent"]),
        Fact("named sources", row["named"]),
        Fact("unnamed sources", row["unnamed"]),
        Fact("told", f"{row['first']} … {row['last']}" if row["first"] else None),
    ]
    tellings = rows_of(
        store,
        f"SELECT {ABOUT}, e.id, e.realis, e.sentence, e.told_by, m.score, CAST(m.why AS VARCHAR) AS"
        " why FROM happening_members m JOIN events e ON e.report = m.report AND e.id = m.event"
        " JOIN reports r ON r.report = m.report WHERE m.happening = ?"
        f" ORDER BY r.day NULLS LAST, r.report LIMIT {MOST}",
        [number],
    )
    # A voice is an actor, or stands for a report ("report:39") or for words ("words:officials").
    voices = rows_of(
        store,
        "SELECT s.voice, s.source_kind, s.realis, len(s.reports) AS reports, s.actor,"
        f" coalesce(n.name, CASE WHEN s.voice LIKE 'report:%' THEN left({NAME}, 300) END,"
        " regexp_replace(s.voice, '^words:', '')) AS name, s.reports[1] AS report,"
        " r.source AS outlet, CAST(s.first AS VARCHAR) AS first FROM support s"
        " LEFT JOIN actors n USING (actor)"
        " LEFT JOIN reports r ON r.report = s.reports[1]"
        f" WHERE s.happening = ? ORDER BY s.first NULLS LAST LIMIT {MOST}",
        [number],
    )
    figures = rows_of(
        store,
        "SELECT figure, label, n, low, high, unit, verdict FROM figures WHERE happening = ?"
        f" ORDER BY n DESC LIMIT {MOST}",
        [number],
    )
    conflicts = rows_of(
        store,
        "SELECT conflict, kind, verdict, left_words, right_words FROM conflicts"
        f" WHERE happening = ? LIMIT {MOST}",
        [number],
    )
    blocks = [
        Block(
            "Who stands behind it",
            (
                Column("name", "voice", "text", _to_voice),
                OUTLET,
                Column("source_kind", "kind", "label"),
                Column("realis", "tells it as", "realis"),
                Column("first", "first", "day"),
                Column("reports", "reports", "number"),
            ),
            voices,
            "Each independent voice once.",
        ),
        Block("Tellings", (*TELLING, _SCORE, Column("why", "why merged", "words")), tellings),
        Block(
            "Figures",
            (
                _FIGURE,
                Column("n", "tellings", "number"),
                Column("low", "least", "number"),
                Column("high", "most", "number"),
                Column("verdict", "verdict", "label"),
            ),
            figures,
        ),
        Block(
            "Conflicts",
            (
                Column("kind", "over", "label", to("conflicts", "conflict")),
                Column("verdict", "verdict", "label"),
                Column("left_words", "one says", "words"),
                Column("right_words", "another says", "words"),
            ),
            conflicts,
        ),
    ]
    return page("Event", row["label"] or f"event {number}", facts, blocks)


def actor(store: Store, number: int) -> Page:
    """One actor: names, what it did, what it said, what it was allowed."""
    row = one(
        store,
        "actor",
        "SELECT * REPLACE (CAST(first AS VARCHAR) AS first, CAST(last AS VARCHAR) AS last)"
        " FROM actors WHERE actor = ?",
        number,
    )
    facts = [
        Fact("kind", row["kind"]),
        Fact("role", row["role"]),
        Fact("named", row["names"]),
        Fact("codes", [*(row["codes"] or []), *(row["sectors"] or [])]),
        Fact("reports", row["reports"]),
        Fact("seen", f"{row['first']} … {row['last']}" if row["first"] else None),
    ]
    events = rows_of(
        store,
        f"SELECT DISTINCT {_SPAN} FROM actor_members m JOIN participants p ON p.report = m.report"
        " AND p.entity = m.entity AND p.part = 'events' JOIN happening_members g ON"
        " g.report = p.report AND g.event = p.id JOIN happenings h USING (happening)"
        f" WHERE m.actor = ? ORDER BY start DESC NULLS LAST, h.happening LIMIT {MOST}",
        [number],
    )
    said = rows_of(
        store,
        f"SELECT {ABOUT}, x.id, x.stance, x.content FROM actor_members m JOIN sources s ON"
        " s.report = m.report AND s.entity = m.entity JOIN attributions x ON x.report = s.report"
        " AND x.id = s.id JOIN reports r ON r.report = m.report WHERE m.actor = ?"
        f" ORDER BY r.day DESC NULLS LAST, r.report DESC, x.start LIMIT {MOST}",
        [number],
    )
    allowed = rows_of(
        store,
        f"SELECT {ABOUT}, x.id, p.role, x.state, x.deontic, x.grantor, x.grantee, x.act FROM"
        " actor_members m JOIN participants p ON p.report = m.report AND p.entity = m.entity AND"
        " p.part = 'permissions' JOIN permissions x ON x.report = p.report AND x.id = p.id"
        " JOIN reports r ON r.report = m.report WHERE m.actor = ?"
        f" ORDER BY r.day DESC NULLS LAST, r.report DESC LIMIT {MOST}",
        [number],
    )
    merged = rows_of(
        store,
        f"SELECT {ABOUT}, n.id, n.name AS called, n.mention_words, m.score, CAST(m.why AS VARCHAR)"
        " AS why FROM actor_members m JOIN entities n ON n.report = m.report AND n.id = m.entity"
        f" JOIN reports r ON r.report = m.report WHERE m.actor = ? ORDER BY r.day LIMIT {MOST}",
        [number],
    )
    blocks = [
        Block("Events", _EVENT_COLUMNS, events, rest=f"/events?realis=&actor={number}"),
        Block(
            "Says",
            (
                DAY,
                Column("stance", "stance", "label"),
                Column("content", "what", "words", to_entry),
                REPORT,
                OUTLET,
            ),
            said,
            rest=f"/positions?actor={number}",
        ),
        Block(
            "Permissions",
            (
                DAY,
                Column("role", "as", "label"),
                Column("says", "state", "state"),
                Column("grantor", "by", "words"),
                Column("grantee", "for", "words"),
                Column("act", "what", "words", to_entry),
                REPORT,
            ),
            allowed,
        ),
        Block(
            "Named in",
            (
                DAY,
                Column("called", "as", "words", to_entry),
                Column("mention_words", "words", "words"),
                REPORT,
                _SCORE,
                Column("why", "why merged", "words"),
            ),
            merged,
        ),
    ]
    return page("Actor", row["name"] or f"actor {number}", facts, blocks)


def place(store: Store, number: int) -> Page:
    """One place: the events told of it."""
    row = one(
        store,
        "place",
        "SELECT any_value(name) AS name, any_value(country3) AS country, any_value(admin1) AS"
        " admin1, any_value(feature) AS feature, any_value(lat) AS lat, any_value(lon) AS lon,"
        " geonames_id FROM places WHERE geonames_id = ? GROUP BY geonames_id",
        number,
    )
    events = rows_of(
        store,
        f"{WORDS_OF_EVENT} JOIN (SELECT DISTINCT ep.report, ep.event FROM event_places ep"
        " JOIN places p ON p.report = ep.report AND p.id = ep.place WHERE p.geonames_id = ?) w"
        f" ON w.report = e.report AND w.event = e.id ORDER BY r.day DESC NULLS LAST LIMIT {MOST}",
        [number],
    )
    named = rows_of(
        store,
        f"SELECT {ABOUT}, any_value(p.id) AS id, any_value(p.text) AS words, count(*) AS n"
        " FROM places p JOIN reports r USING (report) WHERE p.geonames_id = ? GROUP BY ALL"
        f" ORDER BY 2 DESC NULLS LAST LIMIT {MOST}",
        [number],
    )
    at = f"{row['lat']:.3f}, {row['lon']:.3f}" if row["lat"] is not None else None
    facts = [
        Fact(
            "country",
            row["country"],
            "/events?realis=&" + urlencode({"country": row["country"] or ""}),
        ),
        Fact("region", row["admin1"]),
        Fact("what it is (GeoNames)", row["feature"]),
        Fact("at", at),
        Fact("GeoNames id", number),
    ]
    blocks = [
        Block("Events told of it", (Column("type", "type", "label"), *TELLING), events),
        Block(
            "Named in",
            (
                DAY,
                Column("words", "as", "words", to_entry),
                Column("n", "times", "number"),
                REPORT,
                OUTLET,
            ),
            named,
        ),
    ]
    return page("Place", row["name"] or f"place {number}", facts, blocks)


def day(store: Store, date: str) -> Page:
    """One day: what happened, what was published, what was to come by then."""
    happened = rows_of(
        store,
        f"SELECT {_SPAN} FROM happenings h WHERE h.start <= CAST($d AS DATE) AND"
        ' coalesce(h."end", h.start) >= CAST($d AS DATE) AND coalesce(h."end", h.start) - h.start'
        f" <= 31 ORDER BY h.realis, h.independent DESC LIMIT {MOST}",
        {"d": date},
    )
    published = rows_of(
        store,
        f"SELECT {ABOUT} FROM reports r WHERE r.current AND r.day = CAST(? AS DATE)"
        f" ORDER BY r.source, r.report LIMIT {MOST}",
        [date],
    )
    due = rows_of(
        store,
        f"SELECT {ABOUT}, x.id, x.content, x.likelihood, f.verdict FROM forecast_matches f"
        " JOIN forecasts x ON x.report = f.report AND x.id = f.forecast JOIN reports r ON"
        f" r.report = f.report WHERE f.due = CAST(? AS DATE) LIMIT {MOST}",
        [date],
    )
    blocks = [
        Block(
            "Told of this day",
            _EVENT_COLUMNS,
            happened,
            "Actual, planned and denied ones, each as it is told.",
        ),
        Block(
            "Published on this day",
            (REPORT, OUTLET),
            published,
            rest=f"/reports?from={date}&to={date}",
        ),
        Block(
            "Forecasts due",
            (
                Column("likelihood", "likelihood", "label"),
                Column("content", "what", "words", to_entry),
                Column("verdict", "became of it", "label"),
                REPORT,
            ),
            due,
        ),
    ]
    return page("Day", date, [], blocks)
