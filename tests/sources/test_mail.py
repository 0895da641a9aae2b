from __future__ import annotations

import base64
import quopri

from onrecord.record.report import Failure, Report
from tests.sources.helpers import failure, one, read

HEAD = (
    b"From: =?utf-8?q?Press_Offi=C3=A7e?= <press@a.example>\n"
    b"Date: Tue, 06 May 2031 22:30:00 -0400\n"
    b"Subject: =?utf-8?b?4oCcSGFyYm91cuKAnSBvcGVucw==?=\n"
    b"Message-ID: <m1@a.example>\nArchived-At: <https://a.example/m1>\nMIME-Version: 1.0\n"
)


def test_one_mail() -> None:
    found = one(
        HEAD
        + b"Content-Type: text/plain; charset=utf-8\n\n"
        + "The port is “open”.\n-- \nPress\n".encode(),
        "a.eml",
    )
    assert found.text == "The port is “open”."
    assert (found.title, found.source, found.id) == (
        "“Harbour” opens",
        "Press Offiçe",
        "m1@a.example",
    )
    assert (found.published, found.published_basis) == ("2031-05-06T22:30:00-04:00", "header")
    assert (found.url, found.file) == ("https://a.example/m1", "a.eml")


def test_two_forms_of_one_text_are_one_report() -> None:
    html = base64.b64encode("<p>The port is “open”.</p><p>Ships sail.</p>".encode())
    plain = quopri.encodestring("The port is “open”.\n\nShips sail.".encode())
    parts = (
        b"Content-Type: multipart/alternative; boundary=b\n\n"
        b"--b\nContent-Type: text/plain; charset=utf-8\n"
        b"Content-Transfer-Encoding: quoted-printable\n\n" + plain + b"\n"
        b"--b\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
        + html
        + b"\n--b--\n"
    )
    assert one(HEAD + parts).text == "The port is “open”.\n\nShips sail."
    stub = parts.replace(plain, b"See.")
    assert one(HEAD + stub).text == "The port is “open”.\nShips sail."


def test_attachments_are_left_out() -> None:
    parts = (
        b"Content-Type: multipart/mixed; boundary=b\n\n"
        b"--b\nContent-Type: text/plain\n\nThe port is open.\n"
        b"--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename=x.txt\n\n"
        b"not this\n--b--\n"
    )
    assert one(HEAD + parts).text == "The port is open."


def test_flowed_text() -> None:
    body = b"Content-Type: text/plain; format=flowed\n\nThe port \nis open.\nShips sail.\n"
    assert one(HEAD + body).text == "The port is open.\nShips sail."


def test_a_mailbox() -> None:
    box = b"".join(
        b"From press@a.example Tue May  6 10:00:00 2031\n" + HEAD + b"\n" + body + b"\n\n"
        for body in (b"One.\n>From here on.", b"", b"Three.\nFrom now on too.")
    )
    found = read(box, "a.mbox")
    assert [item.text for item in found if isinstance(item, Report)] == [
        "One.\nFrom here on.",
        "Three.\nFrom now on too.",
    ]
    assert [item.name for item in found if isinstance(item, Failure)] == ["a.mbox, mail 2"]


def test_a_mail_over_the_limit_does_not_stop_the_others() -> None:
    box = b"".join(
        b"From a@a.example Tue May  6 10:00:00 2031\n" + HEAD + b"\n" + body + b"\n\n"
        for body in (b"Long. " * 1000, b"Short.")
    )
    found = read(box, max_bytes=2000)
    assert [type(item).__name__ for item in found] == ["Failure", "Report"]


def test_odd_headers() -> None:
    odd = b"From: \xff <>\nSubject: =?x?q?=ZZ?=\nDate: never\nTo: x\n\nThe port is open.\n"
    found = one(odd)
    assert (found.text, found.published) == ("The port is open.", None)
    assert failure(HEAD + b"\n\n").reason == "no text in this mail"
