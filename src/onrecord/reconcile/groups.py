"""Groups of things, made by joining pairs."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class Groups(Generic[T]):
    """Disjoint sets of items; a group is known by the member that was inserted first."""

    def __init__(self, items: Iterable[T]) -> None:
        self._rank = {item: number for number, item in enumerate(items)}
        self._parent = {item: item for item in self._rank}

    def root(self, item: T) -> T:
        """The member of the item's group that was inserted first."""
        at = item
        while self._parent[at] != at:
            at = self._parent[at]
        while self._parent[item] != at:
            self._parent[item], item = at, self._parent[item]
        return at

    def join(self, one: T, other: T) -> None:
        """Makes the groups of two items one."""
        first, second = self.root(one), self.root(other)
        if self._rank[second] < self._rank[first]:
            first, second = second, first
        self._parent[second] = first
