"""Direct quotations and who speaks them, as far as pronouns need it.

"I" in a quotation is its speaker, and "he" is not. Attributions are another part's; here only
the plain patterns count: the subject of a verb of saying beside the quotation.
"""

from __future__ import annotations

from onrecord.knowledge.actors_lexicon import name_words
from onrecord.reading.entities.tokens import Tokens

_OPEN, _CLOSE, _EITHER = {"“", "``"}, {"”", "''"}, {'"'}


class Quotes:
    """``at[i]`` is the number of the quotation that holds token ``i``, -1 outside quotations.

    ``speakers[n]`` is the token that names the speaker of quotation ``n``, or -1.
    """

    def __init__(self, tokens: Tokens, paragraphs: tuple[tuple[int, int], ...]) -> None:
        self.at = [-1] * len(tokens)
        self.spans: list[tuple[int, int]] = []
        self._find(tokens, paragraphs)
        self.speakers = [-1] * len(self.spans)
        self._name_speakers(tokens, paragraphs)

    def _find(self, tokens: Tokens, paragraphs: tuple[tuple[int, int], ...]) -> None:
        marks = [i for i, w in enumerate(tokens.words) if w in _OPEN or w in _CLOSE or w in _EITHER]
        if not marks:
            return
        ends = iter(end for _, end in paragraphs)
        limit = next(ends, 0)
        opened = -1
        for i in marks:
            while tokens.start[i] >= limit:
                following = next(ends, None)
                if following is None:
                    break
                limit, opened = following, -1
            word = tokens.words[i]
            if word in _OPEN or (word in _EITHER and opened < 0):
                opened = i
            elif opened >= 0:
                self._add(opened + 1, i)
                opened = -1

    def _add(self, first: int, last: int) -> None:
        if first < last:
            number = len(self.spans)
            self.spans.append((first, last))
            self.at[first:last] = [number] * (last - first)

    def _name_speakers(self, tokens: Tokens, paragraphs: tuple[tuple[int, int], ...]) -> None:
        verbs = name_words("speech")
        position = 0
        held = -1  # the speaker of the paragraph so far
        for number, (first, last) in enumerate(self.spans):
            offset = tokens.start[first]
            moved = False
            while position + 1 < len(paragraphs) and paragraphs[position][1] <= offset:
                position += 1
                moved = True
            if moved:
                held = -1
            speaker = self._beside(tokens, number, first, last, verbs)
            if speaker < 0 and held >= 0:
                speaker = held
            self.speakers[number] = held = speaker

    def _beside(
        self, tokens: Tokens, number: int, first: int, last: int, verbs: frozenset[str]
    ) -> int:
        """The subject of the verb of saying in the sentences of the quotation's ends."""
        best, nearest = -1, 1 << 30
        for sentence in {tokens.sentence[first], tokens.sentence[last - 1]}:
            if sentence < 0:
                continue
            low, high = tokens.bounds[sentence]
            for i in range(low, high):
                if self.at[i] >= 0 or tokens.pos[i] != "VERB" or tokens.lemma[i] not in verbs:
                    continue
                subject = tokens.subject(i)
                if subject < 0 or self.at[subject] >= 0:
                    continue
                distance = first - i if i < first else i - last
                if distance < nearest:
                    best, nearest = subject, distance
        if best < 0 and tokens.sentence[first] > 0:
            # "He told reporters:" and the quotation after it
            low, high = tokens.bounds[tokens.sentence[first] - 1]
            if tokens.words[high - 1] == ":":
                for i in range(low, high):
                    if tokens.pos[i] == "VERB" and tokens.lemma[i] in verbs:
                        subject = tokens.subject(i)
                        best = subject if subject >= 0 else best
        return best
