"""Copies in a store: the reports that carry one text, whole, cut or rewritten, and its origin.

``CopyIndex`` finds which texts are alike; what it keeps is kept in the store, a row for each text,
so that the next report is compared with all earlier ones without reading them again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from onrecord.reconcile.copies import Appearance, Placed, group
from onrecord.reconcile.copies_index import CopyIndex, IndexRow, Match
from onrecord.reconcile.copies_match import Likeness
from onrecord.reconcile.tables import Connection, first, given, put

_SAME = Likeness(
    kind="same", shared=0, containment=1.0, similarity=1.0, swapped=0.0, kept_facts=1.0
)
_COLUMNS = ("report", "cluster", "of", "containment", "similarity", "kind", "why")


class StoredCopies:
    """The copies of a store, opened once for a pass."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        rows = connection.execute(
            "SELECT text_sha256, size, held FROM copy_texts ORDER BY number"
        ).fetchall()
        kept = connection.execute(
            'SELECT "left", "right", likeness FROM copy_matches ORDER BY "left", "right"'
        ).fetchall()
        matches = [
            Match(left, right, msgspec.json.decode(likeness, type=Likeness))
            for left, right, likeness in kept
        ]
        self._index = CopyIndex(self._text, [IndexRow(*row) for row in rows], matches)
        self._partners: dict[str, dict[str, Match]] = defaultdict(dict)
        for match in matches:
            self._meet(match)

    def add(self, batch: list[int]) -> list[int]:
        """Adds the texts of the reports of ``batch``; the reports whose row has changed."""
        with given(self._connection, ["report"], [(r,) for r in batch]) as new:
            texts = self._connection.execute(
                f"""SELECT r.text_sha256, any_value(t.text) FROM reports r
                    SEMI JOIN {new} USING (report) JOIN texts t USING (text_sha256)
                    WHERE t.text IS NOT NULL GROUP BY ALL ORDER BY min(r.report)"""
            ).fetchall()
        touched = {sha for sha, _ in texts}
        lines, found, gone = [], [], []
        for sha, text in texts:
            if sha in self._index:
                continue
            row, added = self._index.add(sha, text)
            lines.append((len(self._index), row.id, row.size, row.held))
            for left, right in added.withdrawn:
                self._part(left, right)
                gone.append((left, right))
            for match in (*added.matches, *added.changed):
                self._meet(match)
                found.append(match)
            touched |= {end for pair in added.withdrawn for end in pair}
            touched |= {end for m in (*added.matches, *added.changed) for end in (m.left, m.right)}
        put(self._connection, "copy_texts", ("number", "text_sha256", "size", "held"), lines)
        self._keep(found, gone)
        return self._write(self._together(touched))

    def forget(self, reports: list[int]) -> list[int]:
        """Takes the rows of ``reports`` out; the reports whose row has changed."""
        with given(self._connection, ["report"], [(r,) for r in reports]) as gone:
            shas = self._connection.execute(
                f"SELECT DISTINCT text_sha256 FROM reports SEMI JOIN {gone} USING (report)"
            ).fetchall()
            self._connection.execute(
                f"DELETE FROM copies WHERE report IN (SELECT report FROM {gone})"
            )
        return self._write(self._together({sha for (sha,) in shas}), without=set(reports))

    def _text(self, sha: str) -> str:
        row = first(self._connection, "SELECT text FROM texts WHERE text_sha256 = ?", [sha])
        if row is None or row[0] is None:
            raise LookupError(f"the store has no text {sha}, which its index of copies holds")
        return str(row[0])

    def _meet(self, match: Match) -> None:
        self._partners[match.left][match.right] = match
        self._partners[match.right][match.left] = match

    def _part(self, left: str, right: str) -> None:
        self._partners[left].pop(right, None)
        self._partners[right].pop(left, None)

    def _keep(self, found: list[Match], gone: list[tuple[str, str]]) -> None:
        latest = {(m.left, m.right): m for m in found}
        pairs = sorted({*latest, *gone})
        with given(self._connection, ["left", "right"], pairs) as these:
            self._connection.execute(
                f"""DELETE FROM copy_matches m USING {these} t
                    WHERE m."left" = t."left" AND m."right" = t."right" """
            )
        lines = [
            (left, right, msgspec.json.encode(match.likeness).decode())
            for (left, right), match in sorted(latest.items())
            if right in self._partners[left]
        ]
        put(self._connection, "copy_matches", ("left", "right", "likeness"), lines)

    def _together(self, touched: Iterable[str]) -> list[str]:
        """The texts, with all that are copies of them or of their copies, or quote them."""
        seen: set[str] = set()
        left = sorted(touched)
        while left:
            sha = left.pop()
            if sha not in seen:
                seen.add(sha)
                left += [other for other in sorted(self._partners[sha]) if other not in seen]
        return sorted(seen)

    def _write(self, shas: list[str], without: set[int] = frozenset()) -> list[int]:  # type: ignore[assignment]
        with given(self._connection, ["sha"], [(sha,) for sha in shas]) as these:
            rows = self._connection.execute(
                f"""SELECT r.text_sha256, r.report, r.published, r.source, r.credit, t.words
                    FROM reports r JOIN {these} s ON s.sha = r.text_sha256
                    JOIN texts t USING (text_sha256) WHERE r.current ORDER BY r.report"""
            ).fetchall()
        carry: dict[str, list[str]] = defaultdict(list)
        appearances = {}
        for sha, report, published, source, credit, words in rows:
            if report in without or sha not in self._index:
                continue
            carry[sha].append(str(report))
            appearances[str(report)] = Appearance(
                id=str(report), published=published, source=source, credit=credit, words=words or 0
            )
        matches = [
            Match(reports[0], other, _SAME) for reports in carry.values() for other in reports[1:]
        ]
        for sha, reports in carry.items():
            for other, match in sorted(self._partners[sha].items()):
                if sha < other and other in carry:
                    matches.append(Match(reports[0], carry[other][0], match.likeness))
        placed = group(sorted(appearances, key=int), matches, appearances)
        return self._replace(placed)

    def _replace(self, placed: dict[str, Placed]) -> list[int]:
        size: dict[str, int] = defaultdict(int)
        for cluster, _, _ in placed.values():
            size[cluster] += 1
        lines = []
        for id_, (cluster, of, why) in placed.items():
            if why is None or (size[cluster] == 1 and "quotes" not in why):
                continue
            told = why if size[cluster] > 1 else {"kind": "quotes", **why}
            lines.append((int(id_), int(cluster), None if of is None else int(of),
                          told.get("contained"), told.get("similarity"), told.get("kind"),
                          msgspec.json.encode(told).decode()))  # fmt: skip
        with given(self._connection, ["report"], [(int(id_),) for id_ in placed]) as these:
            before = {
                row[0]: row
                for row in self._connection.execute(
                    f"""SELECT report, cluster, "of", containment, similarity, kind, why::VARCHAR
                        FROM copies SEMI JOIN {these} USING (report)"""
                ).fetchall()
            }
            self._connection.execute(
                f"DELETE FROM copies WHERE report IN (SELECT report FROM {these})"
            )
        put(self._connection, "copies", _COLUMNS, lines)
        now = {line[0]: line for line in lines}
        return sorted(
            r for r in {*before, *now} if (before.get(r) or ())[:3] != (now.get(r) or ())[:3]
        )
