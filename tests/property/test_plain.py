"""Whatever the text, each of its words lands in exactly one block."""

import re

from hypothesis import given
from hypothesis import strategies as st

from pipeline.layout.plain import plain_blocks
from pipeline.layout.plain.markup import read_inline
from tests.support.builders import plain_page

LINES = st.lists(
    st.text(alphabet="abcdeАБвгمرфق。.,;: 12()*_#-<>[]!|¹\\`~\t", max_size=40)
    | st.sampled_from(["", "", "---", "1 x", "and the"]),
    max_size=30,
)


def letters(text: str) -> str:
    return "".join(re.findall(r"\w", text))


@given(LINES)
def test_no_word_is_lost_or_doubled(lines: list[str]) -> None:
    text = "\n".join(lines)
    blocks = plain_blocks([plain_page(text)])
    found = sorted("".join(letters(b.text) for b in blocks))
    kept = "\n".join(line for line in lines if not re.fullmatch(r"[\s_]*|[\s_\W]*", line))
    assert [c for c in found if c != "_"] == sorted(c for c in letters(kept) if c != "_")


@given(LINES)
def test_blocks_are_sound(lines: list[str]) -> None:
    blocks = plain_blocks([plain_page("\n".join(lines), markdown=True)])
    ids = [b.id for b in blocks]
    assert ids == [f"b{n}" for n in range(1, len(blocks) + 1)]
    for block in blocks:
        assert all(0 <= s.start < s.end <= len(block.text) for s in block.styles)
        offsets = [line.offset for line in block.lines]
        assert offsets == sorted(set(offsets)) and all(o < max(1, len(block.text)) for o in offsets)
        assert block.continues is None or (block.text == "" and block.continues in ids)


@given(st.text(alphabet="ab *_[]()!\\<>/supi&;`\n", max_size=80))
def test_inline_marks_never_fail(source: str) -> None:
    inline = read_inline(source, True)
    assert all(inline.text[s.start : s.end] for s in inline.styles)
    assert "  " not in inline.text and inline.text == inline.text.strip()
