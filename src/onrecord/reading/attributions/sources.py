"""What may be the source of a cue: subjects, agents, owners, and who stands near."""

from __future__ import annotations

from onrecord.reading.attributions.contents import BEFORE, ContentFinder
from onrecord.reading.attributions.spans import Candidate
from onrecord.record.model import Spans

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_UPWARD = frozenset(
    {"xcomp", "advcl", "conj", "pcomp", "prep", "pobj", "dobj", "acl", "attr", "ccomp", "oprd",
     "relcl", "acomp", "parataxis", "appos", "nsubj", "nsubjpass", "aux", "dep", "compound", "amod",
     "ROOT", "agent", "poss", "npadvmod", "advmod", "nmod", "dative", "csubj"}
)  # fmt: skip
_SOURCE_PREPOSITIONS = frozenset({"of", "by", "from", "among", "for", "in", "with", "to", "at"})


class SpanFinder(ContentFinder):
    """Finds the candidates of cue words on one page: contents, and sources."""

    def sources(self, cue: int) -> tuple[Candidate, ...]:
        """All noun phrases that may be the source of the cue word ``cue``."""
        tree = self.tree
        if tree.lower[cue] == ":":
            return self._colon(cue, BEFORE)
        found: list[Candidate] = []
        for child in tree.kids[cue]:
            dep = tree.dep[child]
            if dep in _SUBJECTS:
                self._source(found, dep, child)
            elif dep in {"agent", "prep"} and tree.lower[child] in _SOURCE_PREPOSITIONS:
                inner = tree.kid(child, "pobj")
                if inner is not None:
                    self._source(found, f"{dep}:{tree.lower[child]}", inner)
            elif dep in {"poss", "compound", "amod", "nmod"} or dep in {"attr", "dobj", "dative"}:
                self._source(found, dep, child)
            elif dep == "prep" and tree.lower[cue] in {"according", "per"}:
                inner = tree.kid(child, "pobj")
                if inner is not None:
                    self._source(found, "according", inner)
        if tree.pos[cue] == "ADP":
            inner = tree.kid(cue, "pobj")
            if inner is not None:
                self._source(found, "pobj", inner)
        self._upward(cue, found)
        if tree.pos[cue] in {"NOUN", "PROPN"}:
            self._source(found, "self", cue)
        self._near(cue, found)
        return self._unique(found)

    def _near(self, cue: int, found: list[Candidate]) -> None:
        """The nearest subject or noun phrase on either side, for clauses parsed askew."""
        tree = self.tree
        number = tree.sentence[cue]
        if number < 0:
            return
        first, last = tree.bounds[number]
        for step, stop, side in ((-1, first - 1, "left"), (1, last, "right")):
            seen = 0
            for i in range(cue + step, stop, step):
                if tree.pos[i] not in {"NOUN", "PROPN", "PRON"} or tree.dep[i] in {
                    "compound",
                    "poss",
                }:
                    continue
                subject = tree.dep[i] in _SUBJECTS
                if seen and not subject:
                    continue
                outer = cue in tree.subtree(i)
                tokens = tree.without(i, self._below(cue, i)) if outer else self._bare(i)
                spans = self.source_spans(tokens)
                if spans:
                    found.append(Candidate(f"{side}{'-subject' if subject else ''}", spans, i))
                seen += 1
                if subject or seen > 3:
                    break

    def _upward(self, cue: int, found: list[Candidate]) -> None:
        """Subjects of the clauses around: shared by conjoined and by subordinate cues."""
        tree = self.tree
        node, path = cue, ""
        for level in range(4):
            dep, head = tree.dep[node], tree.head[node]
            if head == node or dep not in _UPWARD:
                break
            path = f"{path}<{dep}"
            if tree.pos[head] in {"VERB", "AUX"}:
                for child in tree.kids[head]:
                    if tree.dep[child] in _SUBJECTS and child != node:
                        self._source(found, f"up{path}:{tree.dep[child]}", child)
                    elif tree.dep[child] == "agent" and child != node:
                        inner = tree.kid(child, "pobj")
                        if inner is not None:
                            self._source(found, f"up{path}:agent", inner)
                    elif (
                        tree.dep[child] == "dobj"
                        and dep in {"xcomp", "advcl", "ccomp"}
                        and level == 0
                    ):
                        self._source(found, f"up{path}:dobj", child)
            elif tree.pos[head] in {"NOUN", "PROPN", "PRON", "NUM", "ADJ"}:
                tokens = tree.without(head, node)
                spans = self.source_spans(tokens)
                if spans:
                    found.append(Candidate(f"noun{path}", spans, head))
                poss = tree.kid(head, "poss")
                if poss is not None and poss != node:
                    self._source(found, f"poss{path}", poss)
            node = head

    def _source(self, found: list[Candidate], kind: str, index: int) -> None:
        tree = self.tree
        tokens = self._bare(index)
        spans = self.source_spans(tokens)
        if not spans:
            return
        if tree.lower[index] in _RELATIVE and tree.dep[index] in _SUBJECTS | {"dobj"}:
            kind = f"{kind}-relative"
            clause = tree.head[index]
            while tree.dep[clause] not in {"relcl", "acl", "ROOT"} and tree.head[clause] != clause:
                clause = tree.head[clause]
            noun = tree.head[clause]
            if noun != clause:
                outer = self.source_spans(tree.without(noun, clause))
                if outer:
                    found.append(Candidate(f"{kind}-antecedent", outer, noun))
        found.append(Candidate(kind, spans, index))
        self._core(found, kind, index, spans)

    def _core(self, found: list[Candidate], kind: str, index: int, whole: Spans) -> None:
        """The same without relative clauses, appositions and asides behind its head."""
        tree = self.tree
        asides = [
            c for c in tree.kids[index] if c > index and tree.dep[c] in {"relcl", "acl", "appos"}
        ]
        if asides:
            stop = min(tree.subtree(c)[0] for c in asides)
            spans = self.source_spans(tuple(i for i in tree.subtree(index) if i < stop))
            if spans and spans != whole:
                found.append(Candidate(f"{kind}-core", spans, index))

    def source_spans(self, tokens: tuple[int, ...]) -> Spans:
        """The spans of a source: one run of words with no loose punctuation at its edges."""
        tree = self.tree
        runs = tree.runs(tokens)
        if not runs:
            return ()
        piece = self.trim(tree.start[runs[0][0]], tree.end[runs[0][1]])
        return () if piece is None else (piece,)
