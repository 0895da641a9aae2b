"""Permissions on invented sentences: states, roles, conditions, anaphora, and what is none."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.reading import permissions
from onrecord.reading.contract import Parts
from onrecord.reading.parse import load_pipeline, parse
from onrecord.record.model import Permission
from onrecord.record.report import Report


def read(text: str) -> Sequence[Permission]:
    return permissions.read(parse(Report(text=text), load_pipeline()), Parts())


def texts(words: Sequence[object]) -> list[str]:
    return [getattr(word, "text") for word in words]  # noqa: B009 - every entry of a role has words


STATES = [
    ("The port cleared the tanker to unload.", "granted"),
    ("Nurses are exempt from the levy.", "granted"),
    ("She was given leave to appeal.", "granted"),
    ("The ban on night fishing was lifted.", "granted"),
    ("The regulator gave the go-ahead for the merger.", "granted"),
    ("Residents will be allowed to return home from Monday.", "granted"),
    ("Lawmakers voted to legalise cannabis.", "granted"),
    ("The judge barred him from the stadium.", "withheld"),
    ("The guards are not authorized to carry rifles.", "withheld"),
    ("Their asylum claim was rejected.", "withheld"),
    ("Diesel vans cannot enter the old town.", "withheld"),
    ("The army stopped short of authorising strikes.", "withheld"),
    ("The minister said he would not lift the embargo.", "withheld"),
    ("Voters rejected a proposal to allow casinos.", "withheld"),
    ("The mill may reopen only if it fits filters.", "conditional"),
    ("No one leaves without the captain's approval.", "conditional"),
    ("The sale still needs the board's consent.", "conditional"),
    ("He cannot leave the country without permission from the court.", "conditional"),
    ("Visitors must obtain a permit before entering the park.", "conditional"),
    ("Farmers asked the state to allow culling.", "requested"),
    ("They applied for the ban to be lifted.", "requested"),
    ("Envoys sought access to the prisoner.", "requested"),
    ("Activists urged the court to let the boat dock.", "requested"),
    ("The union urged the lifting of the ban on overtime.", "requested"),
    ("Senators have an interest in restricting exports of chips.", "considered"),
    ("Shortages could be avoided by lifting bans on imports.", "considered"),
    ("She introduced legislation allowing nurses to prescribe drugs.", "considered"),
    ("There is a debate about whether the men should be allowed to return.", "considered"),
    ("Sara had her licence suspended after the crash.", "revoked"),
    ("Restrictions on travel were to be lifted.", "granted"),
    ("The firm plans to approve the deal.", "considered"),
    ("A bill proposes to outlaw smoking on beaches.", "considered"),
    ("Brussels is considering whether to suspend the company's licence.", "considered"),
    ("His press card was withdrawn.", "revoked"),
    ("The union lost its registration.", "revoked"),
    ("The club's licence was suspended for a month.", "revoked"),
    ("The home secretary stripped her of citizenship.", "revoked"),
    ("The minister ordered her passport to be revoked.", "revoked"),
    ("The court ordered his licence revoked.", "revoked"),
    ("The parties must keep the peace and allow inspectors in.", "requested"),
    ("Lawyers asked the judge to let the jury see the video.", "requested"),
    ("Ministers are under pressure to lift the ban.", "requested"),
    ("Allies encouraged the ministry to restrict its exports.", "requested"),
    ("They are seeking a court order to stop the demolition.", "requested"),
    ("She will ease taxes, allow nurses to prescribe drugs and go home.", "considered"),
    ("The president has the power to ban the party.", "considered"),
    ("Officials are considering easing the rules on fishing.", "considered"),
    ("He doubted that he would ever be allowed to return.", "considered"),
    ("The government is trying to ban the party.", "considered"),
    ("Senators introduced a bill this week to prohibit the app.", "considered"),
    ("The merger is subject to approval by regulators.", "conditional"),
    ("The firm was granted planning permission on condition that it builds a school.", "conditional"),
    ("Fishing is permitted only in two cases: if the lake is full or if the club agrees.", "conditional"),
    ("The regulator cleared the takeover.", "granted"),
    ("The tribunal gave the union leave to appeal.", "granted"),
    ("The family rarely allowed the girl to go out.", "withheld"),
    ("Smoking is illegal in the park.", "withheld"),
    ("She was refused entry at the border.", "withheld"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "state"), STATES)
def test_state(text: str, state: str) -> None:
    found = read(text)
    assert [entry.state for entry in found] == [state]


@pytest.mark.parametrize(
    "text",
    [
        "Weather permitting, the regatta will start on Monday.",
        "A faded permit hung on the wall.",
        "The keeper allowed three goals.",
        "The valve allows water to drain.",
        "The new boiler allows the pool to stay warm all winter.",
        "She refused to speak.",
        "Talks were suspended.",
        "He never finished the race, let alone won it.",
        "Crews cleared mines to reach the village.",
        "Thank you for allowing me to say a few words.",
        "The minister allowed the law to expire.",
        "The bridge will be a fund that lets us help the town.",
        "They create jobs by allowing trade to grow.",
        "The driver waived extradition.",
        "The senator is accepting applications.",
        "People applying for asylum wait for months.",
        "The strike was unlawful.",
        "The agency mailed cards to tax-exempt organisations.",
        "An exempt carrier signed the deal.",
        "",
    ],
)
def test_what_is_no_permission(text: str) -> None:
    assert read(text) == []


def test_roles() -> None:
    (entry,) = read("The council urged the harbour board to let Lindqvist Lines use the east pier.")
    assert entry.state == "requested"
    assert texts(entry.requester) == ["The council"]
    assert texts(entry.grantor) == ["the harbour board"]
    assert texts(entry.grantee) == ["Lindqvist Lines"]
    assert texts(entry.item) == ["the east pier"]
    assert entry.act is not None
    assert entry.act.text == "use the east pier"


def test_passive_without_grantor() -> None:
    (entry,) = read("Use of the northern runway was not initially authorized for cargo flights.")
    assert (entry.state, entry.deontic, entry.grantor) == ("withheld", "allow", ())


def test_condition() -> None:
    (entry,) = read("They hesitated to allow the miners to use the shaft unless the mayor agreed.")
    assert entry.state == "conditional"
    assert entry.condition is not None
    assert entry.condition.text == "unless the mayor agreed"


def test_a_ban_is_deontically_a_ban() -> None:
    (entry,) = read("The province banned imports of cane sugar.")
    assert (entry.state, entry.deontic) == ("withheld", "forbid")


def test_anaphora_links_to_the_earlier_decision() -> None:
    first, second = read(
        "The ministry imposed a ban on night fishing in May. The ban was lifted on Monday."
    )
    assert first.changes is None
    assert second.changes == first.id


def test_ids_follow_the_text() -> None:
    found = read(
        "The court granted him bail. It barred her from the town. They asked to be let in."
    )
    assert [entry.id for entry in found] == [f"r{n}" for n in range(1, len(found) + 1)]
    assert [entry.anchor.spans for entry in found] == sorted(e.anchor.spans for e in found)


PIECES = st.sampled_from(
    [
        "The judge barred him from the stadium. ", "🚢 The port cleared the tanker to unload.\r\n",
        "Zoë\u0301 asked the state to allow culling.\n\n", "“Diesel vans cannot enter”, he said. ",
        "The ban, the ban, was lifted. ", "   ", "if unless only ", "They may not use it. ",
        "visa permit licence ", "let ", "(approved) ", "\u200b",
    ]
)  # fmt: skip


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=6).map("".join))
def test_spans_are_exact(text: str) -> None:
    for entry in read(text):
        words = [entry.anchor, *entry.grantor, *entry.grantee, *entry.requester, *entry.item]
        words += [*entry.where, *entry.against, *entry.limits, *entry.times]
        words += [w for w in (entry.act, entry.condition) if w is not None]
        for word in words:
            pieces = [text[start:end] for start, end in word.spans]
            assert " ".join(pieces) == word.text
            assert all(piece == piece.strip() and piece for piece in pieces)


def test_what_a_ban_keeps_people_from_doing() -> None:
    (entry,) = read("A ban on foreigners buying land was passed.")
    assert texts(entry.grantee) == ["foreigners"]
    assert entry.act is not None
    assert entry.act.text == "buying land"


def test_whoever_has_a_thing_revoked_is_the_grantee() -> None:
    (entry,) = read("Sara had her passport withdrawn by the court.")
    assert (texts(entry.grantor), texts(entry.grantee)) == (["the court"], ["Sara"])


@pytest.mark.parametrize(
    "text", ["Let's discuss the plan.", "They need herd immunity to stop the virus."]
)
def test_no_leave_in_invitations_and_diseases(text: str) -> None:
    assert not read(text)


@pytest.mark.parametrize(
    ("text", "grantor"),
    [
        ("The motion was approved by 12 votes to 3.", []),
        ("Students will need visas from next year.", []),
        ("No decision was taken on whether to allow the march.", []),
        (
            "She tabled a bill for the protection of animals that would forbid hunting.",
            ["a bill for the protection of animals"],
        ),
        ("The minister ordered her passport to be revoked.", ["The minister"]),
        ("The merger is subject to approval by regulators.", ["regulators"]),
        ("The sale still needs the board's consent.", ["the board's"]),
    ],
)
def test_who_lets_is_a_party_or_a_text(text: str, grantor: list[str]) -> None:
    (entry,) = read(text)
    assert texts(entry.grantor) == grantor


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("Nobody leaves without the captain's approval.", "without the captain's approval"),
        ("Iran would allow inspectors in if sanctions were lifted.", "if sanctions were lifted"),
        ("The merger is subject to approval by regulators.", "subject to approval by regulators"),
        (
            "The firm was granted permission on condition that it builds a school.",
            "on condition that it builds a school",
        ),
    ],
)
def test_conditions_by_how_they_open(text: str, condition: str) -> None:
    entry = read(text)[0]
    assert entry.condition is not None
    assert entry.condition.text == condition


@pytest.mark.parametrize(
    ("text", "grantee", "item", "act"),
    [
        ("Paris banned smoking.", [], [], "smoking"),
        ("Paris banned electric scooters.", [], ["electric scooters"], None),
        ("Oslo allowed the use of its ports by trawlers.", [], ["its ports"], "the use of its ports"),
        ("The judge gave permission for the family to bring a claim.",
         ["the family"], ["a claim"], "bring a claim"),
        ("The officers allowed the extra floors to be built.", [], ["the extra floors"], "be built"),
    ],
)  # fmt: skip
def test_a_thing_is_an_item_and_a_deed_an_act(
    text: str, grantee: list[str], item: list[str], act: str | None
) -> None:
    (entry,) = read(text)
    assert texts(entry.item) == item
    assert (entry.act.text if entry.act else "").startswith(act or "")
    assert bool(entry.act) == bool(act)
    if grantee:
        assert texts(entry.grantee) == grantee


@pytest.mark.parametrize(
    "text",
    [
        "Norway let the yard use its dock. Denmark has not given the same permission.",
        "The regulator approved the spray in June. Such use had been forbidden for years.",
        "The board barred the mayor from office. A court upheld the ban.",
        "The ministry suspended the paper's licence. The licence was restored in July.",
        "The ministry did not allow Oslo to sell the ship. It may allow it next week.",
    ],
)
def test_decisions_told_before_are_linked(text: str) -> None:
    first, second = read(text)
    assert (first.changes, second.changes) == (None, first.id)


def test_two_things_of_two_names_are_two_decisions() -> None:
    first, second = read(
        "Norway allowed the yard to build the Aurora ferry. "
        "Norway allowed the yard to build the Bergen ferry."
    )
    assert second.changes is None
    assert first.changes is None


@pytest.mark.parametrize(
    ("text", "state", "condition"),
    [
        ("Cities can run their own bus services if those services meet national rules.",
         "conditional", "if those services meet national rules"),
        ("Owners can administer their own parks if they hold a licence.",
         "conditional", "if they hold a licence"),
        ("Farmers may drain the lake if the board agrees.", "conditional", "if the board agrees"),
        ("The ministry lifted this licence.", "revoked", None),
        ("The ministry lifted the ban on eels.", "granted", None),
        ("Norway is willing to reopen its airport to charter flights.", "considered", None),
        ("Oslo closed its border to tourists.", "withheld", None),
        ("Her bid to join the race was blocked by a narrow margin.", "withheld", None),
    ],
)  # fmt: skip
def test_terms_gates_and_leave_that_is_lifted(text: str, state: str, condition: str | None) -> None:
    (entry,) = read(text)
    assert entry.state == state
    assert (None if entry.condition is None else entry.condition.text) == condition


@pytest.mark.parametrize(
    "text",
    [
        "Visitors can swim if the weather is good.",
        "You can use the tool if you like.",
        "The shop opened its doors to the press.",
        "The bridge opened the port to the east.",
        "The road was blocked by a fallen tree.",
    ],
)
def test_means_and_doors_are_no_leave(text: str) -> None:
    assert list(read(text)) == []


@pytest.mark.parametrize(
    ("text", "grantor"),
    [
        ("Norway has not decided whether it will allow trawlers into the bay.", ["Norway"]),
        ("The council said it would allow the fair.", ["The council"]),
        ("The law is old. The fans said it would allow the men to race.", ["it"]),
        ("The bill declares that it is the policy of the state not to build dams and prohibits "
         "the sale of river land.", ["The bill"]),
        ("Under the ferry act, captains are allowed to refuse passengers.", ["the ferry act"]),
        ("According to the paper, refugees are allowed to stay.", []),
        ("Stocks are in better shape, enough to lift this authorization.", []),
        ("Owners can run a bar if they hold council approval.", ["council"]),
    ],
)  # fmt: skip
def test_who_lets_is_named_by_the_sentence(text: str, grantor: list[str]) -> None:
    (entry,) = read(text)
    assert texts(entry.grantor) == grantor


@pytest.mark.parametrize(
    ("text", "grantee", "item"),
    [
        ("Emergency logging was disallowed in the valley.", [], []),
        ("Coal mining was prohibited.", [], ["Coal"]),
        ("The mayor allowed traders onto the square.", ["traders"], []),
        ("The mayor's plan to sell the park was blocked by the council.",
         ["The mayor"], ["the park"]),
        ("The firm told drivers not to leave without a permit.", ["drivers"], []),
    ],
)  # fmt: skip
def test_places_and_occasions_are_no_items(text: str, grantee: list[str], item: list[str]) -> None:
    (entry,) = read(text)
    assert ([t.removesuffix("'s") for t in texts(entry.grantee)], texts(entry.item)) == (
        grantee, item,
    )  # fmt: skip
