"""What reading can raise."""

from __future__ import annotations


class ReadingError(Exception):
    """A report that cannot be read; the message names the way out."""


class PipelineError(ReadingError):
    """The spaCy pipeline cannot be used."""


class OptionError(ReadingError):
    """An option of the reader that has no meaning."""
