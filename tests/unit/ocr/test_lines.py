from pipeline.ocr.engine import Word
from pipeline.ocr.lines import in_logical_order, inserted, with_whole_boxes


def word(text: str, x0: int, top: int = 0, line: int = 0, width: int = 20) -> Word:
    return Word(text, x0, top, x0 + width, top + 10, 0.9, line)


def texts(words: tuple[Word, ...]) -> list[str]:
    lines: dict[int, list[str]] = {}
    for w in words:
        lines.setdefault(w.line, []).append(w.text)
    return [" ".join(lines[n]) for n in sorted(lines)]


def test_a_line_read_in_the_wrong_direction_is_turned() -> None:
    seen = [word("المجلس", 0), word("UN", 30), word("Office", 60), word("قرارات", 90)]
    assert texts(in_logical_order(seen)) == ["قرارات UN Office المجلس"]


def test_a_line_in_the_right_direction_keeps_the_engines_order() -> None:
    seen = [word("نظرا", 90), word("علنيا", 40), word("للفصل", 45), word("الآن", 0)]
    assert texts(in_logical_order(seen)) == ["نظرا علنيا للفصل الآن"]


def test_a_lost_line_goes_below_what_stands_above_it_in_its_column() -> None:
    left = [word("a", 0, 0, 0), word("c", 0, 40, 1)]
    right = [word("x", 200, 0, 2), word("z", 200, 40, 3)]
    assert texts(inserted(left + right, [word("y", 200, 20)])) == ["a", "c", "x", "y", "z"]
    assert texts(inserted(left + right, [word("b", 0, 20)])) == ["a", "b", "c", "x", "z"]


def test_a_lost_line_is_not_joined_across_a_gutter() -> None:
    left = [word("a", 0, 0, 0, 90), word("b", 0, 20, 1, 90), word("c", 0, 40, 2, 90)]
    right = [word("x", 100, 0, 3, 90), word("z", 100, 40, 4, 90)]
    assert texts(inserted(left + right, [word("y", 100, 20, 0, 90)])) == ["a", "b", "c", "x", "y", "z"]
    across = [word("title", 0, 60, 5, 190)]
    assert texts(inserted(left + right + across, [word("y", 100, 20, 0, 90)]))[1] == "b y"


def test_a_lost_word_goes_into_its_line() -> None:
    line = [word("one", 0), word("three", 60)]
    assert texts(inserted(line, [word("two", 30)])) == ["one two three"]
    arabic = [word("واحد", 60), word("ثلاثة", 0)]
    assert texts(inserted(arabic, [word("اثنان", 30)])) == ["واحد اثنان ثلاثة"]


def test_a_word_with_the_box_of_a_dot_gets_its_room() -> None:
    line = [
        Word("حق", 1367, 1272, 1396, 1322, 0.9, 0),
        Word("التمتع", 1300, 1288, 1307, 1293, 0.9, 0),
        Word("بجنسية", 1204, 1272, 1271, 1322, 0.9, 0),
    ]
    assert [(w.x0, w.top, w.x1, w.bottom) for w in with_whole_boxes(line)] == [
        (1367, 1272, 1396, 1322),
        (1272, 1272, 1366, 1322),
        (1204, 1272, 1271, 1322),
    ]


def test_narrow_words_keep_their_boxes() -> None:
    line = [Word("illi", 10, 0, 30, 20, 0.9, 0), Word("mammoth", 40, 0, 180, 20, 0.9, 0)]
    assert with_whole_boxes(line) == tuple(line)
