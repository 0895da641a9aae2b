"""Bytes to text: byte order marks, UTF-8, the declared encoding, then a guess."""

from __future__ import annotations

import codecs
import re

from msgspec import Struct

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})"""
    rb"""|<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_HIGH = re.compile(rb"[\x80-\xff]")
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
# Bytes that Windows-1252 leaves free; a text that has one is in another encoding.
_NOT_1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
# ’ between letters in Mac OS Roman, where Windows-1252 would have Õ in the middle of a word.
_MAC_APOSTROPHE = re.compile(rb"[a-z]\xd5[a-z]")
_MOSTLY = 8


class Decoded(Struct, frozen=True):
    """Text, the encoding that gave it, and what could not be decoded, if anything."""

    text: str
    encoding: str
    problem: str | None = None


def bom(data: bytes) -> str | None:
    """The encoding that a byte order mark at the start of ``data`` names."""
    return next((name for mark, name in _BOMS if data.startswith(mark)), None)


def declared_in(head: bytes) -> str | None:
    """The encoding that a page or an XML file says it is in, near its start."""
    found = _DECLARED.search(head[:4096])
    return (found[1] or found[2]).decode("ascii", "replace") if found else None


def encoding_of(head: bytes, declared: str | None = None, *, complete: bool = False) -> str:
    """The encoding of what begins with ``head``.

    Bytes that are valid UTF-8 and not ASCII are UTF-8, whatever is declared: no other encoding
    yields such sequences by chance in running text. A declared encoding comes next, then
    Windows-1252 where few bytes are not ASCII (only English is read), then charset-normalizer.
    """
    marked = bom(head)
    if marked:
        return marked
    if head[:400].count(0) * 3 > len(head[:400]):
        wide = _wide(head)
        if wide:
            return wide
    if b"\x1b" in head and declared and declared.lower().startswith("iso-2022"):
        return declared
    if _is_utf8(head, complete):
        return "utf-8"
    high, valid = len(_HIGH.findall(head)), _multibyte_bytes(head)
    if valid > _MOSTLY * (high - valid):
        return "utf-8"
    if declared and _decodes(head, declared):
        return declared
    if _MAC_APOSTROPHE.search(head) and b"\x92" not in head:
        return "mac_roman"
    if not _NOT_1252.search(head) and high * 20 < len(head):
        return "cp1252"
    return _guess(head) or "cp1252"


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of ``data``. Never raises: what cannot be decoded becomes U+FFFD and is told."""
    encoding = encoding_of(data, declared, complete=True)
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
    count = text.count("\ufffd")
    what = "1 place" if count == 1 else f"{count} places"
    return Decoded(text, encoding, f"bytes that are not {encoding} at {what}, replaced by U+FFFD")


def _is_utf8(data: bytes, complete: bool) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")("strict").decode(data, final=complete)
    except UnicodeDecodeError:
        return False
    return True


def _multibyte_bytes(data: bytes) -> int:
    return sum(len(found) for found in _MULTIBYTE.findall(data))


def _wide(head: bytes) -> str | None:
    """UTF-16 without a byte order mark: every other byte of Latin text is zero."""
    sample = head[:400]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd * 10 > half * 7 and even * 10 < half:
        return "utf-16-le"
    if even * 10 > half * 7 and odd * 10 < half:
        return "utf-16-be"
    return None


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (LookupError, UnicodeError, ValueError):
        return False
    return encoding.lower().replace("_", "-") not in ("utf-8", "utf8")


def _guess(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:20_000]).best()
    return best.encoding if best is not None and _decodes(data, best.encoding) else None
