"""Names of authors out of a byline."""

from __future__ import annotations

import re

from onrecord.sources.clean import one_line

_BY = re.compile(
    r"^(?:(?:story|words|reporting|written|analysis|opinion|posted)\s+)?by:?\s+", re.IGNORECASE
)
_ROLE = re.compile(
    r",?\s+(?:(?:senior|chief|staff|special|political|national|foreign|associate|contributing"
    r"|opinion|white house|diplomatic|defen[cs]e|security)\s+)*"
    r"(?:writers?|reporters?|correspondents?|editors?|columnists?|contributors?)\b.*$"
    r"|\s+(?:in|for|at)\s+[A-Z].*$|\s*\([^)]*\)$|\s*[|/•·].*$|\s\S+@\S+.*$"
    r"|(?:,?\s+|\.\s+)(?:the\s)?"
    r"(?:associated press|united press international|reuters|afp|ap|upi|cnn|bloomberg)$",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:,\s*and\s+|;\s*|,\s+|\s+and\s+|\s*&\s*)\s*", re.IGNORECASE)
_SUFFIX = re.compile(r",\s+((?:Jr|Sr)\.?|I{2,3}|IV|M\.?D\.?|Ph\.?D\.?)(?=$|,|\s)")
_STOP = re.compile(r"(?<!\b[JS]r)(?<!\b[A-Z])\.$")
_PARTICLE = r"(?:de|del|della|der|den|di|da|du|la|le|van|von|al|el|bin|ibn|ben|dos|das|of|the)"
_PART = r"(?:[^\W\d_a-z]|al-|el-|d['’])[\w.'’-]{0,40}"
_NAME = re.compile(rf"{_PART}(?: (?:{_PARTICLE} ){{0,2}}{_PART}){{0,5}}")


def names_of(byline: str) -> tuple[str, ...]:
    """The names in a byline, as ``By Jane Doe and John Roe, Staff Writers``.

    Names in capitals are put in the usual form. What is no name gives none.
    """
    text = one_line(byline) or ""
    if len(text) > 300 or text.startswith(("http:", "https:")):
        return ()
    text = _BY.sub("", text)
    without = _ROLE.sub("", text).strip(" ,;")
    text = text if without.lower() in ("", "the") else without
    text = _SUFFIX.sub(r" \1", text)
    parts = [_STOP.sub("", part.strip(" ,;")) for part in _AND.split(text)]
    return tuple(dict.fromkeys(_cased(part) for part in parts if _NAME.fullmatch(part)))


def _cased(name: str) -> str:
    if not name.isupper() or len(name.split()) < 2:
        return name
    return re.sub(r"[^\W\d_]+", _word, name)


def _word(found: re.Match[str]) -> str:
    word = found[0]
    if word.startswith("MC") and len(word) > 3:
        return "Mc" + word[2:].capitalize()
    return word.capitalize()
