"""What opening a source can raise inside this package; it leaves the package as a ``Failure``."""

from __future__ import annotations

import importlib
from types import ModuleType


class SourceError(Exception):
    """An input that gives no report; the message says why. ``kind`` is as in ``Failure``."""

    kind = "failed"


class Skipped(SourceError):  # noqa: N818 - it is no error, and is told apart from one
    """An input that is left out on purpose."""

    kind = "skipped"


def extra(module: str, name: str, what: str) -> ModuleType:
    """The optional ``module``, imported now.

    Raises ``SourceError`` that names the extra ``name`` where it is not installed.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise SourceError(
            f"{what} cannot be read without an extra: pip install 'onrecord[{name}]'"
        ) from error
