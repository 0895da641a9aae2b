from __future__ import annotations

from tests.sources.helpers import failure, one

LINES = [
    "Harbour opens after talks", "",
    "The council of the northern province said on Monday that it would open the harbour to the",
    "grain ships, and that its guards had been told not to fire on them. The talks on the fee for",
    "the pilots went on until the morning.", "",
    "Ships sail.",
]  # fmt: skip


def pdf(lines: list[str], *, text: bool = True) -> bytes:
    """A PDF of one page, as small as can be."""
    moves = " ".join(f"({line}) Tj 0 -14 Td" if line else "0 -14 Td" for line in lines)
    stream = f"BT /F1 11 Tf 50 750 Td {moves} ET" if text else ""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = "%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    out += f"xref\n0 6\n0000000000 65535 f \n{table}"
    out += f"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n{out.index('xref')}\n%%EOF"
    return out.encode()


def test_lines_that_are_only_wrapped_are_joined() -> None:
    found = one(pdf(LINES), "a.pdf")
    assert "open the harbour to the grain ships" in found.text
    assert "fee for the pilots" in found.text
    assert found.text.split("\n")[-1] == "Ships sail."
    assert found.published is None


def test_pdfs_without_text() -> None:
    assert "images" in failure(pdf([], text=False)).reason
    assert "broken" in failure(b"%PDF-1.4\nnothing here").reason
    assert "broken" in failure(pdf(LINES)[:60]).reason
