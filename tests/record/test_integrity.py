"""Damaged data is told, never read."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.record.integrity import DamagedError, fingerprint, write_sums


def test_what_is_as_shipped_has_one_name(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("a\n")
    (tmp_path / "code.py").write_text("")
    write_sums(tmp_path)
    name = fingerprint(tmp_path)
    assert len(name) == 12
    assert fingerprint(tmp_path) == name
    (tmp_path / "b.tsv").write_text("b\n")
    write_sums(tmp_path)
    assert fingerprint(tmp_path) != name


@pytest.mark.parametrize("damage", ["changed", "gone", "no list"])
def test_damage_is_told(tmp_path: Path, damage: str) -> None:
    (tmp_path / "a.tsv").write_text("a\n")
    write_sums(tmp_path)
    if damage == "changed":
        (tmp_path / "a.tsv").write_text("b\n")
    elif damage == "gone":
        (tmp_path / "a.tsv").unlink()
    else:
        (tmp_path / "SHA256SUMS").unlink()
    with pytest.raises(DamagedError, match="install onrecord again"):
        fingerprint(tmp_path)
