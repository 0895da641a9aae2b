"""What a stream of bytes is, told by how it begins; its name only decides between likely ones."""

from __future__ import annotations

import re

from onrecord.sources.decode import decode
from onrecord.sources.json_lines import is_lines
from onrecord.sources.options import SourceOptions
from onrecord.sources.origin import Origin
from onrecord.sources.tables import delimiter_of

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"WARC/", "warc"),
    (b"\x1f\x8b", "gzip"),
    (b"PAR1", "parquet"),
)
# What is no text, by its first bytes: a plain word for the message.
_OTHER: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "a ZIP archive or an Office document; unpack it, or save it as text"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office document; save it as text or PDF"),
    (b"{\\rtf", "an RTF document; save it as text or PDF"),
    (b"\x89PNG", "an image (PNG)"),
    (b"\xff\xd8\xff", "an image (JPEG)"),
    (b"GIF8", "an image (GIF)"),
    (b"RIFF", "an image, a sound or a film (RIFF)"),
    (b"ID3", "a sound (MP3)"),
    (b"OggS", "a sound (Ogg)"),
    (b"BZh", "a bzip2 archive; unpack it first"),
    (b"\xfd7zXZ", "an xz archive; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive; unpack it first"),
    (b"7z\xbc\xaf", "a 7-Zip archive; unpack it first"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"SQLite format 3", "an SQLite database; export its table as CSV"),
)
_MEDIA = frozenset((
    ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".ico", ".bmp", ".tif", ".tiff", ".mp3",
    ".mp4", ".m4a", ".wav", ".ogg", ".mov", ".avi", ".webm", ".zip", ".7z", ".tar", ".tgz",
    ".rar", ".css", ".js", ".woff", ".woff2", ".ttf", ".exe", ".dll", ".so", ".pyc",
    ".sqlite", ".db", ".duckdb", ".ipynb",
))  # fmt: skip
_PAGE_ROOTS = frozenset({"html", "head", "body", "article", "main", "!doctype html"})
_FEED_ROOTS = frozenset({"rss", "feed", "rdf:rdf", "channel"})
_ROOT = re.compile(r"<(!doctype\s+html|[a-z][\w:.-]{0,40})", re.IGNORECASE)
_JSON_OBJECT = re.compile(r'\s*\{\s*(?:["}]|$)')
_JSON_ARRAY = re.compile(r"\s*\[\s*(?:[{\]]|$)")
_HTML_BITS = re.compile(
    r"</?(?:p|div|br|span|a|h[1-6]|li|ul|table|meta|title|body)\b[^<>]{0,500}>", re.IGNORECASE
)
_MBOX = re.compile(rb"From \S+ .{4,60}\d{4}\s*\r?\n")
_HEADER = re.compile(
    rb"(?:[A-Za-z][A-Za-z0-9-]{1,40}:[^\r\n]{0,998}\r?\n(?:[ \t][^\r\n]{0,998}\r?\n)*){3,}\r?\n"
)
_MAIL = re.compile(rb"^(?:From|Subject|Date|Message-ID|Received|To):", re.IGNORECASE | re.MULTILINE)
_LINES = (".jsonl", ".ndjson", ".csv", ".tsv", ".tab")
_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_ODD = re.compile("[\\x00-\\x08\\x0e-\\x1a\\x1c-\\x1f\\x7f-\\x9f\\ufffd]")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def kind_of(head: bytes, origin: Origin, options: SourceOptions) -> str:
    """The kind of what begins with ``head``: a name of a reader, ``empty``, or ``!`` and why not.

    Kinds are ``gzip``, ``warc``, ``pdf``, ``html``, ``feed``, ``json``, ``jsonl``, ``mbox``,
    ``mail``, ``table``, ``parquet`` and ``plain``.
    """
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        return "!binary: nothing but zero bytes" if b"\x00" in head else "empty"
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if b"%PDF-" in head[:1024] and _CONTROL.search(head[:2048]):
        return "pdf"
    for magic, what in _OTHER:
        if head.startswith(magic):
            return f"!{what}"
    if head[4:8] == b"ftyp":
        return "!a film (MP4)"
    if _MBOX.match(head):
        return "mbox"
    if _HEADER.match(head) and len(set(_MAIL.findall(head[:8000]))) >= 2:
        return "mail"
    text = decode(head, origin.charset).text.removeprefix("\ufeff")
    if not (origin.file or "").lower().removesuffix(".gz").endswith(_LINES) and _is_binary(text):
        return "!binary: these bytes are no text in any encoding known"
    return _kind_of_text(text, head, origin, options)


def is_media(name: str) -> bool:
    """Whether a file found in a folder is of a kind that never holds a report."""
    return any(name.lower().endswith(ending) for ending in _MEDIA)


def _kind_of_text(text: str, head: bytes, origin: Origin, options: SourceOptions) -> str:
    name = (origin.file or "").lower().removesuffix(".gz")
    start = text.lstrip()[:1]
    if name.endswith((".jsonl", ".ndjson")):
        return "jsonl"
    if start == "{" and (_JSON_OBJECT.match(text) or name.endswith(".json")):
        return "jsonl" if is_lines(text.encode("utf-8", "replace")) else "json"
    if start == "[" and (_JSON_ARRAY.match(text) or name.endswith(".json")):
        return "json"
    page = name.endswith((".html", ".htm", ".xhtml")) or origin.mime in _PAGE_TYPES
    if start == "<":
        root = _root(text)
        if root in _FEED_ROOTS:
            return "feed"
        if root in _PAGE_ROOTS or page:
            return "html"
        if text.lstrip()[:5].lower() == "<?xml":
            return "!an XML file that is no feed and no page"
    if name.endswith((".csv", ".tsv", ".tab")):
        return "table"
    if page or len(_HTML_BITS.findall(text[:4000])) >= 4:
        return "html"
    if not name.endswith((".txt", ".md", ".markdown")) and delimiter_of(text, options):
        return "table"
    return "plain"


def _root(text: str) -> str:
    """The name of the first element, behind declarations, comments and instructions."""
    at = 0
    for _ in range(20):
        while at < len(text) and text[at].isspace():
            at += 1
        if text.startswith("<!--", at):
            end = text.find("-->", at)
        elif text.startswith("<?", at):
            end = text.find("?>", at)
        elif found := _ROOT.match(text, at):
            return " ".join(found[1].lower().split())
        elif text.startswith("<!", at):
            end = text.find(">", at)
        else:
            return ""
        if end < 0:
            return ""
        at = text.find(">", end) + 1
    return ""


def _is_binary(text: str) -> bool:
    sample = text[:8000]
    return len(_ODD.findall(sample)) * 20 > len(sample)
