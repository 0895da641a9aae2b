from __future__ import annotations

from onrecord.record.report import Failure, Report
from tests.sources.helpers import failure, one, read

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Paper &#8211; World</title><link>https://a.example/</link>
<item><title>Harbour opens &amp; ships sail</title><link>https://a.example/1</link><guid>g1</guid>
<dc:creator><![CDATA[Jane Doe]]></dc:creator><pubDate>Tue, 06 May 2031 22:30:00 -0400</pubDate>
<description>Short.</description>
<content:encoded><![CDATA[<p>The port is <b>open</b>.</p><script>no()</script>
<p>Ships sail.</p>]]></content:encoded></item>
<item><title>Only a link</title><link>https://a.example/2</link></item>
<item><title>Third</title><description>Plain words.</description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Paper</title>
<entry><title type="html">One &lt;i&gt;two&lt;/i&gt;</title><id>urn:1</id>
<updated>2031-05-06T10:00:00Z</updated>
<link href="https://a.example/1"/><author><name>Jane Doe</name></author>
<content type="html">&lt;p&gt;The port is open.&lt;/p&gt;</content></entry></feed>"""


def test_rss() -> None:
    first, second, third = read(RSS.encode(), "a.xml")
    assert isinstance(first, Report)
    assert first.text == "The port is open.\nShips sail."
    assert (first.title, first.source) == ("Harbour opens & ships sail", "Paper – World")
    assert (first.published, first.published_basis) == ("2031-05-06T22:30:00-04:00", "feed")
    assert (first.url, first.id, first.authors) == ("https://a.example/1", "g1", ("Jane Doe",))
    assert first.file == "a.xml"
    assert isinstance(second, Failure)
    assert second.kind == "skipped"
    assert "https://a.example/2" in second.reason
    assert isinstance(third, Report)
    assert third.text == "Plain words."


def test_atom() -> None:
    found = one(ATOM.encode())
    assert (found.title, found.text, found.id) == ("One two", "The port is open.", "urn:1")
    assert (found.published, found.published_basis) == ("2031-05-06T10:00:00Z", "feed")


def test_a_feed_that_is_not_well_formed_is_read_and_says_so() -> None:
    broken = RSS.replace("</channel></rss>", "<item><title>cut")
    found = [item for item in read(broken.encode()) if isinstance(item, Report)]
    assert found[0].text == "The port is open.\nShips sail."
    assert "not well-formed" in found[0].problems[0].reason


def test_feeds_without_entries() -> None:
    assert "no entry" in failure(b"<rss version='2.0'><channel></channel></rss>").reason
    assert "no entry" in failure(b"<?xml version='1.0'?><!-- x --><rss>").reason
