from __future__ import annotations

import gzip
import zlib

import pytest

from onrecord.record.report import Failure, Report
from onrecord.sources.coding import dechunked
from tests.sources.helpers import PROSE, failure, one, read

PAGE = (
    f"<html><head><title>Port</title></head><body><article><p>{PROSE}</p></article></body></html>"
).encode()


def record(
    number: int,
    body: bytes = PAGE,
    *,
    status: str = "200 OK",
    mime: str = "text/html",
    headers: str = "",
    version: str = "WARC/1.0",
    kind: str = "response",
) -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {mime}\r\n{headers}\r\n".encode() + body
    head = (
        f"{version}\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
        f"WARC-Target-URI: https://a.example/2031/05/0{number}/x\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


@pytest.mark.parametrize("packed", [False, True])
def test_pages_are_read_and_the_rest_is_passed_over(packed: bool) -> None:
    records = [
        record(1),
        record(2, b"\x89PNG", mime="image/png"),
        record(3, status="404 Not Found"),
        record(4, kind="request"),
        record(5, PROSE.encode(), mime="text/plain"),
    ]
    data = b"".join(gzip.compress(item) if packed else item for item in records)
    found = read(data, "a.warc")
    assert [item.url for item in found if isinstance(item, Report)] == [
        "https://a.example/2031/05/01/x",
        "https://a.example/2031/05/05/x",
    ]
    assert len(found) == 2
    first = found[0]
    assert isinstance(first, Report)
    assert (first.file, first.published, first.published_basis) == ("a.warc", "2031-05-01", "url")


def test_packed_and_chunked_bodies() -> None:
    packed = record(1, gzip.compress(PAGE), headers="Content-Encoding: gzip\r\n")
    deflated = record(2, zlib.compress(PAGE), headers="Content-Encoding: deflate\r\n")
    chunks = b"%x\r\n%b\r\n0\r\n\r\n" % (len(PAGE), PAGE)
    chunked = record(3, chunks, headers="Transfer-Encoding: chunked\r\n")
    lying = record(4, PAGE, headers="Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n")
    found = read(packed + deflated + chunked + lying)
    assert [item.text for item in found if isinstance(item, Report)] == [PROSE.strip()] * 4


def test_dechunked() -> None:
    assert dechunked(b"3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n") == b"abcde"
    assert dechunked(b"not chunked") == b"not chunked"
    assert dechunked(b"5\r\nabc") == b"abc"
    assert dechunked(b"") == b""


@pytest.mark.parametrize(
    "bad",
    [
        record(2, version="XARC/1.0"),
        b"junk\r\njunk\r\n\r\n",
        record(2, b"no gzip", headers="Content-Encoding: br\r\n"),
        record(2, gzip.compress(PAGE)[:-20], headers="Content-Encoding: gzip\r\n"),
        record(2, b""),
    ],
)
def test_one_bad_record_is_one_failure_and_the_others_go_on(bad: bytes) -> None:
    found = read(record(1) + bad + record(3), "a.warc")
    assert [type(item).__name__ for item in found] == ["Report", "Failure", "Report"]


def test_a_bomb_in_an_archive_stops_at_the_limit() -> None:
    bomb = record(
        1, gzip.compress(b"<p>x</p>" * 2_000_000, 9), headers="Content-Encoding: gzip\r\n"
    )
    found = read(bomb + record(2), max_bytes=200_000)
    assert isinstance(found[0], Failure)
    assert "larger than the limit" in found[0].reason
    assert isinstance(found[1], Report)


def test_an_archive_that_breaks_off() -> None:
    found = read(gzip.compress(record(1)) + gzip.compress(record(2))[:-30], "a.warc.gz")
    assert isinstance(found[0], Report)
    assert isinstance(found[-1], Failure)
    assert (
        "no archived answer"
        in failure(b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n").reason
    )


def test_plain_text_extracts() -> None:
    head = (
        "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://a.example/1\r\n"
        f"Content-Type: text/plain\r\nContent-Length: {len(PROSE)}\r\n\r\n"
    )
    assert one(head.encode() + PROSE.encode() + b"\r\n\r\n").text == PROSE.strip()
