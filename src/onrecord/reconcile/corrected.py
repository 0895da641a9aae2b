"""What persons have said: that two entities, or two events, are one across reports, or are not."""

from __future__ import annotations

from msgspec import Struct, field

from onrecord.reconcile.tables import Connection, first

Entry = tuple[int, str]
"""A report and the id of an entry in it."""


class Corrected(Struct):
    """The corrections that hold now, by part: pairs of entries, with the correction's number."""

    same: dict[str, list[tuple[Entry, Entry, int]]] = field(default_factory=dict)
    different: dict[str, list[tuple[Entry, Entry, int]]] = field(default_factory=dict)

    def apart(self, part: str) -> set[Entry]:
        """The entries that are told apart from another: the second of each pair stands alone."""
        return {right for _, right, _ in self.different.get(part, ())}

    def blocks(self, connection: Connection) -> set[str]:
        """The blocks of entities that are said to be the same."""
        return {block for pair in self._indexed(connection) for block, _ in pair}

    def joins(self, connection: Connection) -> list[tuple[str, str]]:
        """The groups of entities that are said to be the same."""
        return [(left[1], right[1]) for left, right in self._indexed(connection)]

    def _indexed(self, connection: Connection) -> list[list[tuple[str, str]]]:
        out = []
        for left, right, _ in self.same.get("entities", ()):
            found = [
                first(
                    connection,
                    'SELECT block, "group" FROM actor_index WHERE report = ? AND entity = ?',
                    entry,
                )
                for entry in (left, right)
            ]
            if all(found):
                out.append([(row[0], row[1]) for row in found if row])
        return out


def load(connection: Connection) -> Corrected:
    """The corrections of a store that join or part entries, and hold."""
    out = Corrected()
    for part in ("entities", "events"):
        rows = connection.execute(
            f"""SELECT c.action, c.report, a.id, c.other_report, b.id, c.correction
                FROM corrections c
                JOIN "{part}" a ON a.report = c.report AND a.key = c.key
                JOIN "{part}" b ON b.report = c.other_report AND b.key = c.other_key
                WHERE c.action IN ('same', 'different') AND c.part = ? AND c.undone IS NULL
                ORDER BY c.correction""",
            [part],
        ).fetchall()
        for action, report, id_, other, other_id, number in rows:
            kept = out.same if action == "same" else out.different
            kept.setdefault(part, []).append(((report, id_), (other, other_id), number))
    return out


def changed(connection: Connection) -> list[int]:
    """The reports of corrections that were made or undone since the last time."""
    rows = connection.execute(
        """WITH now AS (SELECT correction, report, other_report FROM corrections
                        WHERE action IN ('same', 'different') AND undone IS NULL AND holds)
           SELECT report, other_report FROM now ANTI JOIN corrections_laid USING (correction)
           UNION ALL
           SELECT report, other_report FROM corrections_laid ANTI JOIN now USING (correction)"""
    ).fetchall()
    return sorted({report for pair in rows for report in pair if report is not None})


def lay(connection: Connection) -> None:
    """Notes which corrections have been laid over the groups."""
    connection.execute("DELETE FROM corrections_laid")
    connection.execute(
        """INSERT INTO corrections_laid SELECT correction, report, other_report FROM corrections
           WHERE action IN ('same', 'different') AND undone IS NULL AND holds"""
    )
