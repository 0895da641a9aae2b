"""Who held which office when: 100 dated cases, the user's own table, and what it must refuse."""

from __future__ import annotations

import datetime as dt
import itertools
from pathlib import Path

import pytest

from onrecord.knowledge.actors import (
    KINDS_OF_BODY,
    SECTORS,
    ActorError,
    codes_for,
    key_of,
    load_actors,
)
from onrecord.knowledge.actors_lexicon import (
    country_names,
    country_titles,
    name_words,
    nouns,
    plural,
    rows,
    titles,
)

# name, day, code, first sector, role (None: no office that the table gives)
DATED = [
    ("Richard Nixon", "1974-08-01", "USA", "GOV", "president"),
    ("Gerald Ford", "1975-04-30", "USA", "GOV", "president"),
    ("Jimmy Carter", "1979-11-04", "USA", "GOV", "president"),
    ("Ronald Reagan", "1983-03-08", "USA", "GOV", "president"),
    ("George H.W. Bush", "1985-01-01", "USA", "GOV", "vice president"),
    ("George H.W. Bush", "1990-08-02", "USA", "GOV", "president"),
    ("Bill Clinton", "1998-12-16", "USA", "GOV", "president"),
    ("George W. Bush", "2003-03-20", "USA", "GOV", "president"),
    ("Barack Obama", "2006-06-01", "USA", "LEG", "legislator"),
    ("Barack Obama", "2011-05-02", "USA", "GOV", "president"),
    ("Barack Obama", "2020-01-01", "USA", "ELI", None),
    ("Joe Biden", "2005-01-01", "USA", "LEG", "legislator"),
    ("Joe Biden", "2012-01-01", "USA", "GOV", "vice president"),
    ("Joe Biden", "2018-06-01", "USA", "ELI", None),
    ("Joe Biden", "2024-11-17", "USA", "GOV", "president"),
    ("Donald Trump", "2016-03-01", "USA", "PTY", "candidate"),
    ("Donald Trump", "2018-06-12", "USA", "GOV", "president"),
    ("Donald Trump", "2024-11-17", "USA", "GOV", "president-elect"),
    ("Donald Trump", "2025-06-01", "USA", "GOV", "president"),
    ("JD Vance", "2024-11-17", "USA", "LEG", "legislator"),
    ("JD Vance", "2025-03-01", "USA", "GOV", "vice president"),
    ("Kamala Harris", "2019-01-01", "USA", "LEG", "legislator"),
    ("Kamala Harris", "2022-01-01", "USA", "GOV", "vice president"),
    ("Hillary Clinton", "2005-01-01", "USA", "LEG", "legislator"),
    ("Hillary Clinton", "2011-01-01", "USA", "GOV", "foreign minister"),
    ("John Kerry", "2004-01-01", "USA", "LEG", "legislator"),
    ("John Kerry", "2015-07-14", "USA", "GOV", "foreign minister"),
    ("Colin Powell", "2003-02-05", "USA", "GOV", "foreign minister"),
    ("Donald Rumsfeld", "2004-05-01", "USA", "GOV", "defense minister"),
    ("Robert Gates", "2010-01-01", "USA", "GOV", "defense minister"),
    ("James Mattis", "2018-01-01", "USA", "GOV", "defense minister"),
    ("Lloyd Austin", "2023-01-01", "USA", "GOV", "defense minister"),
    ("Mike Pompeo", "2017-06-01", "USA", "GOV", "director"),
    ("Mike Pompeo", "2019-01-01", "USA", "GOV", "foreign minister"),
    ("Antony Blinken", "2023-10-12", "USA", "GOV", "foreign minister"),
    ("Marco Rubio", "2025-02-15", "USA", "GOV", "foreign minister"),
    ("Paul Ryan", "2016-05-01", "USA", "LEG", "speaker"),
    ("Nancy Pelosi", "2019-12-18", "USA", "LEG", "speaker"),
    ("Jeff Sessions", "2018-05-01", "USA", "GOV", "attorney general"),
    ("Margaret Thatcher", "1982-04-02", "GBR", "GOV", "prime minister"),
    ("Tony Blair", "2003-03-18", "GBR", "GOV", "prime minister"),
    ("Gordon Brown", "2003-01-01", "GBR", "GOV", "finance minister"),
    ("Gordon Brown", "2009-01-01", "GBR", "GOV", "prime minister"),
    ("David Cameron", "2008-01-01", "GBR", "OPP", "opposition leader"),
    ("David Cameron", "2013-08-29", "GBR", "GOV", "prime minister"),
    ("David Cameron", "2024-02-01", "GBR", "GOV", "foreign minister"),
    ("Theresa May", "2014-01-01", "GBR", "GOV", "interior minister"),
    ("Theresa May", "2018-04-14", "GBR", "GOV", "prime minister"),
    ("Boris Johnson", "2012-07-27", "GBR", "GOV", "mayor"),
    ("Boris Johnson", "2017-01-01", "GBR", "GOV", "foreign minister"),
    ("Boris Johnson", "2020-03-23", "GBR", "GOV", "prime minister"),
    ("Keir Starmer", "2022-01-01", "GBR", "OPP", "opposition leader"),
    ("Keir Starmer", "2024-09-01", "GBR", "GOV", "prime minister"),
    ("Jacques Chirac", "2003-02-01", "FRA", "GOV", "president"),
    ("François Hollande", "2015-11-13", "FRA", "GOV", "president"),
    ("Francois Hollande", "2015-11-13", "FRA", "GOV", "president"),
    ("Emmanuel Macron", "2015-01-01", "FRA", "GOV", "minister"),
    ("Emmanuel Macron", "2018-12-01", "FRA", "GOV", "president"),
    ("Helmut Kohl", "1990-10-03", "DEU", "GOV", "chancellor"),
    ("Angela Merkel", "2015-09-01", "DEU", "GOV", "chancellor"),
    ("Angela Merkel", "2022-06-01", "DEU", "ELI", None),
    ("Olaf Scholz", "2019-01-01", "DEU", "GOV", "finance minister"),
    ("Olaf Scholz", "2023-01-01", "DEU", "GOV", "chancellor"),
    ("Mikhail Gorbachev", "1988-01-01", "RUS", "GOV", "president"),
    ("Boris Yeltsin", "1996-01-01", "RUS", "GOV", "president"),
    ("Vladimir Putin", "2005-01-01", "RUS", "GOV", "president"),
    ("Vladimir Putin", "2010-01-01", "RUS", "GOV", "prime minister"),
    ("Vladimir Putin", "2022-02-24", "RUS", "GOV", "president"),
    ("Dmitry Medvedev", "2010-01-01", "RUS", "GOV", "president"),
    ("Dmitry Medvedev", "2015-01-01", "RUS", "GOV", "prime minister"),
    ("Sergei Lavrov", "2018-01-01", "RUS", "GOV", "foreign minister"),
    ("Sergei Shoigu", "2022-03-01", "RUS", "GOV", "defense minister"),
    ("Viktor Yanukovych", "2013-11-21", "UKR", "GOV", "president"),
    ("Petro Poroshenko", "2016-01-01", "UKR", "GOV", "president"),
    ("Volodymyr Zelensky", "2024-11-17", "UKR", "GOV", "president"),
    ("Volodymyr Zelenskyy", "2018-01-01", "UKR", "ELI", None),
    ("Benjamin Netanyahu", "1997-01-01", "ISR", "GOV", "prime minister"),
    ("Benjamin Netanyahu", "2021-12-01", "ISR", "OPP", "opposition leader"),
    ("Benjamin Netanyahu", "2023-10-07", "ISR", "GOV", "prime minister"),
    ("Hassan Rouhani", "2019-01-01", "IRN", "GOV", "president"),
    ("Bashar al-Assad", "2013-08-21", "SYR", "GOV", "president"),
    ("Saddam Hussein", "2003-01-01", "IRQ", "GOV", "president"),
    ("Recep Tayyip Erdogan", "2012-01-01", "TUR", "GOV", "prime minister"),
    ("Recep Tayyip Erdoğan", "2018-01-26", "TUR", "GOV", "president"),
    ("Mohamed Morsi", "2013-01-01", "EGY", "GOV", "president"),
    ("Ashraf Ghani", "2019-01-01", "AFG", "GOV", "president"),
    ("Imran Khan", "2015-01-01", "PAK", "OPP", "party leader"),
    ("Imran Khan", "2019-02-27", "PAK", "GOV", "prime minister"),
    ("Narendra Modi", "2020-01-01", "IND", "GOV", "prime minister"),
    ("Xi Jinping", "2010-01-01", "CHN", "GOV", "vice president"),
    ("Xi Jinping", "2019-01-01", "CHN", "GOV", "president"),
    ("Shinzo Abe", "2007-01-01", "JPN", "GOV", "prime minister"),
    ("Park Geun-hye", "2014-04-16", "KOR", "GOV", "president"),
    ("Robert Mugabe", "1985-01-01", "ZWE", "GOV", "prime minister"),
    ("Uhuru Kenyatta", "2017-08-08", "KEN", "GOV", "president"),
    ("Nelson Mandela", "1995-01-01", "ZAF", "GOV", "president"),
    ("Jair Bolsonaro", "2019-01-01", "BRA", "GOV", "president"),
    ("Nicolás Maduro", "2019-01-23", "VEN", "GOV", "president"),
    ("Kofi Annan", "2003-01-01", "UNO", None, "secretary general"),
    ("Ban Ki-moon", "2012-01-01", "UNO", None, "secretary general"),
    ("Jens Stoltenberg", "2011-07-22", "NOR", "GOV", "prime minister"),
    ("Jens Stoltenberg", "2019-01-01", "IGO", None, "secretary general"),
    ("Ursula von der Leyen", "2016-01-01", "DEU", "GOV", "defense minister"),
    ("Ursula von der Leyen", "2022-01-01", "EUR", None, "president"),
    ("Aung San Suu Kyi", "2010-11-13", "MMR", "OPP", "opposition leader"),
    ("Pope Francis", "2015-09-24", "VAT", "REL", "pope"),
]

BODIES = [
    ("Taliban", "1998-01-01", "AFG", "GOV"),
    ("the Taliban", "2010-01-01", "AFG", "REB"),
    ("Taliban", "2022-01-01", "AFG", "GOV"),
    ("Labour", "2005-01-01", "GBR", "GOV"),
    ("Labour Party", "2018-01-01", "GBR", "OPP"),
    ("Isis", "2016-01-01", "IMG", "REB"),
    ("Rapid Support Forces", "2020-01-01", "SDN", "PRM"),
    ("Rapid Support Forces", "2023-06-01", "SDN", "REB"),
    ("Pentagon", None, "USA", "MIL"),
    ("U.N.", None, "UNO", None),
    ("European Union", None, "EUR", None),
    ("NATO", None, "IGO", "MIL"),
    ("Red Cross", None, "NGO", "SOC"),
    ("Al Jazeera", None, "QAT", "JRN"),
    ("Republicans", None, "USA", "PTY"),
    ("Ukraine", None, "UKR", None),
    ("North Korean", None, "PRK", None),
    ("Ukrainians", None, "UKR", None),
    ("Kyiv", None, "UKR", None),
    ("Kosovo", None, "KOS", None),
    ("Puerto Rico", None, "USA", None),
    ("Hong Kong", None, "HKG", None),
]


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@pytest.mark.parametrize(("name", "when", "code", "sector", "role"), DATED)
def test_office_on_a_day(
    name: str, when: str, code: str, sector: str | None, role: str | None
) -> None:
    facts = codes_for(name, day(when))
    assert facts is not None
    assert (facts.codes[0], facts.role) == (code, role)
    assert (facts.sectors[:1] or (None,))[0] == sector


def test_there_are_a_hundred_dated_cases() -> None:
    assert len(DATED) >= 100


@pytest.mark.parametrize(("name", "when", "code", "sector"), BODIES)
def test_bodies(name: str, when: str | None, code: str, sector: str | None) -> None:
    facts = codes_for(name, day(when))
    assert facts is not None
    assert facts.codes == (code,)
    assert (facts.sectors[:1] or (None,))[0] == sector


@pytest.mark.parametrize("name", ["", "  ", "Nobody Atall", "Kinakuta", "😀", "the"])
def test_unknown(name: str) -> None:
    assert codes_for(name, dt.date(2020, 1, 1)) is None


def test_one_holder_of_a_surname() -> None:
    table = load_actors()
    putin = table.holder("Putin", dt.date(2024, 1, 1))
    assert putin is not None
    assert putin.name == "Vladimir Putin"
    biden = table.holder("Biden", dt.date(2023, 1, 1))
    assert biden is not None
    assert biden.name == "Joe Biden"
    assert table.holder("Atall", dt.date(2024, 1, 1)) is None


@pytest.mark.parametrize(
    ("surname", "codes"),
    [
        ("Assad", ("SYR",)),
        ("Bush", ("USA",)),
        ("Castro", ()),
        ("Hussein", ()),
        ("Nobody", ()),
    ],
)
def test_what_all_of_a_surname_share(surname: str, codes: tuple[str, ...]) -> None:
    assert load_actors().surname_codes(surname) == codes


def test_own_table_is_clean() -> None:
    for row in rows("actors_own.tsv"):
        assert row[2] in {"person", "organization", "group", "place"}, row
        for code in row[3].split("|"):
            assert code in country_titles() or code in KINDS_OF_BODY, row


def test_no_office_overlaps_for_heads_of_government() -> None:
    held: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for row in rows("actors_own.tsv"):
        cells = [*row, *[""] * (8 - len(row))]
        if cells[5] in {"prime minister", "chancellor"} and cells[6]:
            held.setdefault((cells[3], cells[5]), []).append(
                (cells[6], cells[7] or "9999", cells[0])
            )
    for terms in held.values():
        terms.sort()
        for one, other in itertools.pairwise(terms):
            assert one[1] <= other[0], (one, other)


def test_user_table(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(
        "name,other_names,kind,codes,sectors,role,from,to\n"
        "Ada Example,A. Example,person,KEN,GOV|MIL,defense minister,2020-03,2021\n"
        "Ada Example,,person,KEN,OPP,,2022,\n"
        "Pentagon,,organization,FRA,BUS,,,\n",
        encoding="utf-8",
    )
    table = load_actors(path)
    facts = codes_for("A. Example", dt.date(2020, 3, 1), table)
    assert facts is not None
    assert (facts.codes, facts.sectors, facts.role) == (
        ("KEN",),
        ("GOV", "MIL"),
        "defense minister",
    )
    later = codes_for("Ada Example", dt.date(2023, 1, 1), table)
    assert later is not None
    assert later.sectors == ("OPP",)
    mine = codes_for("Pentagon", None, table)
    assert mine is not None
    assert mine.codes == ("FRA",)
    assert codes_for("Pentagon") != mine


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("name,code\nX,KEN\n", "no column codes"),
        ("name,codes\n,KEN\n", "line 2: no name"),
        ("name,codes\nX,KENYA\n", "'KENYA' is no country"),
        ("name,codes,sectors\nX,KEN,HLH\n", "'HLH' is no sector"),
        ("name,codes,from\nX,KEN,1.1.2020\n", "is no date"),
        ("name,codes,from,to\nX,KEN,2021,2020\n", "is after"),
    ],
)
def test_user_table_errors(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ActorError, match=message):
        load_actors(path)


def test_user_table_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ActorError, match="cannot be read"):
        load_actors(tmp_path / "none.csv")
    (tmp_path / "latin.csv").write_bytes(b"name,codes\n\xe9,KEN\n")
    with pytest.raises(ActorError, match="not UTF-8"):
        load_actors(tmp_path / "latin.csv")


def test_lexicon_is_clean() -> None:
    for noun in nouns().values():
        assert noun.kind in {
            "person",
            "group",
            "organization",
            "country",
            "place",
            "system",
            "work",
        }
        assert set(noun.sectors) <= set(SECTORS)
        assert noun.gender in {"", "m", "f"}
    for title in titles().values():
        assert set(title.sectors) <= set(SECTORS)
    assert all(found.code in country_titles() for found in country_names().values())


@pytest.mark.parametrize(
    ("word", "sectors"),
    [
        ("troops", ("MIL",)), ("rebels", ("REB",)), ("protesters", ("CVL",)),
        ("journalists", ("JRN",)),
        ("police", ("COP",)), ("lawmakers", ("LEG",)), ("judge", ("JUD",)), ("doctors", ("MED",)),
        ("refugees", ("REF",)), ("policemen", ("COP",)), ("prime minister", ("GOV",)),
    ],
)  # fmt: skip
def test_agent_nouns(word: str, sectors: tuple[str, ...]) -> None:
    assert nouns()[word].sectors == sectors


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("spy", "spies"), ("boy", "boys"), ("policeman", "policemen"), ("boss", "bosses"),
        ("child", "children"),
    ],
)  # fmt: skip
def test_plural(word: str, expected: str) -> None:
    assert plural(word) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [("François Hollande", "Francois Hollande"), ("the U.N.", "UN"), ("Al-Shabaab", "al Shabaab")],
)
def test_keys_agree(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


def test_word_lists() -> None:
    assert "say" in name_words("speech")
    with pytest.raises(KeyError):
        name_words("no such list")
