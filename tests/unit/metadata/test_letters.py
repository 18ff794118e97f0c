"""Frames of letters: circulation requests, signatures whose titles run over lines, who acts for whom."""

import pytest

from pipeline.metadata.communications import read_addressees, read_circulation, read_title_frame
from pipeline.metadata.evidence import Trail
from pipeline.metadata.parties import party_of
from pipeline.metadata.signatures import signatories
from pipeline.metadata.types import type_of
from schemas.metadata import Organ
from tests.unit.metadata.documents import plain

COUNCIL = (Organ(name="Security Council", printed="Security Council"),)


@pytest.mark.parametrize(
    ("text", "organs", "items"),
    [
        (
            "I should be grateful if you would circulate the present letter and its annex as a document of the General "
            "Assembly, under agenda items 24 and 62, and of the Security Council.",
            ("General Assembly", "Security Council"),
            ("24", "62"),
        ),
        ("I should be grateful if the letter could be issued as a document of the Council.", ("Security Council",), ()),
        ("It is requested that it be circulated as a document of the Assembly, under item 4.", (), ("4",)),
    ],
)
def test_circulation(text: str, organs: tuple[str, ...], items: tuple[str, ...]) -> None:
    found = read_circulation(plain(text), Trail(), COUNCIL)
    assert found is not None
    assert (found.organs, found.agenda_items) == (organs, items)


def test_titles_that_run_over_lines() -> None:
    found = signatories(
        plain(
            "(Signed) Ola Nordmann|Ambassador|Permanent Representative of the Republic of Norway|to the United Nations"
        ),
        Trail(),
    )
    assert found[0].titles == ("Ambassador", "Permanent Representative of the Republic of Norway to the United Nations")


def test_president_who_acts_for_a_committee() -> None:
    party = party_of("the President of the Security Council acting in the absence of a Chair of the Committee")
    assert (party.role, party.organization) == ("President", "Security Council")


@pytest.mark.parametrize(
    ("title", "kind", "date", "senders", "addressees"),
    [
        (
            "Lettre datée du 18 décembre 2020, adressée au Secrétaire général par le Représentant permanent de "
            "l’Azerbaïdjan auprès de l’Organisation des Nations Unies",
            "letter",
            "2020-12-18",
            ["AZ"],
            ["Secrétaire général"],
        ),
        (
            "Cartas idénticas de fecha 10 de abril de 2025 dirigidas al Secretario General y al Presidente del Consejo "
            "de Seguridad por el Encargado de Negocios interino de la Misión Permanente del Líbano ante las Naciones "
            "Unidas",
            "identical_letters",
            "2025-04-10",
            ["LB"],
            ["Secretario General", "Presidente"],
        ),
        (
            "Письмо Генерального секретаря от 1 мая 2025 года на имя Председателя Совета Безопасности",
            "letter",
            "2025-05-01",
            [None],
            ["Председателя Совета Безопасности"],
        ),
        (
            "2025年4月10日黎巴嫩常驻联合国代表团临时代办给秘书长和安全理事会主席的同文信",
            "identical_letters",
            "2025-04-10",
            ["LB"],
            ["秘书长", "安全理事会主席"],
        ),
        (
            "مذكرة شفوية مؤرخة 20 آب/أغسطس 2025 موجهة إلى رئيس مجلس الأمن من البعثة الدائمة لبولندا لدى الأمم المتحدة",
            "note_verbale",
            "2025-08-20",
            ["PL"],
            ["رئيس مجلس الأمن"],
        ),
        (
            "Letter dated 3 June 2025 from the representatives of Denmark, Greece and Slovenia to the United Nations "
            "addressed to the President of the Security Council",
            "letter",
            "2025-06-03",
            ["DK", "GR", "SI"],
            ["President"],
        ),
        (
            "Letter dated 5 May 2025 from the Permanent Observer of the State of Palestine to the United Nations "
            "addressed to the Secretary-General",
            "letter",
            "2025-05-05",
            ["PS"],
            ["Secretary-General"],
        ),
    ],
)
def test_titles_in_seven_languages(title: str, kind: str, date: str, senders: list[str], addressees: list[str]) -> None:
    frame = read_title_frame(title, [], Trail())
    assert type_of([], [title])[0].value == kind
    assert frame.date == date
    assert [party.state for party in frame.senders] == senders
    assert [party.role for party in frame.addressees] == addressees


@pytest.mark.parametrize(
    ("block", "signed"),
    [
        ("(Signé) Jean Martin|Ambassadeur|Représentant permanent", [("Jean Martin", 2)]),
        ("Le Représentant permanent,|Ambassadeur|(Signé) Jean Martin", [("Jean Martin", 2)]),
        ("大使|常驻代表|张军(签名)", [("张军", 2)]),
        ("Временный поверенный в делах|(Подпись) И. И. Иванов", [("И. И. Иванов", 1)]),
        ("(توقيع) ياشار علييف|السفير|الممثل الدائم", [("ياشار علييف", 2)]),
        (
            "(Signed) Ola Nordmann|Permanent Representative of Norway|(Signed) Per Hansen",
            [("Ola Nordmann", 1), ("Per Hansen", 0)],
        ),
    ],
)
def test_signatures_in_several_languages(block: str, signed: list[tuple[str, int]]) -> None:
    assert [(s.name, len(s.titles)) for s in signatories(plain(block), Trail())] == signed


@pytest.mark.parametrize(
    ("block", "name", "role"),
    [
        ("H.E. Mr. Ola Nordmann|Secretary-General", "Ola Nordmann", "Secretary-General"),
        ("His Excellency|Mr. Ola Nordmann|Secretary-General", "Ola Nordmann", "Secretary-General"),
        (
            "Его Превосходительству|г-ну Пересу Де Куэльяру|Генеральному секретарю",
            "Пересу Де Куэльяру",
            "Генеральному секретарю",
        ),
        ("Son Excellence|Monsieur Jean Martin|Secrétaire général", "Jean Martin", "Secrétaire général"),
    ],
)
def test_addressees(block: str, name: str, role: str) -> None:
    found = read_addressees(plain(block), Trail())
    assert [(party.name, party.role) for party in found] == [(name, role)]


def test_a_greeting_is_no_addressee() -> None:
    assert read_addressees(plain("Madame,", "His Excellency said so."), Trail()) == ()
