"""The codebook, the tutorial and the citation hold what is so now."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

import onrecord
from onrecord.exports import FORMATS

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import codebook  # noqa: E402 - the path is set above


def test_the_codebook_has_every_label_and_no_other() -> None:
    wanted = {(name, label) for name, labels in codebook.known().items() for label in labels}
    rows = codebook.rows()
    assert {(row.family, row.label) for row in rows} == wanted
    assert len(rows) == len(wanted)
    assert {section.family for section in codebook.SECTIONS} == set(codebook.known())
    assert all(row.meaning for row in rows)


def test_the_codebook_is_as_written_by_its_script() -> None:
    assert codebook.main(["--check"]) == 0, "write it again with: python tools/codebook.py"


def test_every_format_is_documented() -> None:
    page = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")
    assert [name for name in FORMATS if f"`{name}`" not in page] == []


def test_every_spacy_component_is_documented() -> None:
    from onrecord.spacy import FACTORIES

    page = (ROOT / "docs" / "spacy.md").read_text(encoding="utf-8")
    assert [name for name in FACTORIES if f"`{name}`" not in page] == []


def test_the_citation_is_of_this_version() -> None:
    cff = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.search(r"^version: (.+)$", cff, re.M)[1] == onrecord.__version__


def test_the_tutorial_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    notebook = nbformat.read(ROOT / "examples" / "tutorial.ipynb", as_version=4)
    assert all(not cell.get("outputs") for cell in notebook.cells), (
        "keep the notebook without outputs"
    )
    nbclient.NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}}
    ).execute()
    shown = notebook.cells[1].outputs[0]["data"]
    assert "onrecord" in shown["text/html"]
    corrected = next(cell for cell in notebook.cells if "brat_back" in cell.source)
    assert "generic" in corrected.outputs[0]["data"]["text/plain"]
