"""From text to tokens with classes: cheap, and free of what any parser makes of dates."""

from __future__ import annotations

import re
from typing import NamedTuple

from onrecord.reading.times.holidays import holiday_words
from onrecord.reading.times.lexicon import OTHER, lexicon

_TOKEN = re.compile(
    r"""
      (?P<iso>   (?<![\w.:/-]) (?:1[0-9]|20|21)\d\d[-/.](?:0[1-9]|1[0-2])[-/.]
                 (?:0[1-9]|[12]\d|3[01])
                 (?:T[0-2]\d:?[0-5]\d(?::?[0-5]\d)?Z?)? (?![\w/-])
               | (?<![\w.:/-]) [0-3]?\d/[0-3]?\d/(?:(?:19|20)\d\d|\d\d) (?![\w/-]) )
    | (?P<clock> (?<![\w.:]) (?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?
                 (?=\s?[ap]\.?m\b|(?![\w:]|\.\d))
               | (?<![\w.:]) (?:1[0-2]|0?[1-9])\.[0-5]\d (?=\s?[ap]\.?m\b) )
    | (?P<frac>  (?<![\w/]) [1-9]/[1-9]\d? (?![\w/]) | [½¼¾⅓⅔] )
    | (?P<dec>   ['‘’]?(?:1\d|20|21)?\d0['’]?s\b )
    | (?P<ordd>  \d+(?:st|nd|rd|th)\b )
    | (?P<num>   \d+(?:,\d{3})*(?:\.\d+)? )
    | (?P<ap>    [ap]\.\s?m\.?(?![\w]) | [ab]\.c\.(?:e\.)? | a\.d\. | o['’]clock )
    | (?P<word>  [^\W\d_]+ )
    | (?P<yy>    (?<!\w)['‘’]\d\d\b(?!\s?(?:percent|per\s|%|['’])) )
    | (?P<poss>  ['’]s\b | ['’] )
    | (?P<punct> [^\w\s] )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DASHES = frozenset("-‐‑‒–—")
_FRACTIONS = {"½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3"}


class Tok(NamedTuple):
    """One token: where it stands, its class, its value."""

    start: int
    end: int
    code: str
    value: str
    text: str


class Lexer:
    """Reads tokens; holds the class codes that shapes need."""

    def __init__(self) -> None:
        self.lexicon = lexicon()
        codes = self.lexicon.codes
        self._dash, self._wide = codes["dash"], codes["wide"]
        self._d1, self._d3, self._y4 = codes["d1"], codes["d3"], codes["y4"]
        self._shapes = {
            "iso": codes["iso"],
            "clock": codes["clock"],
            "frac": codes["fraction"],
            "dec": codes["dec"],
            "ordd": codes["ordd"],
            "poss": codes["poss"],
            "yy": codes["yy"],
        }
        self._punct = {",": codes["comma"], ".": codes["dot"], "/": codes["slash"]}
        self._punct.update(dict.fromkeys(_DASHES, codes["dash"]))
        self._punct.update({"(": codes["open"]})
        self._holidays = holiday_words()
        self._holiday = codes["holiday"]
        self._month_words = frozenset((codes["month_word"],))

    def tokens(self, text: str, start: int, end: int) -> list[Tok]:
        """The tokens of ``text[start:end]``, names of holidays made one token each."""
        out: list[Tok] = []
        words = self.lexicon.words
        starts: list[int] = []
        for match in _TOKEN.finditer(text, start, end):
            kind = match.lastgroup
            word = match.group()
            s, e = match.span()
            if kind == "word":
                lower = word.lower()
                if lower in self._holidays:
                    starts.append(len(out))
                code, value = words.get(lower, (OTHER, ""))
            elif kind == "num":
                lower = word
                code, value = self._number(word, text, s, e)
                if word == "9":
                    starts.append(len(out))
            elif kind == "punct":
                lower = word
                code, value = self._punct.get(word, OTHER), word
                if code == self._dash and (word == "—" or text[e : e + 1].isspace()):
                    code = self._wide
            elif kind == "ap":
                lower = re.sub(r"\s", "", word.lower())
                code, value = words.get(lower) or words.get(lower.rstrip("."), (OTHER, ""))
            elif kind == "yy":
                lower, code, value = word, self._shapes["yy"], word[1:]
            else:
                lower = word
                code, value = self._shapes[kind or "poss"], word
                if kind == "frac":
                    value = _FRACTIONS.get(word, word)
                elif word in self._holidays:
                    starts.append(len(out))
            out.append(Tok(s, e, code, value, lower))
        return self._join_holidays(out, starts) if starts else out

    def _number(self, word: str, text: str, start: int, end: int) -> tuple[str, str]:
        if start and (text[start - 1].isalpha() or text[start - 1] in "$£€#_"):
            return OTHER, ""  # part of a name such as F16, or money
        glued = end < len(text) and (text[end].isalpha() or text[end] in "%_")
        if glued and text[end : end + 2].lower() not in {"am", "pm"}:
            return OTHER, ""
        if len(word) == 4 and word.isdigit() and 1000 <= int(word) <= 2199:
            return self._y4, word
        if len(word) <= 2 and word.isdigit() and int(word) <= 31:
            return self._d1, word
        return self._d3, word.replace(",", "")

    def _join_holidays(self, tokens: list[Tok], starts: list[int]) -> list[Tok]:
        out = list(tokens)
        for index in reversed(starts):
            for words, name in self._holidays[out[index].text]:
                stretch = out[index : index + len(words)]
                if tuple(tok.text.replace("’", "'") for tok in stretch) == words:
                    first, last = stretch[0], stretch[-1]
                    joined = Tok(first.start, last.end, self._holiday, name, first.text)
                    out[index : index + len(words)] = [joined]
                    break
        return out
