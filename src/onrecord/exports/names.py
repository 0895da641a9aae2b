"""Names of files for reports: unique, and safe on every file system."""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePath

from onrecord.record.model import Record

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


def file_name(record: Record) -> str:
    """A name for the files of ``record``, without suffix: readable, with a hash of its id."""
    shown = record.title or PurePath(record.file or "").stem or record.id
    readable = _UNSAFE.sub("-", shown).strip("-.")[:48].strip("-.").casefold()
    digest = hashlib.sha256(f"{record.id}\x1f{record.text_sha256}".encode()).hexdigest()[:10]
    return f"{readable or 'report'}-{digest}"
