import pytest

from pipeline.ocr.engine import Orientation, Word
from pipeline.ocr.routing import better_packs, first_packs, holds_azerbaijani, holds_latin


def words(text: str, confidence: float = 0.9) -> list[Word]:
    return [Word(part, 0, 0, 9, 9, confidence, 0) for part in text.split()]


@pytest.mark.parametrize(
    ("script", "sure", "hints", "want"),
    [
        ("Latin", 5.0, (), ("eng",)),
        ("Latin", 5.0, ("az-Latn",), ("aze", "eng")),
        ("Latin", 5.0, ("fr",), ("fra",)),
        ("Latin", 5.0, ("ar",), ("eng",)),
        ("Arabic", 80.0, ("en",), ("ara",)),
        ("Cyrillic", 5.0, (), ("rus", "eng")),
        ("Cyrillic", 5.0, ("az-Cyrl",), ("aze_cyrl", "rus")),
        ("Cyrillic", 0.3, ("en",), ("eng",)),
        ("Cyrillic", 0.3, ("ru",), ("rus", "eng")),
        ("Han", 5.0, (), ("chi_sim",)),
    ],
)
def test_script_chooses_and_hints_decide_inside_it(
    script: str, sure: float, hints: tuple[str, ...], want: tuple[str, ...]
) -> None:
    assert first_packs(Orientation(0, 9.0, script, sure), hints) == want


def test_hints_alone_decide_where_the_script_is_unknown() -> None:
    assert first_packs(None, ("ar",)) == ("ara",)
    assert first_packs(None, ()) == ("eng",)


@pytest.mark.parametrize(
    ("text", "packs", "want"),
    [
        ("le Conseil et les Etats dans la region pour que le Comite sur les droits du peuple", ("eng",), ("fra",)),
        ("los Estados y el Consejo que en la region por los pueblos del mundo", ("eng",), ("spa",)),
        ("the Council and the States of the region to which the report", ("eng",), None),
        ("ve bu ile ve olan ve bu ile", ("eng",), ("aze", "eng")),
        ("1 2 3", ("eng",), None),
    ],
)
def test_the_first_readings_words_ask_for_their_pack(
    text: str, packs: tuple[str, ...], want: tuple[str, ...] | None
) -> None:
    assert better_packs(words(text), packs) == want


def test_doubtful_words_in_an_arabic_page_may_be_latin() -> None:
    assert holds_latin(words("المادة الثانية") + words("طامتاعصط", 0.3))
    assert not holds_latin(words("المادة الثانية من الإعلان"))


def test_azerbaijani_shows_by_its_letter() -> None:
    assert holds_azerbaijani(words("Hər bir şəxsin yaşamaq və azadlıq hüququ əsasən"))
    assert not holds_azerbaijani(words("Permanent Mission of Azerbaijan"))
    assert not holds_azerbaijani(words("xər səxa ə əyə səxa əə", 0.4))
