"""The loader of weights: what is shipped, what is damaged."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from onrecord.models import FOLDER, ModelError, Models, models

TINY = Path(__file__).resolve().parent.parent / "data" / "tiny_model"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TINY, tmp_path / "weights"))


def change(folder: Path, **values: object) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | values))


def test_a_folder_is_opened_once() -> None:
    assert models(TINY) is models(TINY)


def test_every_shipped_file_is_as_its_checksum_says() -> None:
    shipped = Models()
    assert {shipped.path(name).name for name in shipped.manifest.files} == set(
        shipped.manifest.files
    )


def test_all_weights_together_stay_under_30_megabytes() -> None:
    assert sum(p.stat().st_size for p in FOLDER.iterdir() if p.is_file()) < 30_000_000


def test_the_card_names_data_licence_figures_command_and_limits() -> None:
    card = (FOLDER / "card.md").read_text("utf-8")
    for heading in ("Data", "Figures", "Training", "Limits", "Licence"):
        assert f"## {heading}" in card


def test_a_damaged_file_is_refused(folder: Path) -> None:
    path = folder / "encoder.onnx"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(ModelError, match=r"damaged.*install"):
        Models(folder).path("encoder.onnx")


def test_a_file_is_checked_once(folder: Path) -> None:
    weights = Models(folder)
    path = weights.path("encoder.onnx")
    path.write_bytes(b"")
    assert weights.path("encoder.onnx") == path


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "tokenizer.json").unlink()
    with pytest.raises(ModelError, match=r"tokenizer\.json is missing"):
        Models(folder).tokenizer()


def test_a_folder_without_manifest(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no weights"):
        Models(tmp_path)


@pytest.mark.parametrize("content", ["", "{}", "[1]", "{"])
def test_a_broken_manifest(folder: Path, content: str) -> None:
    (folder / "manifest.json").write_text(content)
    with pytest.raises(ModelError, match="damaged"):
        Models(folder)


def test_another_schema(folder: Path) -> None:
    change(folder, schema="onrecord-model/99")
    with pytest.raises(ModelError, match="schema"):
        Models(folder)


def test_a_file_outside_the_manifest() -> None:
    with pytest.raises(ModelError, match="not in the manifest"):
        Models(TINY).path("../conftest.py")


def test_an_unknown_head() -> None:
    with pytest.raises(ModelError, match="no head 'weather'"):
        Models(TINY).head("weather")
