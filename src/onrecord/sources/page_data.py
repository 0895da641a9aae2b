"""What a page says of itself: schema.org data in JSON-LD, Open Graph and other ``meta`` tags."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from onrecord.sources.clean import one_line
from onrecord.sources.dates import iso
from onrecord.sources.people import names_of

_ARTICLES = re.compile(
    r"(?:Article|NewsArticle|\w+NewsArticle|Report|BlogPosting|LiveBlogPosting|ClaimReview|WebPage)$"
)
_PUBLISHED = re.compile("publi|posted|entry-date", re.IGNORECASE)
_LD = "//script[contains(translate(@type,'LDJSON','ldjson'),'ld+json')]"
_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "date_published",
    "article.published", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.created",
    "dc.date.created", "dcterms.date", "dc.date", "dcterms.issued", "citation_publication_date",
    "publishdate", "publish-date", "publish_date", "pubdate", "ptime", "bt:pubdate",
    "cxenseparse:recs:publishtime", "originalpublicationdate", "article_date_original",
    "article:published", "date",
)  # fmt: skip
_AUTHORS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl")
_MAX_NODES = 2000
_DEPTH = 6


class PageData(Struct, kw_only=True):
    """What a page says of itself; None where it does not."""

    title: str | None = None
    published: str | None = None
    authors: tuple[str, ...] = ()
    source: str | None = None
    credit: str | None = None
    url: str | None = None
    form: str | None = None
    body: str | None = None
    updates: tuple[str, ...] = ()


def page_data(tree: Any) -> PageData:
    """The data of a page. What is malformed is passed over."""
    data = PageData()
    for node in _nodes(tree):
        _from_node(data, node)
    metas = _metas(tree)
    data.title = data.title or one_line(metas.get("og:title") or metas.get("twitter:title"))
    data.source = data.source or one_line(metas.get("og:site_name"))
    if data.published is None:
        dates = (iso(metas[name]) for name in _DATES if name in metas)
        data.published = next((date for date in dates if date), None) or _time_tag(tree)
    if not data.authors:
        names = next((metas[name] for name in _AUTHORS if name in metas), "")
        data.authors = names_of(names)
    data.url = _address(tree, metas) or data.url
    if data.form is None and metas.get("og:type", "").lower() == "article":
        data.form = "article"
    return data


def _from_node(data: PageData, node: dict[str, Any]) -> None:
    types = _strings(node.get("@type"))
    if not any(_ARTICLES.match(name) for name in types):
        return
    if any(name == "LiveBlogPosting" for name in types):
        data.form = "live_blog"
        data.updates = tuple(_updates(node))
    data.published = data.published or iso(node.get("datePublished") or node.get("dateCreated"))
    if types == ["WebPage"]:
        return
    if data.form is None:
        data.form = "article"
    data.title = data.title or one_line(_name(node.get("headline")))
    data.source = data.source or one_line(_name(node.get("publisher")))
    data.credit = data.credit or one_line(_name(node.get("sourceOrganization")))
    data.authors = data.authors or tuple(
        dict.fromkeys(_people(node.get("author") or node.get("creator")))
    )
    body = node.get("articleBody")
    if isinstance(body, str) and len(body) > len(data.body or ""):
        data.body = body


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """The objects in the JSON-LD of a page, outermost first, in the order of the page."""
    for script in tree.xpath(_LD):
        try:
            value = json.loads(_json_text(script.text_content()), strict=False)
        except (ValueError, RecursionError):
            continue
        stack, count = [(value, 0)], 0
        while stack and count < _MAX_NODES:
            item, depth = stack.pop()
            count += 1
            if isinstance(item, dict):
                yield item
            if depth < _DEPTH:
                parts = [part for part in _inner(item) if isinstance(part, dict | list)]
                stack.extend((part, depth + 1) for part in reversed(parts))


def _inner(item: Any) -> list[Any]:
    return list(item.values()) if isinstance(item, dict) else _list(item)


def _json_text(text: str) -> str:
    text = text.strip().removesuffix(";")
    for start, end in (("<!--", "-->"), ("//<![CDATA[", "//]]>"), ("<![CDATA[", "]]>")):
        text = text.strip().removeprefix(start).removesuffix(end)
    return text


def _updates(node: dict[str, Any]) -> Iterator[str]:
    for update in _list(node.get("liveBlogUpdate")):
        if isinstance(update, dict):
            parts = (update.get("headline"), update.get("articleBody"))
            text = "\n".join(
                part.strip() for part in parts if isinstance(part, str) and part.strip()
            )
            if text.strip():
                yield text


def _metas(tree: Any) -> dict[str, str]:
    """The first content of each named ``meta`` tag, by its name in small letters."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = meta.get("content")
        if name and content and content.strip():
            found.setdefault(name.strip().lower(), content.strip())
    return found


def _time_tag(tree: Any) -> str | None:
    """The date of a ``time`` tag that is said to be that of publication, or of the only one."""
    tags = tree.xpath("//time[@datetime]")
    for tag in tags:
        marks = " ".join(filter(None, (tag.get("itemprop"), tag.get("class"), tag.get("pubdate"))))
        if tag.get("pubdate") is not None or re.search(
            "publi|posted|entry-date", marks, re.IGNORECASE
        ):
            return iso(tag.get("datetime"))
    dates = {date[:10]: date for tag in tags if (date := iso(tag.get("datetime")))}
    return next(iter(dates.values())) if len(dates) == 1 else None


def _address(tree: Any, metas: dict[str, str]) -> str | None:
    links = [link.get("href") for link in tree.xpath("//link[@rel='canonical'][@href]")]
    for address in (*links, metas.get("og:url")):
        if address and re.match(r"https?://[^\s/]{3,}", address.strip()):
            return str(address.strip())
    return None


def _people(value: Any) -> Iterator[str]:
    for part in _list(value):
        yield from names_of(_name(part) or "")


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        return next((name for part in value if (name := _name(part))), None)
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value")
    return value if isinstance(value, str) and value.strip() else None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _strings(value: Any) -> list[str]:
    return [part for part in _list(value) if isinstance(part, str)]
