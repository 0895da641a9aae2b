"""What the shared encoder makes of a word: its vector, as features of the learned factuality."""

from __future__ import annotations

from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
from spacy.tokens import Token

from onrecord.reading.encoder import encoding
from onrecord.reading.page import Page

_ROWS: WeakKeyDictionary[Page, npt.NDArray[np.float32]] = WeakKeyDictionary()


def vector(page: Page, token: Token) -> npt.NDArray[np.float32]:
    """The encoder's output for the word of ``page`` that holds ``token``.

    A report that no part has encoded yet is encoded now, once.
    """
    encoded = encoding(page)
    rows = _ROWS.get(page)
    if rows is None:
        parts = [
            w.words[w.cut.low - w.cut.first : w.cut.high - w.cut.first] for w in encoded.windows
        ]
        rows = np.concatenate(parts)
        _ROWS[page] = rows
    word = int(np.searchsorted(encoded.pieces.starts, token.idx, side="right")) - 1
    found: npt.NDArray[np.float32] = rows[max(0, word)]
    return found


def named(values: npt.NDArray[np.float32]) -> dict[str, float]:
    """``values`` as features, by name."""
    numbers: list[float] = values.tolist()
    return {f"v{number}": value for number, value in enumerate(numbers)}
