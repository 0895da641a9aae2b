"""What a store can raise; each message names the file and the way out."""

from __future__ import annotations


class StoreError(Exception):
    """A store that cannot do what was asked; the message says why, and what to do."""


class MissingStoreError(StoreError):
    """There is no store of this name."""


class NotAStoreError(StoreError):
    """The file is something else."""


class DamagedStoreError(StoreError):
    """The file is not whole any more."""


class OlderStoreError(StoreError):
    """The file is of an older schema and was opened for reading only."""


class NewerStoreError(StoreError):
    """The file was written by a newer version."""


class BusyStoreError(StoreError):
    """Another process holds the file."""


class FullDiskError(StoreError):
    """What was to be written did not find room; what was written before stays."""


class QueryError(StoreError):
    """SQL that cannot be run."""


class UnknownReportError(StoreError):
    """The store has no such report."""


class CorrectionError(StoreError):
    """A correction that has no meaning, or would break the record."""
