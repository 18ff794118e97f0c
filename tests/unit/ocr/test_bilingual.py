from pipeline.ocr.bilingual import merged
from pipeline.ocr.engine import Word


def words(*parts: tuple[str, int, float], top: int = 0, line: int = 0) -> list[Word]:
    return [Word(text, x0, top, x0 + 20, top + 10, confidence, line) for text, x0, confidence in parts]


def text(found: tuple[Word, ...]) -> str:
    return " ".join(word.text for word in found)


def test_latin_scraps_in_an_arabic_line_give_way_to_the_arabic_words() -> None:
    both = words(("tle", 90, 0.4), ("على", 60, 0.9), ("تعليمات", 30, 0.9), ("من", 0, 0.9))
    alone = words(("بناءً", 90, 0.8), ("على", 60, 0.9), ("تعليمات", 30, 0.9), ("من", 0, 0.9))
    assert text(merged(both, alone)) == "بناءً على تعليمات من"


def test_a_row_of_scraps_takes_the_arabic_order() -> None:
    both = words(("من", 90, 0.9), ("Al", 30, 0.3), ("Sell", 60, 0.3), ("لدى", 0, 0.9))
    alone = words(("من", 90, 0.9), ("الممثل", 60, 0.9), ("الدائم", 30, 0.9), ("لدى", 0, 0.9))
    assert text(merged(both, alone)) == "من الممثل الدائم لدى"


def test_symbols_stay_latin() -> None:
    both = words(("الوثائق", 60, 0.9), ("A/74/676-S/2020/90", 30, 0.6), ("المؤرخة", 0, 0.9))
    alone = words(("الوثائق", 60, 0.9), ("74/676-5/2020/90/.ه", 30, 0.6), ("المؤرخة", 0, 0.9))
    assert text(merged(both, alone)) == "الوثائق A/74/676-S/2020/90 المؤرخة"


def test_latin_lines_stay_latin() -> None:
    both = words(("Original:", 0, 0.9), ("English", 30, 0.9))
    alone = words(("طامتاعصط", 0, 0.3), ("لمصنع", 30, 0.3))
    assert text(merged(both, alone)) == "Original: English"
