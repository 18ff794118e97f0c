"""Notes at the foot of recognised columns whose figures were lost."""

from schemas.geometry import Box
from schemas.layout import BlockKind, Direction, LineStart, TextBlock
from tests.unit.structure.blocks import document
from tests.unit.structure.test_notes import notes


def printed(
    top: float, pitch: float, *lines: str, left: float = 60, indent: float = 0, confidence: float | None = 0.9
) -> TextBlock:
    """A block of printed lines, the first one set in by `indent`."""
    text = " ".join(lines)
    starts, offset = [], 0
    for n, line in enumerate(lines):
        x0 = left + (indent if n == 0 else 0)
        starts.append(LineStart(offset, 1, Box(x0, top + n * pitch, left + 240, top + n * pitch + 0.8 * pitch)))
        offset += len(line) + 1
    box = Box(left, top, left + 240, top + len(lines) * pitch)
    kind = BlockKind.paragraph
    return TextBlock("", 1, box, kind, text, Direction.ltr, confidence=confidence, lines=tuple(starts))


def column(confidence: float | None = 0.9, marks: tuple[str, str] = ("Nations 2,", "members 3,")) -> list[TextBlock]:
    return [
        printed(
            100,
            10,
            "having received the",
            "recommendation of the Council",
            "on the United Nations,",
            confidence=confidence,
        ),
        printed(
            140, 10, "having considered the", f"application of the {marks[0]}", "as a member", confidence=confidence
        ),
        printed(
            180, 10, "decides to admit the State", f"to the list of {marks[1]}", "from today", confidence=confidence
        ),
        printed(600, 8, "' Official Records of the", "Assembly, Annexes.", indent=9, confidence=confidence),
        printed(620, 8, "A/8275. The text is in the", "Records of the Council.", indent=9, confidence=confidence),
        printed(640, 8, "* Agency, Annual Report.", "Vienna, 1971.", indent=9, confidence=confidence),
        printed(656, 8, "Sent with a note.", left=60, confidence=confidence),
    ]


def test_numbers_by_order_where_figures_confirm_them() -> None:
    found = notes(*column())
    assert [(mark, text) for mark, text, _ in found] == [
        ("1", "Official Records of the Assembly, Annexes."),
        ("2", "A/8275. The text is in the Records of the Council."),
        ("3", "Agency, Annual Report. Vienna, 1971. Sent with a note."),
    ]
    assert [[block for block, _ in anchors] for _, _, anchors in found] == [[], ["b2"], ["b3"]]


def test_nothing_without_confirmation_or_recognition() -> None:
    assert notes(*column(marks=("Nations", "members"))) == []
    assert notes(*column(confidence=None)) == []
    assert notes(*document(*column()[:3])) == []
