"""One actor for the many names of many reports.

An actor is a set of groups (``names.py``), and which groups are one follows from what the store
holds of their block, never from the order in which it came. Each rule says why:

- ``known``: the table of actors knows the name (on that day);
- ``country``, ``codes``: PLOVER's codes;
- ``name``: the same full name, unless both country and role differ;
- ``body``: the same name of a body and the same country, or the one that it is known with;
- ``acronym``: the letters stand for the one body that some report names beside them;
- ``surname``: a surname alone, where one person of that name, near in time, agrees in role, in
  country or in what the reports tell; with two such persons it stays apart;
- ``correction``: a person said so.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable

import msgspec
from msgspec import Struct, json

from onrecord.knowledge.actors import actors_in_use, key_of
from onrecord.reconcile.corrected import Corrected, Entry
from onrecord.reconcile.groups import Groups
from onrecord.reconcile.names import Named, Told, named
from onrecord.reconcile.tables import Connection, given, numbers, put

NEAR = 60
"""Days within which a surname alone is taken for a person whom another report names in full."""
SCORES = {
    "known": 0.97, "country": 0.99, "codes": 0.8, "name": 0.93, "body": 0.92, "acronym": 0.88,
    "role": 0.92, "code": 0.85, "context": 0.8, "alone": 0.7, "correction": 1.0,
}  # fmt: skip
"""How sure a rule is, before the entity's own score: set by hand, not calibrated."""

_INDEX = (
    "report", "entity", "block", "group", "form", "name", "code", "role", "day", "score"
)  # fmt: skip


class _Group(Struct, frozen=True):
    group: str
    block: str
    form: str
    name: str
    code: str | None
    roles: frozenset[str]
    days: tuple[int, ...]
    reports: frozenset[int]


def reconcile_entities(connection: Connection, batch: list[int], corrected: Corrected) -> int:
    """Gives each named entity of the reports of ``batch`` its actor; how many are touched."""
    blocks = _index(connection, batch, corrected.apart("entities"))
    if not blocks:
        return 0
    blocks |= corrected.blocks(connection)
    return _settle(connection, sorted(blocks), corrected)


def forget_entities(connection: Connection, reports: list[int], corrected: Corrected) -> None:
    """Takes the entities of ``reports`` out; the actors that they leave are settled again."""
    with given(connection, ["report"], [(r,) for r in reports]) as gone:
        blocks = connection.execute(
            f"SELECT DISTINCT block FROM actor_index SEMI JOIN {gone} USING (report)"
        ).fetchall()
        for table in ("actor_index", "actor_aliases", "actor_members"):
            connection.execute(f'DELETE FROM "{table}" WHERE report IN (SELECT report FROM {gone})')
    if blocks:
        _settle(connection, sorted(block for (block,) in blocks), corrected)


def _index(connection: Connection, batch: list[int], apart: set[Entry]) -> set[str]:
    table = actors_in_use()
    lines, aliases, blocks = [], [], set()
    with given(connection, ["report"], [(r,) for r in batch]) as new:
        rows = connection.execute(
            f"""SELECT e.report, e.id, e.name, e.kind, e.codes, e.sectors, e.role,
                       e.mention_words, r.day, e.score
                FROM entities e JOIN reports r USING (report) SEMI JOIN {new} USING (report)
                ORDER BY e.report, e.id"""
        ).fetchall()
    for report, entity, name, kind, codes, sectors, role, words, day, score in rows:
        told = Told(report, entity, name, kind, codes, sectors, words or "", day)
        made = named(told, table)
        if made is None:
            continue
        if (report, entity) in apart:
            made = msgspec.structs.replace(
                made, group=f"{made.block}#{report}:{entity}", form="apart"
            )
        lines.append((report, entity, made.block, made.group, made.form, made.name, made.code,
                      role, _day(day), score))  # fmt: skip
        blocks.add(made.block)
        if made.form in {"body", "known"} and made.block.startswith("body:"):
            for alias in _acronyms(words or "", made):
                aliases.append((made.block, alias, report))
                blocks.add(alias)
    put(connection, "actor_index", _INDEX, lines)
    put(connection, "actor_aliases", ("block", "alias", "report"), aliases)
    return blocks


def _acronyms(words: str, made: Named) -> set[str]:
    """The blocks of the acronyms among an entity's own mentions that its name spells."""
    spelt = "".join(word[0] for word in made.name.split() if word[0].isupper()).casefold()
    letters = {key_of(m) for m in words.split("; ") if m.isupper()}
    return {f"body:{m}" for m in letters if len(m) > 2 and m == spelt}


def _day(day: dt.date | None) -> int | None:
    return None if day is None else day.toordinal()


def _settle(connection: Connection, blocks: list[str], corrected: Corrected) -> int:
    """Which groups of these blocks, and of those that they lean on, are one actor."""
    with given(connection, ["block"], [(b,) for b in blocks]) as touched:
        wider = connection.execute(
            f"""SELECT block FROM {touched} UNION
                SELECT alias FROM actor_aliases SEMI JOIN {touched} USING (block) UNION
                SELECT block FROM actor_aliases WHERE alias IN (SELECT block FROM {touched})"""
        ).fetchall()
    with given(connection, ["block"], sorted(wider)) as touched:
        rows = connection.execute(
            f"""SELECT "group", any_value(block), min(form), min(name), min(code),
                       list(DISTINCT role) FILTER (role IS NOT NULL),
                       list_sort(list(DISTINCT day) FILTER (day IS NOT NULL)),
                       CASE WHEN any_value(block) LIKE 'person:%' THEN list(DISTINCT report) END
                FROM actor_index SEMI JOIN {touched} USING (block)
                GROUP BY "group" ORDER BY "group" """
        ).fetchall()
        aliases = connection.execute(
            f"""SELECT alias, list_sort(list(DISTINCT block)) FROM actor_aliases
                WHERE alias IN (SELECT block FROM {touched}) GROUP BY alias ORDER BY alias"""
        ).fetchall()
    found = [
        _Group(group, block, form, name, code, frozenset(roles or ()), tuple(days or ()),
               frozenset(reports or ()))
        for group, block, form, name, code, roles, days, reports in rows
    ]  # fmt: skip
    joined = _joined(connection, found, dict(aliases))
    return _write(connection, found, joined, corrected.joins(connection))


def _joined(
    connection: Connection,
    found: list[_Group],
    aliases: dict[str, list[str]],
) -> dict[str, tuple[str, str, dict[str, object]]]:
    """For each group: the group that it goes by, the rule, and what the rule saw."""
    out: dict[str, tuple[str, str, dict[str, object]]] = {}
    by_block: dict[str, list[_Group]] = defaultdict(list)
    for item in found:
        if item.form == "apart":
            out[item.group] = (item.group, "correction", {"apart": True})
        else:
            by_block[item.block].append(item)
    surnames: list[tuple[_Group, list[_Group]]] = []
    for block, groups in by_block.items():
        if block.startswith("person:"):
            full = [g for g in groups if g.form != "surname"]
            out.update(_persons(full))
            surnames += [(g, full) for g in groups if g.form == "surname"]
        elif block.startswith("body:"):
            out.update(_bodies(groups))
        else:
            out.update({g.group: (g.group, g.form, {"key": g.group}) for g in groups})
    likely = _alike(connection, surnames)
    for item, full in surnames:
        out[item.group] = _surname(item, full, out, likely)
    for alias, blocks in aliases.items():
        if len(blocks) != 1:
            continue
        theirs = sorted({out[g.group][0] for g in by_block.get(blocks[0], ())})
        for item in by_block.get(alias, ()):
            same = [root for root in theirs if _country(root) in {"", item.code or ""}
                    or item.code is None]  # fmt: skip
            if item.form == "acronym" and len(same) == 1:
                out[item.group] = (same[0], "acronym", {"stands_for": same[0], "beside": alias})
    return out


def _country(group: str) -> str:
    return group.partition("|")[2]


def _persons(full: list[_Group]) -> dict[str, tuple[str, str, dict[str, object]]]:
    by_name: dict[str, list[_Group]] = defaultdict(list)
    for item in full:
        by_name[item.group.partition("|")[0]].append(item)
    out: dict[str, tuple[str, str, dict[str, object]]] = {}
    for name, groups in by_name.items():
        firm = sorted({g.code for g in groups if g.code and g.roles})
        weight = Counter({code: sum(len(g.reports) for g in groups if g.code == code)
                          for code in firm})  # fmt: skip
        main = max(firm, key=lambda code: (weight[code], code)) if firm else ""
        for item in groups:
            known = item.form == "known"
            apart = item.code in firm and not _roles_meet(item, groups, main)
            root = name if known or not apart else item.group
            why: dict[str, object] = {"name": name.rpartition(":")[2], "code": item.code}
            out[item.group] = (root, "known" if known else "name", why)
    return out


def _roles_meet(item: _Group, groups: list[_Group], main: str | None) -> bool:
    """Whether a group may be the person whom most reports of that name mean."""
    if item.code == main:
        return True
    theirs = {role for g in groups if g.code == main for role in g.roles}
    return bool(item.roles & theirs)


def _bodies(groups: list[_Group]) -> dict[str, tuple[str, str, dict[str, object]]]:
    codes = sorted({g.code for g in groups if g.code})
    coded = [g.group for g in groups if g.code]
    out: dict[str, tuple[str, str, dict[str, object]]] = {}
    for item in groups:
        root = item.group
        if not item.code and len(codes) == 1 and item.form != "known":
            root = sorted(coded)[0]
        rule = "known" if item.form == "known" else "body"
        out[item.group] = (root, rule, {"name": item.block.removeprefix("body:"),
                                        "code": item.code})  # fmt: skip
    return out


def _alike(
    connection: Connection, surnames: list[tuple[_Group, list[_Group]]]
) -> dict[int, set[int]]:
    """Reports that tell of like things, for those in which a surname stands alone."""
    reports = sorted({r for item, _ in surnames for r in item.reports})
    out: dict[int, set[int]] = defaultdict(set)
    if reports:
        with given(connection, ["report"], [(r,) for r in reports]) as mine:
            pairs = connection.execute(
                f"""SELECT "left", "right" FROM likeness_pairs
                    WHERE "left" IN (SELECT report FROM {mine})
                       OR "right" IN (SELECT report FROM {mine})"""
            ).fetchall()
        for left, right in pairs:
            out[left].add(right)
            out[right].add(left)
    return out


def _surname(
    item: _Group,
    full: list[_Group],
    roots: dict[str, tuple[str, str, dict[str, object]]],
    likely: dict[int, set[int]],
) -> tuple[str, str, dict[str, object]]:
    agree: dict[str, set[str]] = defaultdict(set)
    for other in full:
        if not _near(item.days, other.days):
            continue
        if item.code and other.code and item.code != other.code:
            continue
        signs = set()
        if item.roles & other.roles:
            signs.add("role")
        if item.code and item.code == other.code:
            signs.add("code")
        if any(likely.get(report, set()) & other.reports for report in item.reports):
            signs.add("context")
        if signs:
            agree[roots[other.group][0]] |= signs
    for sign in ("role", "context", "code"):
        those = sorted(root for root, signs in agree.items() if sign in signs)
        if len(those) == 1 and (sign != "code" or len(agree) == 1):
            return those[0], sign, {"surname": item.name, "agrees": sorted(agree[those[0]])}
        if len(those) > 1:
            break
    why: dict[str, object] = {"surname": item.name}
    if len(agree) > 1:
        why["could_be"] = sorted(agree)
    return item.group, "alone", why


def _near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    if not one or not other:
        return True
    for day in one:
        at = bisect_left(other, day)
        if any(abs(day - near) <= NEAR for near in other[max(0, at - 1) : at + 1]):
            return True
    return False


def _write(
    connection: Connection,
    found: list[_Group],
    joined: dict[str, tuple[str, str, dict[str, object]]],
    said: list[tuple[str, str]],
) -> int:
    """Numbers the actors, the oldest number staying, and writes the members that have changed."""
    with given(connection, ["group"], [(g.group,) for g in found]) as touched:
        before = dict(connection.execute(
            f'SELECT "group", actor FROM actor_groups SEMI JOIN {touched} USING ("group")'
        ).fetchall())  # fmt: skip
    groups = Groups([g.group for g in found])
    by_root: dict[str, str] = {}
    for group, (root, _, _) in sorted(joined.items()):
        groups.join(group, by_root.setdefault(root, group))
    for left, right in said:
        if left in joined and right in joined:
            groups.join(left, right)
            joined[right] = (joined[right][0], "correction", {"same": left})
    sets: dict[str, list[str]] = defaultdict(list)
    for item in found:
        sets[groups.root(item.group)].append(item.group)
    actor: dict[str, int] = {}
    taken: set[int] = set()
    fresh = []
    order = sorted(sets.values(), key=lambda s: min(before.get(g, 1 << 62) for g in s))
    for members in order:
        old = [before[g] for g in members if g in before and before[g] not in taken]
        if not old:
            fresh.append(members)
            continue
        taken.add(min(old))
        actor.update(dict.fromkeys(members, min(old)))
    for members, number in zip(fresh, numbers(connection, "actor", len(fresh)), strict=True):
        actor.update(dict.fromkeys(members, number))
    lines = [
        (group, number, SCORES[joined[group][1]],
         json.encode({"rule": joined[group][1], **joined[group][2]}).decode())
        for group, number in sorted(actor.items())
    ]  # fmt: skip
    _members(connection, lines)
    touched_actors = sorted({*actor.values(), *before.values()})
    _describe(connection, touched_actors)
    return len(touched_actors)


def _members(connection: Connection, lines: list[tuple[str, int, float, str]]) -> None:
    with given(connection, ["group", "actor", "score", "why"], lines) as now:
        connection.execute(
            f"""CREATE OR REPLACE TEMP TABLE actor_changes AS
                SELECT i.report, i.entity, n.actor, round(n.score * i.score, 2) score, n.why
                FROM actor_index i JOIN {now} n USING ("group")
                LEFT JOIN actor_members m ON m.report = i.report AND m.entity = i.entity
                WHERE m.actor IS NULL OR m.actor <> n.actor OR m.why::VARCHAR <> n.why"""
        )
        connection.execute(
            """DELETE FROM actor_members m USING actor_changes c
               WHERE m.report = c.report AND m.entity = c.entity"""
        )
        connection.execute(
            """INSERT INTO actor_members (actor, report, entity, score, why)
               SELECT actor, report, entity, score, why FROM actor_changes"""
        )
        connection.execute(f'DELETE FROM actor_groups WHERE "group" IN (SELECT "group" FROM {now})')
        connection.execute(
            f'INSERT INTO actor_groups ("group", actor) SELECT "group", actor FROM {now}'
        )


def _describe(connection: Connection, touched: Iterable[int]) -> None:
    """Writes the rows of ``actors`` anew from their members."""
    with given(connection, ["actor"], [(a,) for a in touched]) as these:
        connection.execute(f"DELETE FROM actors WHERE actor IN (SELECT actor FROM {these})")
        connection.execute(
            f"""INSERT INTO actors
                WITH told AS (
                    SELECT m.actor, m.report, e.name, e.kind, e.codes, e.sectors, e.role, r.day,
                           i.name shown, i.form
                    FROM actor_members m SEMI JOIN {these} USING (actor)
                    JOIN entities e ON e.report = m.report AND e.id = m.entity
                    JOIN actor_index i ON i.report = m.report AND i.entity = m.entity
                    JOIN reports r ON r.report = m.report),
                ranked AS (
                    SELECT actor, shown, count(*) n,
                           bool_or(form IN ('known', 'country', 'codes')) sure
                    FROM told GROUP BY ALL),
                best AS (
                    SELECT actor, first(shown ORDER BY sure DESC, strlen(shown) > 3 DESC, n DESC,
                                        shown) shown FROM ranked GROUP BY actor)
                SELECT t.actor, any_value(b.shown),
                       first(kind ORDER BY form IN ('known', 'country') DESC, kind),
                       string_split(first(codes ORDER BY codes) FILTER (codes IS NOT NULL), '; '),
                       string_split(arg_max(sectors, coalesce(day, DATE '0001-01-01'))
                                    FILTER (sectors IS NOT NULL), '; '),
                       arg_max(role, coalesce(day, DATE '0001-01-01')) FILTER (role IS NOT NULL),
                       list_sort(list(DISTINCT coalesce(t.name, t.shown))),
                       count(DISTINCT report), min(day), max(day)
                FROM told t JOIN best b USING (actor) GROUP BY t.actor"""
        )
