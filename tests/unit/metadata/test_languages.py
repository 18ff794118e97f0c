"""Mastheads of New York in the official languages, as the versions print them."""

import pytest

from schemas.layout import TextBlock
from schemas.metadata import Distribution, DocumentType
from tests.unit.metadata.documents import page, read


def masthead(
    *,
    un: str,
    organs: tuple[str, str],
    right: tuple[str, ...],
    left: tuple[str, ...],
    year: str,
    title: tuple[str, ...],
) -> list[TextBlock]:
    rows = [(450, 46, 10, False, "A/75/660–S/2020/1267"), (123, 47, 14, False, un)]
    rows += [(123, 70 + 20 * n, 20, True, organ) for n, organ in enumerate(organs)]
    rows += [(397, 79 + 12 * n, 10, False, text) for n, text in enumerate(right)]
    rows += [(60, 214, 10, True, organs[0]), (348, 214, 10, True, organs[1]), (348, 226, 10, True, year)]
    rows += [
        (60, 226, 10, True, left[0]),
        (60, 238, 10, False, left[1]),
        (60, 256, 10, True, left[2]),
        (60, 274, 10, True, left[3]),
    ]
    rows += [(123, 300 + 13 * n, 12, True, text) for n, text in enumerate(title)]
    return page(*rows)


FRENCH = masthead(
    un="Nations Unies",
    organs=("Assemblée générale", "Conseil de sécurité"),
    right=("Distr. générale", "22 décembre 2020", "Français", "Original : anglais"),
    left=(
        "Soixante-quinzième session",
        "Points 34 et 35 de l’ordre du jour",
        "Prévention des conflits armés",
        "Question de Chypre",
    ),
    year="Soixante-quinzième année",
    title=(
        "Lettre datée du 18 décembre 2020, adressée au Secrétaire général",
        "par le Représentant permanent de la Norvège auprès des Nations Unies",
    ),
)
SPANISH = masthead(
    un="Naciones Unidas",
    organs=("Asamblea General", "Consejo de Seguridad"),
    right=("Distr. general", "22 de diciembre de 2020", "Español", "Original: inglés"),
    left=(
        "Septuagésimo quinto período de sesiones",
        "Temas 34 y 35 del programa",
        "Prevención de los conflictos armados",
        "Cuestión de Chipre",
    ),
    year="Septuagésimo quinto año",
    title=(
        "Carta de fecha 18 de diciembre de 2020 dirigida al Secretario General",
        "por el Representante Permanente de Noruega ante las Naciones Unidas",
    ),
)
RUSSIAN = masthead(
    un="Организация Объединенных Наций",
    organs=("Генеральная Ассамблея", "Совет Безопасности"),
    right=("Distr.: General", "22 December 2020", "Russian", "Original: English"),
    left=(
        "Семьдесят пятая сессия",
        "Пункты 34 и 35 повестки дня",
        "Предотвращение вооруженных конфликтов",
        "Кипрский вопрос",
    ),
    year="Семьдесят пятый год",
    title=(
        "Письмо Постоянного представителя Норвегии при Организации",
        "Объединенных Наций от 18 декабря 2020 года на имя Генерального секретаря",
    ),
)
CHINESE = masthead(
    un="联合国",
    organs=("大会", "安全理事会"),
    right=("Distr.: General", "22 December 2020", "Chinese", "Original: English"),
    left=("第七十五届会议", "议程项目34和35", "预防武装冲突", "塞浦路斯问题"),
    year="第七十五年",
    title=("2020年12月18日挪威常驻联合国代表给秘书长的信",),
)
ARABIC = masthead(
    un="الأمم المتحدة",
    organs=("الجمعية العامة", "مجلس الأمن"),
    right=("Distr.: General", "22 December 2020", "Arabic", "Original: English"),
    left=("الدورة الخامسة والسبعون", "البندان 34 و 35 من جدول الأعمال", "منع نشوب النزاعات المسلحة", "مسألة قبرص"),
    year="السنة الخامسة والسبعون",
    title=(
        "رسالة مؤرخة 18 كانون الأول/ديسمبر 2020 موجهة إلى الأمين العام",
        "من الممثل الدائم للنرويج لدى الأمم المتحدة",
    ),
)


@pytest.mark.parametrize(
    ("blocks", "language"),
    [(FRENCH, "fr"), (SPANISH, "es"), (RUSSIAN, "ru"), (CHINESE, "zh"), (ARABIC, "ar")],
    ids=["fr", "es", "ru", "zh", "ar"],
)
def test_a_letter_in_every_official_language(blocks: list[TextBlock], language: str) -> None:
    m = read(blocks).metadata
    assert [s.symbol for s in m.symbols] == ["A/75/660", "S/2020/1267"]
    assert (m.distribution, m.language, m.original_languages) == (Distribution.general, language, ("en",))
    assert [(o.session, o.year) for o in m.organs] == [(75, None), (None, 75)]
    assert [item.number for item in m.agenda_items] == ["34", "35"]
    assert len(m.agenda_titles) == 2
    assert (m.dates.masthead, m.dates.document) == ("2020-12-22", "2020-12-18")
    assert m.document_type is DocumentType.letter
    assert [party.state for party in m.senders] == ["NO"]
