"""Forecasts on invented sentences: likelihood, content, condition, horizon, and what is none."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.reading import forecasts, permissions, times
from onrecord.reading.contract import Parts
from onrecord.reading.parse import load_pipeline, parse
from onrecord.record.model import Forecast, Time
from onrecord.record.report import Report


def read(text: str, **known: str) -> Sequence[Forecast]:
    page = parse(Report(text=text, **known), load_pipeline())  # type: ignore[arg-type]
    parts = Parts()
    parts.permissions = permissions.read(page, parts)
    return forecasts.read(page, parts)


LIKELIHOODS = [
    ("The strike will end on Sunday.", "expected", "The strike will end on Sunday"),
    ("Exports are due to resume in June.", "expected", "Exports are due to resume in June"),
    ("The plant would employ 300.", "expected", "The plant would employ 300"),
    ("She plans to sue.", "expected", "sue"),
    ("A verdict is expected on Thursday.", "expected", "A verdict is expected on Thursday"),
    ("Prices will probably rise.", "likely", "Prices will probably rise"),
    ("He is optimistic that a deal can be reached.", "likely", "a deal can be reached"),
    ("The vote looks likely to slip.", "likely", "The vote looks likely to slip"),
    ("The river could flood again.", "possible", "The river could flood again"),
    ("They threatened to walk out.", "possible", "walk out"),
    ("Two schools face the threat of closure.", "possible", "Two schools face the threat of closure"),
    ("It is doubtful that he will pay.", "unlikely", "he will pay"),
    ("Few think the truce will hold.", "unlikely", "the truce will hold"),
    ("There is little chance that the talks will succeed.", "unlikely", "the talks will succeed"),
    ("It is hard to imagine that she returns.", "unlikely", "she returns"),
    ("The store won't reopen.", "not_expected", "The store won't reopen"),
    ("Officials do not expect delays.", "not_expected", "delays"),
    ("The rule would not apply until May.", "not_expected", "The rule would not apply until May"),
    ("The minister denied that the bank was about to fail.", "not_expected", "the bank was about to fail"),
    ("I do not think that the bridge will open.", "not_expected", "the bridge will open"),
    ("The mayor ruled out that the school would close.", "not_expected", "the school would close"),
    ("There is no doubt that the club will win.", "expected", "the club will win"),
    ("They pledged not to sell the land.", "not_expected", "not to sell the land"),
    ("Ministers will in no way accept it.", "not_expected", "Ministers will in no way accept it"),
    ("The town is on the verge of being taken.", "likely", "The town is on the verge of being taken"),
    ("Rising costs threaten to ruin the club.", "possible", "Rising costs threaten to ruin the club"),
    ("Shoppers will see no changes.", "expected", "Shoppers will see no changes"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "likelihood", "content"), LIKELIHOODS)
def test_likelihood_and_content(text: str, likelihood: str, content: str) -> None:
    (entry,) = read(text)
    assert (entry.likelihood, entry.content.text) == (likelihood, content)


@pytest.mark.parametrize(
    "text",
    [
        "It would have failed.",
        "Will they come?",
        "They did not announce whom they would support.",
        "How the men might face justice remains unclear.",
        "It does not mean it will fail.",
        "The virus may already be in the town.",
        "The ship could be carrying arms now.",
        "The firm must file a report.",
        "It happened in May.",
        "In her will the founder left a bell.",
        "Talks were to have begun on Monday.",
        "It remains unclear whether the deal will survive.",
        "May he rest in peace.",
        "I would like to thank them.",
        "He could not see the stage.",
        "",
    ],
)
def test_what_is_no_forecast(text: str) -> None:
    assert read(text) == []


def test_condition_is_left_out_of_the_content() -> None:
    (entry,) = read("Should the talks fail, the port will close.")
    assert entry.condition is not None
    assert entry.condition.text == "Should the talks fail"
    assert entry.content.text == "the port will close"


def test_horizon_is_the_time_with_its_preposition() -> None:
    text = "The bridge would probably reopen by Friday."
    page = parse(Report(text=text, published="2024-01-15"), load_pipeline())
    time = Time(
        id="t1", key="k", spans=((36, 42),), text="Friday", type="DATE", value="2024-01-19",
        start="2024-01-19", end="2024-01-19", score=1.0,
    )  # fmt: skip
    (entry,) = forecasts.read(page, Parts(times=(time,)))
    assert entry.horizon is not None
    assert (entry.horizon.text, entry.horizon.time) == ("by Friday", "t1")


def test_one_modal_is_one_entry() -> None:
    assert len(read("The firm will close the mine and sell the land.")) == 1
    assert len(read("The firm will close the mine and it may sell the land.")) == 2


PIECES = st.sampled_from(
    [
        "The strike will end. ", "🚧 It could flood.\r\n", "Zoë\u0301 plans to sue.\n\n",
        "“They may go,” he said. ", "will ", "is expected ", "is likely to ", "if ", "   ",
        "may not ", "the threat of ", "\u200b",
    ]
)  # fmt: skip


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=6).map("".join))
def test_spans_are_exact(text: str) -> None:
    for entry in read(text):
        for word in (entry.content, entry.cue, entry.condition, entry.horizon):
            if word is None:
                continue
            pieces = [text[start:end] for start, end in word.spans]
            assert " ".join(pieces) == word.text
            assert all(piece == piece.strip() and piece for piece in pieces)


@pytest.mark.parametrize(
    ("text", "condition", "content"),
    [
        ("As long as the rain falls, the river will rise.", "As long as the rain falls", "the river will rise"),
        ("When the bridge opens, traffic will double.", "When the bridge opens", "traffic will double"),
        ("As soon as the army leaves, rebels will return.", "As soon as the army leaves", "rebels will return"),
        ("Unless the rains come, farmers will lose the harvest.", "Unless the rains come", "farmers will lose the harvest"),
    ],
)  # fmt: skip
def test_a_condition_in_front_is_no_content(text: str, condition: str, content: str) -> None:
    (entry,) = read(text)
    assert entry.condition is not None
    assert (entry.condition.text, entry.content.text) == (condition, content)


@pytest.mark.parametrize(
    "text",
    [
        "It was a moment that would change the war.",
        "The day would come to be seen as a turning point.",
        "Some days he would call at noon.",
        "They made it without going to work.",
        "He would be here had it not been for the storm.",
        "The guide aims to help readers.",
        "Men are more likely to smoke.",
        "The books had been set aside.",
        "There is no doubt that they meant it.",
    ],
)
def test_what_was_and_what_is_is_no_forecast(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "horizon"),
    [
        ("The road will reopen as soon as possible.", "as soon as possible"),
        ("In the long run, the plan will cut costs.", "In the long run"),
        ("The minister said on Monday he would visit Oslo.", None),
    ],
)
def test_horizons_without_a_date(text: str, horizon: str | None) -> None:
    (entry,) = read(text)
    assert (None if entry.horizon is None else entry.horizon.text) == horizon


@pytest.mark.parametrize(
    ("text", "content", "condition"),
    [
        ("If we act now, we can ensure that prices will fall.", "prices will fall",
         "If we act now"),
        ("She plans to table a motion to end the strike if the board signs the deal.",
         "table a motion to end the strike", "if the board signs the deal"),
    ],
)  # fmt: skip
def test_conditions_of_the_clause_above_and_below(text: str, content: str, condition: str) -> None:
    (entry,) = read(text)
    assert entry.content.text == content
    assert entry.condition is not None
    assert entry.condition.text == condition


def test_the_time_of_the_saying_is_no_content() -> None:
    (entry,) = read("The minister said on Monday he would visit Oslo.", published="2024-05-01")
    assert entry.content.text == "he would visit Oslo"


@pytest.mark.parametrize(
    "text",
    [
        "The union's main preference is to settle the strike.",
        "The envoy said the owner's instinct was to keep the port open.",
        "There may be cases in which a fine is better than a ban.",
        "There may be parents who prefer a smaller school.",
        "I know of no other landlord that will paint the walls for free.",
        "The aid meets the minister's commitment to feed the camps.",
        "It was in May, when Anna Berg's plan to order new ferries was blocked by the council.",
        "For a mayor pledged to end the long strikes, the vote was a warning.",
        "Is that why the fares will rise?",
    ],
)
def test_preferences_cases_and_pledges_of_before_are_no_forecasts(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "likelihood", "content"),
    [
        ("There may be delays at the border on Friday.", "possible",
         "There may be delays at the border on Friday"),
        ("She knows of no court that will hear the case next month.", "expected",
         "that will hear the case next month"),
        ("The minister repeated her commitment to cut waiting times.", "expected",
         "cut waiting times"),
        ("The firm's plans to order new ships were dropped.", "not_expected", "order new ships"),
        ("The party pledged on Tuesday to build homes.", "expected", "build homes"),
        ("He ruled out the possibility of a merger.", "not_expected", "a merger"),
        ("She did not rule out the possibility of a merger.", "possible", "a merger"),
        ("The chancellor declined to rule out the prospect of higher fares.", "possible",
         "higher fares"),
        ("The note showed that the intent was to close the school.", "expected",
         "close the school"),
        ("Is that not a breach of your assurances that the fares would stay low?", "expected",
         "the fares would stay low"),
        ("That will be -- we will publish the list.", "expected",
         "That will be -- we will publish the list"),
    ],
)  # fmt: skip
def test_what_is_still_said_to_come(text: str, likelihood: str, content: str) -> None:
    (entry,) = read(text)
    assert (entry.likelihood, entry.content.text) == (likelihood, content)


def read_with_times(text: str) -> Sequence[Forecast]:
    page = parse(Report(text=text, published="2024-05-01"), load_pipeline())
    parts = Parts()
    parts.times = times.read(page, parts)
    return forecasts.read(page, parts)


@pytest.mark.parametrize(
    ("text", "horizon"),
    [
        ("The council will stay out of the row until the review is done.",
         "until the review is done"),
        ("She will keep calling the office until they answer and pay the refund.",
         "until they answer and pay the refund"),
        ("The board will not comment before the inquiry has ended.",
         "before the inquiry has ended"),
        ("The city would face a hard winter after the closing of the plant.",
         "after the closing of the plant"),
        ("The firm will hire again after selling its yard.", "after selling its yard"),
        ("The firm will look after the building.", None),
        ("The bank is closing forty branches over the next two years.", "over the next two years"),
        ("The club is moving to a new ground in the coming months.", "in the coming months"),
    ],
)  # fmt: skip
def test_horizons_told_by_a_deed_or_a_stretch(text: str, horizon: str | None) -> None:
    (entry,) = read_with_times(text)
    assert (None if entry.horizon is None else entry.horizon.text) == horizon


@pytest.mark.parametrize(
    "text",
    [
        "In 1999 the senator pledged to close the mines.",
        "The club is in the last few days of its sale.",
        "The bank has closed forty branches over the last two years.",
    ],
)
def test_what_is_dated_by_years_before_is_history(text: str) -> None:
    assert read_with_times(text) == []
