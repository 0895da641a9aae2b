"""What may be the content of a cue: the candidates that the parse offers.

Each cue word gives a few stretches of its sentence, named by the construction that they stand in
(``ccomp``: "said that …"; ``head``: "…, according to X"; ``quote-before`` …). Which of them is
right, if any, is judged elsewhere; here all that is plausible is listed once.
"""

from __future__ import annotations

from onrecord.reading.attributions.spans import Candidate
from onrecord.reading.attributions.speech import SpeechFinder
from onrecord.reading.attributions.tree import Tree

AFTER, BEFORE = "after", "before"
Row = tuple[str, tuple[int, ...], int]
_LONGEST_LABEL = 12
_SHORTEST_CUT = 5
_TRAILING = frozenset({"relcl", "advcl", "conj", "prep", "acl", "appos", "ccomp", "npadvmod"})
_COMMAS = frozenset({",", "—", "–", "--", "-", ";"})
_OWN_WORDS = frozenset({"punct", "agent", "prt", "neg", "aux", "auxpass", "cc", "conj"})
_RIGHT_SKIP = frozenset({"punct", "agent", "prt", "neg", "nsubj", "nsubjpass", "cc", "conj"})


class ContentFinder(SpeechFinder):
    """Finds the candidates for the content of a cue."""

    def contents(self, cue: int) -> tuple[Candidate, ...]:
        """All stretches that may be the content of the cue word ``cue``."""
        tree = self.tree
        if tree.lower[cue] == ":":
            return self._colon(cue, AFTER)
        rows: list[Row] = []
        kids = tree.kids[cue]
        by: dict[str, int] = {}
        for child in kids:
            dep = tree.dep[child]
            by.setdefault(dep, child)
            if dep in {
                "ccomp",
                "xcomp",
                "dobj",
                "attr",
                "oprd",
                "acomp",
                "dative",
                "pcomp",
                "pobj",
            }:
                rows.append((dep, tree.subtree(child), child))
            elif dep == "prep":
                self._preposition(cue, child, rows)
            elif dep in {"acl", "advcl", "relcl", "parataxis"}:
                rows.append((dep, tree.subtree(child), child))
            elif dep in {"compound", "poss", "amod", "nmod"} and tree.pos[cue] in {"NOUN", "PROPN"}:
                rows.append((dep, self._bare(child), child))
        self._joint(cue, by, rows)
        self._passive(cue, by, rows)
        self._whole(cue, by, rows)
        self._around(cue, rows)
        for kind, tokens, head in tuple(rows):
            self._cut(kind, tokens, head, rows)
        found = [
            Candidate(kind, spans, head)
            for kind, tokens, head in rows
            if tokens and (spans := self.spans(tokens))
        ]
        found.extend(self._quoted(cue, found))
        return self._unique(found)

    def _cut(
        self,
        kind: str,
        tokens: tuple[int, ...],
        head: int,
        rows: list[Row],
    ) -> None:
        """The same without what trails behind a comma or a dash: "…, which …", "…, but …"."""
        tree = self.tree
        if len(tokens) < _SHORTEST_CUT:
            return
        held = set(tokens)
        last = tokens[-1]
        node = last
        cut: int | None = None
        while node != head and tree.head[node] != node and tree.head[node] in held:
            if tree.dep[node] in _TRAILING:
                first = tree.subtree(node)[0]
                before = first - 1
                while before in held and (tree.space[before] or tree.dep[before] == "cc"):
                    before -= 1
                if before in held and tree.lower[before] in _COMMAS and before > tokens[0]:
                    cut = before
                    name = tree.dep[node]
            node = tree.head[node]
        if cut is not None:
            rows.append((f"{kind}-{name}", tuple(i for i in tokens if i < cut), head))

    def _preposition(self, cue: int, child: int, rows: list[Row]) -> None:
        tree = self.tree
        word = tree.lower[child]
        for inner in tree.kids[child]:
            if tree.dep[inner] in {"pobj", "pcomp", "ccomp", "xcomp"}:
                rows.append((f"prep-{tree.dep[inner]}:{word}", tree.subtree(inner), inner))
            elif tree.dep[inner] == "prep":
                for last in tree.kids[inner]:
                    if tree.dep[last] in {"pobj", "pcomp"}:
                        rows.append((f"prep2:{word}", tree.subtree(last), last))
        rows.append((f"prep:{word}", tree.subtree(child), child))

    def _joint(self, cue: int, by: dict[str, int], rows: list[Row]) -> None:
        """An object together with what is said of it: "called him a liar", "urged them to go"."""
        tree = self.tree
        obj = by.get("dobj", by.get("dative"))
        if obj is not None:
            for dep in ("xcomp", "oprd", "acomp", "ccomp", "advcl", "acl"):
                other = by.get(dep)
                if other is not None and other > obj:
                    rows.append((f"dobj+{dep}", _merged(tree, obj, other), obj))
            for child in tree.kids[cue]:
                if tree.dep[child] == "prep" and child > obj:
                    rows.append((f"dobj+prep:{tree.lower[child]}", _merged(tree, obj, child), obj))
        right = [c for c in tree.kids[cue] if c > cue and tree.dep[c] not in _RIGHT_SKIP]
        if len(right) > 1:
            rows.append(("right", _merged(tree, *right), right[0]))

    def _passive(self, cue: int, by: dict[str, int], rows: list[Row]) -> None:
        """What a passive or raising cue is about: its subject, alone or with the rest."""
        tree = self.tree
        if "nsubjpass" in by:
            subject = by["nsubjpass"]
            if tree.lower[subject] not in {"it", "who", "which", "that"}:
                rows.append(("nsubjpass", self._bare(subject), subject))
        elif "nsubj" in by and ("xcomp" in by or "acomp" in by or "oprd" in by):
            subject = by["nsubj"]
        elif "nsubj" in by:
            rows.append(("nsubj", tree.subtree(by["nsubj"]), by["nsubj"]))
            return
        else:
            return
        rest = [
            c
            for c in tree.kids[cue]
            if c > cue
            and tree.dep[c] in {"xcomp", "oprd", "prep", "acomp", "ccomp", "attr", "dobj"}
        ]
        if rest:
            rows.append((f"subject+{tree.dep[rest[0]]}", _merged(tree, subject, *rest), subject))
            if len(rest) > 1:
                rows.append(
                    (f"subject+1{tree.dep[rest[0]]}", _merged(tree, subject, rest[0]), subject)
                )

    def _whole(self, cue: int, by: dict[str, int], rows: list[Row]) -> None:
        """The clause less its cue: "it [seems] like a mistake", "the rule [known as] the cap".

        PolNeAR takes the subject, or the noun that a participle stands behind, together with all
        that follows a raising or passive cue; the word "as" belongs to the cue.
        """
        tree = self.tree
        subject = by.get("nsubjpass", by.get("nsubj"))
        if subject is not None and subject < cue:
            base = self._bare(subject)
        elif tree.dep[cue] == "acl" and tree.tag[cue] == "VBN" and tree.head[cue] < cue:
            noun = tree.head[cue]
            base = tuple(i for i in tree.without(noun, cue) if i < cue)
        else:
            return
        rest = [c for c in tree.kids[cue] if c > cue and tree.dep[c] not in _OWN_WORDS]
        if not rest:
            return
        tail: set[int] = set()
        linked = ""
        for child in rest:
            words = tree.subtree(child)
            if tree.dep[child] == "prep" and tree.lower[child] == "as":
                words, linked = tuple(i for i in words if i != child), "-as"
            tail.update(words)
        name = f"whole{linked}" if subject is not None else f"noun-whole{linked}"
        head = rest[0] if subject is None else subject
        rows.append((name, tuple(sorted({*base, *tail})), head))

    def _around(self, cue: int, rows: list[Row]) -> None:
        """Contents outside the cue's clause: what it comments on, the noun that it qualifies."""
        tree = self.tree
        dep, head = tree.dep[cue], tree.head[cue]
        if dep in {"acl", "relcl", "amod"} and head != cue:
            rows.append((f"noun-{dep}", tree.without(head, cue), head))
        elif (
            dep in {"parataxis", "ccomp", "advcl", "prep", "advmod", "pcomp", "conj"}
            and head != cue
        ):
            rows.append((f"head-{dep}", tree.without(head, cue), head))
            root = self._root(cue)
            if root != head:
                top = self._below(cue, root)
                rows.append((f"root-{dep}", tree.without(root, top), root))
        elif dep in {"pobj", "dobj", "npadvmod"} and head != cue:
            top = head
            while tree.dep[top] == "prep" and tree.head[top] != top:
                upper = tree.head[top]
                rows.append((f"up-{tree.lower[top]}", tree.without(upper, top), upper))
                break

    def _root(self, index: int) -> int:
        while self.tree.head[index] != index:
            index = self.tree.head[index]
        return index

    def _below(self, index: int, root: int) -> int:
        while self.tree.head[index] != root:
            index = self.tree.head[index]
        return index

    def _colon(self, cue: int, side: str) -> tuple[Candidate, ...]:
        """What stands before and after a colon: "Mukasey: …" in a headline or a transcript."""
        tree = self.tree
        number = tree.sentence[cue]
        first, last = tree.bounds[number]
        while (
            tree.sentence[first - 1] == number - 1 >= 0
            and tree.paragraph[first - 1] == tree.paragraph[cue]
        ):
            if first <= cue - _LONGEST_LABEL:
                break
            number -= 1
            first = tree.bounds[number][0]
        end = tree.end[last - 1]
        after = self.trim(tree.end[cue], end)
        before = self.trim(tree.start[first], tree.start[cue])
        if after is None or before is None or cue - first > _LONGEST_LABEL + 20:
            return ()
        rows = []
        head = cue + 1 if cue + 1 < len(tree) else cue
        if side == AFTER:
            rows.append(Candidate("after-colon", (after,), head))
            paragraph = tree.page.paragraphs[tree.paragraph[cue]]
            rest = self.trim(tree.end[cue], paragraph[1])
            if rest is not None and rest != after:
                rows.append(Candidate("after-colon-all", (rest,), head))
            if cue - first <= _LONGEST_LABEL:
                rows.append(Candidate("before-colon", (before,), cue - 1))
        else:
            if cue - first <= _LONGEST_LABEL:
                rows.append(Candidate("before-colon", (before,), cue - 1))
            if last - cue <= _LONGEST_LABEL:
                rows.append(Candidate("after-colon", (after,), head))
        return tuple(rows)


def _merged(tree: Tree, *roots: int) -> tuple[int, ...]:
    return tuple(sorted({i for root in roots for i in tree.subtree(root)}))
