from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.record.report import Failure, Report
from onrecord.sources.language import not_english
from tests.sources.helpers import PROSE, failure, one, read

OTHERS = {
    "de": (
        "Der Hafen der nördlichen Provinz wird am Montag für Getreideschiffe geöffnet, "
        "wie der Rat mitteilte. Die Wachen seien angewiesen worden, nicht auf sie zu "
        "schießen, hieß es in der Hauptstadt nach langen Gesprächen mit den Händlern."
    ),
    "nl": (
        "De haven van de noordelijke provincie gaat maandag open voor de graanschepen, zo"
        " zei de raad. De wacht is gezegd dat zij niet op de schepen mogen schieten, was "
        "in de hoofdstad te horen na lange gesprekken over de kosten van de haven."
    ),
    "fr": (
        "Le conseil de la province du nord a annoncé lundi qu'il ouvrirait le port aux "
        "navires céréaliers et que ses gardes avaient reçu l'ordre de ne pas tirer sur "
        "eux, après de longues discussions avec les marchands de la capitale."
    ),
    "es": (
        "El consejo de la provincia del norte anunció el lunes que abriría el puerto a "
        "los barcos de grano y que sus guardias habían recibido la orden de no disparar "
        "contra ellos, tras largas conversaciones con los comerciantes de la capital."
    ),
    "ru": (
        "Совет северной провинции заявил в понедельник, что откроет порт для судов с "
        "зерном и что охране приказано не стрелять по ним, сообщили в столице после "
        "долгих переговоров с торговцами о стоимости услуг лоцманов в порту города."
    ),
    "ar": (
        "أعلن مجلس المقاطعة الشمالية يوم الاثنين أنه سيفتح الميناء أمام سفن الحبوب وأن "
        "حراسه أمروا بعدم إطلاق النار عليها، وذلك بعد محادثات طويلة مع التجار في العاصمة "
        "حول تكاليف الميناء والرسوم المفروضة على السفن التي تدخل إليه كل يوم."
    ),
    "zh": "北方省议会周一表示，将向运粮船开放港口，并已命令警卫不得向其开火。" * 8,
}


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages_are_skipped_and_told(language: str) -> None:
    found = failure(OTHERS[language].encode(), "a.txt")
    assert found.kind == "skipped"
    assert repr(language) in found.reason


def test_short_texts_are_taken_as_english() -> None:
    assert not_english("Der Hafen ist offen.") is None
    assert one(b"Der Hafen ist offen, sagte sie.").language == "en"


def test_the_user_can_force_it() -> None:
    assert one(OTHERS["de"].encode(), "a.txt", language="en").language == "en"


@pytest.mark.parametrize(
    "text",
    [
        PROSE * 3,
        PROSE.upper() * 3,
        "Nguyễn Văn Đức, Trần Thị Hồng and Phạm Minh Chính met Þórdís Kolbrún Gylfadóttir, "
        "Łukasz Żółkiewski and Škoda Žižkovský in São Tomé, said the office of José Ramos-Horta. "
        * 2,
        "1234567890 " * 40,
        "???? " * 80,
    ],
)
def test_english_with_foreign_names_is_read(text: str) -> None:
    assert not_english(text) is None


def test_every_english_text_of_the_corpora_is_read(shared: Path) -> None:
    for name in ("guardian", "wikinews_2019_2020"):
        path = shared / "corpora" / name / "docs.jsonl"
        texts = [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]
        assert [text[:80] for text in texts if not_english(text)] == []


def test_one_line_in_another_language_does_not_stop_the_others() -> None:
    rows = [{"id": "de", "text": OTHERS["de"]}, {"id": "en", "text": PROSE}]
    found = read("\n".join(json.dumps(row) for row in rows).encode(), "a.jsonl")
    assert isinstance(found[0], Failure)
    assert found[0].name == "a.jsonl · de"
    assert isinstance(found[1], Report)
