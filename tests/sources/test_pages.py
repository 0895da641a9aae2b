from __future__ import annotations

import json

import pytest

from tests.sources.helpers import PROSE, failure, one

PARAGRAPHS = [
    f"{PROSE}The talks on the fee for the pilots went on until the morning of the {day}th."
    for day in (5, 6, 7)
]
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def page(
    head: str = "", body: str = BODY, title: str = "<h1>Harbour opens after talks</h1>"
) -> bytes:
    return (
        "<!doctype html><html><head><meta charset=utf-8>"
        f"<title>Harbour opens after talks - Paper</title>{head}</head>"
        f"<body><nav><a href=/>Home</a></nav><article>{title}{body}</article>"
        "<footer>Terms</footer></body></html>"
    ).encode()


def data(**values: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(values)}</script>'


def test_the_article_and_nothing_else() -> None:
    found = one(page(), "a.html")
    assert found.text.split("\n") == PARAGRAPHS
    assert found.title == "Harbour opens after talks"
    assert (found.file, found.published) == ("a.html", None)


def test_what_a_page_says_of_itself_in_json_ld() -> None:
    head = data(
        **{
            "@context": "https://schema.org",
            "@graph": [
                {"@type": "WebSite", "name": "no"},
                {
                    "@type": "NewsArticle",
                    "headline": "Harbour opens",
                    "datePublished": "2031-05-06T10:00:00Z",
                    "author": [{"@type": "Person", "name": "Jane Doe"}, {"name": "John Roe"}],
                    "publisher": {"@type": "Organization", "name": "Paper"},
                    "sourceOrganization": {"name": "Reuters"},
                },
            ],
        }
    )
    found = one(page(head + "<link rel=canonical href='https://a.example/1'>"))
    assert (found.title, found.source, found.credit) == ("Harbour opens", "Paper", "Reuters")
    assert (found.published, found.published_basis) == ("2031-05-06T10:00:00Z", "metadata")
    assert (found.authors, found.form) == (("Jane Doe", "John Roe"), "article")
    assert found.url == "https://a.example/1"


@pytest.mark.parametrize(
    ("head", "published", "basis"),
    [
        (
            "<meta property='article:published_time' content='2031-05-06T08:00Z'>",
            "2031-05-06T08:00Z",
            "metadata",
        ),
        ("<meta name=date content='May 6, 2031'>", "2031-05-06", "metadata"),
        ("<meta name=date content='05/06/2031'>", None, None),
        ("<link rel=canonical href='https://a.example/2031/05/06/x'>", "2031-05-06", "url"),
        ("<script type='application/ld+json'>{broken</script>", None, None),
        (
            data(**{"@type": "Article", "datePublished": ["x"], "author": 3, "publisher": []}),
            None,
            None,
        ),
    ],
)
def test_dates(head: str, published: str | None, basis: str | None) -> None:
    found = one(page(head))
    assert (found.published, found.published_basis) == (published, basis)


def test_the_time_tag_of_publication() -> None:
    later = "<time datetime='2031-05-09'>9 May</time>"
    body = f"<time datetime='2031-05-06' class=published>6 May</time>{later}{BODY}"
    assert one(page(body=body)).published == "2031-05-06"
    assert one(page(body=body.replace("class=published", ""))).published is None
    assert one(page(body=later + BODY)).published == "2031-05-09"


@pytest.mark.parametrize(
    "extra",
    [
        "<p hidden>This is not shown to anyone who reads the page.</p>",
        "<div style='display: none'><p>This is not shown to anyone who reads the page.</p></div>",
        "<p><a href=/x>Minister calls talks with the ship owners hopeless</a></p>",
        "<ul><li><a href=/x>Minister calls talks with the ship owners hopeless</a></li></ul>",
        "<h3><a href=/x>Minister calls talks with the ship owners hopeless</a></h3>",
        "<script>var words = 'This is not shown to anyone';</script>",
    ],
)
def test_what_is_no_part_of_the_article_goes(extra: str) -> None:
    assert one(page(body=BODY + extra)).text.split("\n") == PARAGRAPHS


def test_links_in_sentences_stay() -> None:
    linked = BODY.replace("the harbour", "<a href=/h>the harbour</a>")
    assert one(page(body=linked)).text == one(page()).text


def test_the_body_given_as_data_is_taken_where_the_page_does_not_show_it() -> None:
    body = "\n\n".join(PARAGRAPHS)
    head = data(**{"@type": "NewsArticle", "articleBody": body})
    found = one(page(head, body="<p>Please enable scripts.</p>"))
    assert found.text.startswith(PROSE.strip()[:40])
    assert "enable scripts" not in found.text


def test_agencies_among_the_authors_are_the_credit_and_outlets_are_none() -> None:
    people = [{"name": "Jane Doe"}, {"name": "Reuters"}, {"name": "Paper World"}]
    head = data(**{"@type": "NewsArticle", "author": people, "publisher": {"name": "Paper"}})
    found = one(page(head))
    assert (found.authors, found.credit, found.source) == (("Jane Doe",), "Reuters", "Paper")


def test_a_heading_that_differs_from_the_title_is_no_text_of_the_article_either() -> None:
    found = one(page("<meta property=og:title content='Port talks end'>"))
    assert found.title == "Port talks end"
    assert found.text.split("\n") == PARAGRAPHS


def test_a_headline_that_is_repeated_in_the_article_goes() -> None:
    body = BODY.replace("</p><p>", "</p><p>Harbour opens after talks</p><p>", 1)
    assert one(page(body=body)).text.split("\n") == PARAGRAPHS


def test_a_dateline_that_lost_its_blank() -> None:
    found = one(page(body=f"<p><cite>London (CNN)</cite>{PARAGRAPHS[0]}</p>{BODY}"))
    assert found.text.startswith("London (CNN) The council")


def test_a_live_blog() -> None:
    updates = [
        {"@type": "BlogPosting", "headline": f"Update {n}", "articleBody": text}
        for n, text in enumerate(PARAGRAPHS)
    ]
    found = one(
        page(data(**{"@type": "LiveBlogPosting", "liveBlogUpdate": updates}), body="<p>Live.</p>")
    )
    assert found.form == "live_blog"
    assert "Update 2" in found.text


@pytest.mark.parametrize(
    ("charset", "said"), [("utf-8", "iso-8859-1"), ("cp1252", "utf-8"), ("utf-16", "x")]
)
def test_charsets(charset: str, said: str) -> None:
    text = (
        page(body=f"<p>“Zürich” — {PROSE}</p>").decode().replace("charset=utf-8", f"charset={said}")
    )
    assert one(text.encode(charset)).text.startswith("“Zürich” — ")


@pytest.mark.parametrize(
    "raw",
    [
        b"<html></html>",
        b"<html><body><nav><a href=/>1</a></nav></body></html>",
        b"<html><head><title></title></head><body><script>x</script></body></html>",
    ],
)
def test_pages_without_an_article(raw: bytes) -> None:
    assert "no text" in failure(raw, "a.html").reason


def test_fragments_and_deep_trees() -> None:
    assert one(b"<p>The port is open.</p>", "a.html").text == "The port is open."
    deep = b"<html><body>" + b"<div>" * 5000 + b"The port is open." + b"</div>" * 5000
    assert isinstance(read_any(deep), str)


def read_any(raw: bytes) -> str:
    from tests.sources.helpers import read

    (found,) = read(raw, "a.html")
    return getattr(found, "text", "") or getattr(found, "reason", "")
