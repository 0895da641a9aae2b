"""One DuckDB file: what was read, when, by which version; corrections laid over it.

    >>> from onrecord.store import Store
    >>> with Store("story.duckdb") as store:      # doctest: +SKIP
    ...     store.put(onrecord.read(text, published="2031-05-06"))
    ...     print(store.table("events"))

Importing this loads neither DuckDB nor Arrow; the first use does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.store.errors import StoreError
    from onrecord.store.store import Store

__all__ = ["Store", "StoreError"]

_WHERE = {"Store": "onrecord.store.store", "StoreError": "onrecord.store.errors"}


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        from importlib import import_module

        return getattr(import_module(_WHERE[name]), name)
    raise AttributeError(f"module 'onrecord.store' has no attribute {name!r}")
