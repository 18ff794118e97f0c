"""Labels of parts: what "Annex II to the letter …", «المرفق الأول» or 附件二 says."""

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from pipeline.grammar.letters import signs_apart
from pipeline.grammar.numerals import chinese_number, int_from_roman, ordinal
from pipeline.structure.vocabulary import alternatives, connectives, part_words, tail_words, words_of
from schemas.layout import TextBlock
from schemas.structure import PartKind

_MARK = re.compile(r"[*†‡¹²³⁰⁴-⁹]+")
_SIGN = r"(?:№|nr\.?|no\.?|núm\.?|n[º°]|nömrə|#|رقم)?"
_NUMBER = re.compile(
    rf"[ \-–.]?\s*{_SIGN}\s*"
    r"(?P<value>[IVXLCΙ]+(?![\w’'])|\d{1,3}(?![\d,.]\d)|[A-Z](?![\w’'])|[一二三四五六七八九十]+)",
    re.IGNORECASE,
)
_ORDINAL_WORDS = 2
"""Arabic ordinals have up to two words: «الثاني عشر»."""
_BEFORE = re.compile(
    r"^(?P<value>\d{1,3})\s*(?:nömrəli|saylı|№-li|sayli|[-–]?(?:ci|cı|cu|cü))\s+(?=əlavə|qoşma)", re.IGNORECASE
)
_LONGEST_TAIL = 40
"""Characters within which the longest label at the end of a text stands; only there is it sought."""
_TAIL_OWNER = re.compile(r"信|函|照会|məktub|nota", re.IGNORECASE)


class Label(NamedTuple):
    """A part's label at the head of a block."""

    kind: PartKind
    language: str
    printed: str
    """The label without what follows: `Annex II`."""
    number: int | None
    rest: str
    """The text after the label."""
    end: int
    """Offset at which the rest begins."""
    mark: str = ""
    """Mark of a note between label and rest."""

    @property
    def belongs(self) -> bool:
        """True where the heading names what its part belongs to, as in "Annex to the letter dated …"."""
        return bool(connectives().match(self.rest)) or (self.end == 0 and bool(self.rest))

    @property
    def continued(self) -> bool:
        """True for a heading repeated on a later page."""
        return self.rest.strip(" ()[]*.–-").casefold() in words_of("continued")


def read_label(block: TextBlock) -> Label | None:
    """The label at the head of the block, or None; a plural ("Annexes") is none."""
    text = block.text
    label = _head_label(text, _superscripts(block)) or _tail_label(text)
    if block.confidence is None:
        return label
    return _with_damaged_number(label, block) if label else _damaged_label(text)


def _with_damaged_number(label: Label, block: TextBlock) -> Label:
    """The same; where it has a line to itself and recognition damaged its Roman number, with that: "ANNEX IIT".

    A numeral that could be several ("IT", an I and its underline, or II) is no title either: the label has no number.
    """
    line_end = next((line.offset for line in block.lines if line.offset > label.end), len(block.text))
    numeral = block.text[label.end : line_end].strip()
    if label.number is not None or not _NUMERAL_LIKE.fullmatch(numeral):
        return label
    value = int_from_roman(numeral.translate(_FOR_ONE)) if _ROMAN_LIKE.fullmatch(numeral) else None
    if value is None and numeral.translate(_FOR_ONE) == numeral:
        return label
    rest = block.text[line_end:]
    return label._replace(printed=f"{label.printed} {numeral}", number=value, rest=rest, end=line_end)


def _damaged_label(text: str) -> Label | None:
    """A label alone on a recognised page, one letter of its word misread: "Anncx II"."""
    words = text.split()
    if not 1 <= len(words) <= _LABEL_WORDS or len(words[0]) < _SURE_WORD or not _may_head(words[0]):
        return None
    plain = words[0].casefold().strip("*.:")
    if plain in part_words():
        return None
    near = [w for w, said in part_words().items() if not said.plural and signs_apart(w, plain) == 1]
    if len(near) != 1:
        return None
    label = _head_label(" ".join([near[0].capitalize(), *words[1:]]), set())
    return None if label is None or label.rest else label._replace(printed=text.strip(' "“«*'))


_NUMERAL_LIKE = re.compile(r"[IVXTJl1|]{2,5}")
_ROMAN_LIKE = re.compile(r"(?=[IVXTJl1|]{3}|[IVXl1|]{2})[IVXTJl1|]{2,5}")  # without "IT"
_FOR_ONE = str.maketrans(dict.fromkeys("TJl1|", "I"))
_LABEL_WORDS = 2  # the word and its number
_SURE_WORD = 5  # letters; of shorter ones a misread letter leaves too little


def _superscripts(block: TextBlock) -> set[int]:
    return {offset for style in block.styles if style.superscript for offset in range(style.start, style.end)}


def _head_label(text: str, raised: set[int]) -> Label | None:
    before = _BEFORE.match(text)
    start = before.end() if before else len(text) - len(text.lstrip(' "“«*'))
    found = _word_pattern().match(text, start)
    if not found:
        return None
    word = part_words()[found.group("word").casefold()]
    if word.plural or not (before or _may_head(found.group("word"))):
        return None
    end = found.end()
    number = int(before.group("value")) if before else None
    if not before:
        number, end = _number(text, end, word.language, raised)
    printed = text[:end].strip(' "“«*')
    mark, end = _mark(text, end, raised)
    rest = text[end:].strip()
    return Label(word.kind, word.language, printed, number, rest, len(text) - len(text[end:].lstrip()), mark)


@cache
def _word_pattern() -> re.Pattern[str]:
    wide = [word for word in part_words() if unicodedata.category(word[0]) == "Lo" and word[0] >= "\u4e00"]
    narrow = [word for word in part_words() if word not in wide]
    return re.compile(rf"(?P<word>(?:{alternatives(narrow)})(?![^\W\d_])|(?:{alternatives(wide)}))", re.IGNORECASE)


def _may_head(word: str) -> bool:
    """A heading begins with a capital where its script has any."""
    return not word[0].islower()


def _number(text: str, start: int, language: str, raised: set[int]) -> tuple[int | None, int]:
    words = text[start : start + 60].split()
    for count in range(min(_ORDINAL_WORDS, len(words)), 0, -1):
        value = ordinal(" ".join(words[:count]).strip("*:."), language) if language == "ar" else None
        if value:
            last = words[count - 1].strip("*:.")
            return value, text.index(last, start) + len(last)
    found = _NUMBER.match(text, start)
    if not found or found.start("value") in raised:
        return None, start
    value = _value(found.group("value"))
    if value is None or not _stands_apart(text, found, language):
        return None, start
    return value, found.end()


def _value(printed: str) -> int | None:
    printed = printed.replace("Ι", "I")
    if printed.isdecimal():
        return int(printed)
    if printed[0] >= "\u4e00":
        return chinese_number(printed)
    if not printed.isupper() and set(printed) <= set("IVXl") and printed[0] in "Il":
        printed = printed.replace("l", "I")  # recognition reads "Annex III" as "Annex Ill"
    if not printed.isupper():
        return None
    roman = int_from_roman(printed)
    return roman if roman else ord(printed) - ord("A") + 1 if len(printed) == 1 and printed.isascii() else None


def _stands_apart(text: str, found: "re.Match[str]", language: str) -> bool:
    """A single letter is a number only where no sentence goes on after it: "Annex A", not "Annex A
    report"."""
    value = found.group("value")
    gap = text[found.start() : found.start("value")]
    if not gap and language != "zh" and not value.isdecimal():
        return False
    after = text[found.end() :]
    if len(value) == 1 and value.isalpha() and value not in "IVX" and value.isascii():
        return not after.strip() or not after[:1].isspace() or bool(connectives().match(after.strip()))
    return True


def _mark(text: str, end: int, raised: set[int]) -> tuple[str, int]:
    stop = end
    while stop < len(text) and (stop in raised or _MARK.match(text[stop])):
        stop += 1
    return text[end:stop], stop


@cache
def _tail() -> re.Pattern[str]:
    value = r"\d{1,2}|[一二三四五六七八九十]+|[IVX]+"
    return re.compile(rf"(?P<word>{alternatives(tail_words())})\s*(?P<value>{value})?\s*[*]*$", re.IGNORECASE)


def _tail_label(text: str) -> Label | None:
    """A label at the end, as Chinese and Azerbaijani put it: 2025年4月10日……给秘书长的信的附件."""
    found = _tail().search(text, max(0, len(text) - _LONGEST_TAIL))
    if not found or found.start() == 0 or not _TAIL_OWNER.search(text[: found.start()]):
        return None
    word = part_words()[found.group("word").casefold()]
    value = found.group("value")
    return Label(word.kind, word.language, found.group().strip(" *"), _value(value) if value else None, text, 0)
