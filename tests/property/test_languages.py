from hypothesis import given
from hypothesis import strategies as st

from pipeline.languages import tag_line

texts = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="abzəışğАбҹقکی中文 \n/()«».,1-'İI", max_size=60),
)


@given(texts)
def test_spans_partition_any_text(text: str) -> None:
    found = tag_line(text)
    assert "".join(text[span.start : span.end] for span in found.spans) == text
    assert all(0 <= span.confidence <= 1 and span.start < span.end for span in found.spans)
    assert all(a.tag != b.tag for a, b in zip(found.spans, found.spans[1:], strict=False))
    assert found.tag in {span.tag for span in found.spans} | {"zxx"}


@given(texts)
def test_the_answer_does_not_depend_on_what_was_asked_before(text: str) -> None:
    first = tag_line(text)
    tag_line("başqa bir mətn / another text")
    assert tag_line(text) == first
