"""The pages of one event, actor, place, day, figure and permission."""

from __future__ import annotations

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
    NotThereError,
    one,
    page,
)
from onrecord.web.listings import Column, rows_of, to, to_entry
from onrecord.web.plots import figure_plot

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
        Fact("country", row["country"], f"/events?realis=&country={row['country']}"),
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
    voices = rows_of(
        store,
        "SELECT s.voice, s.source_kind, s.realis, len(s.reports) AS reports, s.actor,"
        " coalesce(n.name, s.voice) AS name, CAST(s.first AS VARCHAR) AS first FROM support s"
        f" LEFT JOIN actors n USING (actor) WHERE s.happening = ? ORDER BY s.first NULLS LAST "
        f"LIMIT {MOST}",
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
                Column("name", "voice", "text", to("actors", "actor")),
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
        Fact("country", row["country"], f"/events?realis=&country={row['country']}"),
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


def figure(store: Store, number: int) -> Page:
    """One figure over time."""
    row = one(store, "figure", "SELECT * FROM figures WHERE figure = ?", number)
    told = rows_of(
        store,
        f"SELECT {ABOUT}, q.id, q.text, q.sentence, CAST(m.day AS VARCHAR) AS of_day, "
        "m.value, m.low,"
        " m.high, m.voice FROM figure_members m JOIN quantities q ON q.report = m.report AND"
        " q.id = m.quantity JOIN reports r ON r.report = m.report WHERE m.figure = ?"
        " ORDER BY m.day NULLS LAST, r.day, r.report",
        [number],
    )
    facts = [
        Fact("of", row["of"]),
        Fact("what of it", row["property"]),
        Fact("unit", row["unit"]),
        Fact("verdict", row["verdict"]),
        Fact("tellings", row["n"]),
        Fact("event", row["happening"], f"/events/{row['happening']}"),
    ]
    columns = (
        Column("of_day", "of", "day"),
        Column("text", "figure", "words", to_entry),
        Column("value", "value", "number"),
        Column("low", "at least", "number"),
        Column("high", "at most", "number"),
        Column("voice", "voice", "words"),
        Column("sentence", "words", "words"),
        REPORT,
        OUTLET,
    )
    return page(
        "Figure",
        row["label"] or f"figure {number}",
        facts,
        [Block("As it is told", columns, told)],
        plot=figure_plot(told),
    )


def permission(store: Store, number: int) -> Page:
    """One permission, as it was told from day to day."""
    told = rows_of(
        store,
        f"SELECT {ABOUT}, x.id, x.state, x.deontic, x.grantor, x.grantee, x.act, x.limits,"
        " x.condition, x.told_by, x.sentence FROM permission_lines l JOIN permissions x ON"
        " x.report = l.report AND x.id = l.permission JOIN reports r ON r.report = l.report"
        " WHERE l.line = ? ORDER BY l.day NULLS LAST, r.report, x.start",
        [number],
    )
    if not told:
        raise NotThereError(f"This store has no permission {number}.")
    last = told[-1]
    who = " ".join(
        part
        for part in (
            f"{last['grantor']} to" if last["grantor"] else "to",
            last["grantee"] or "somebody not named",
            f": {last['act']}" if last["act"] else "",
        )
        if part
    )
    columns = (
        DAY,
        Column("says", "state", "state"),
        Column("grantor", "by", "words"),
        Column("grantee", "for", "words"),
        Column("act", "what", "words", to_entry),
        Column("limits", "limits", "words"),
        Column("condition", "if", "words"),
        Column("told_by", "told by", "words"),
        Column("sentence", "words", "words"),
        REPORT,
    )
    return page(
        "Permission", who, [Fact("tellings", len(told))], [Block("As it was told", columns, told)]
    )
