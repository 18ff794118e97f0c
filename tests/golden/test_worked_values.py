"""Each worked value of the samples, one small test each: what `samples/truth` says, the record must hold."""

import re
from itertools import pairwise

import pytest

from tests.golden.conftest import TRUTH

SCANS = {name for name, truth in TRUTH.items() if truth["pages_without_text_layer"]}
TEXTS = {name for name, truth in TRUTH.items() if truth["file"].endswith(".txt")}
WORDS_SHARE = {"scan": 0.9, "masthead": 0.97, "drawn": 0.995}
"""Share of a page's words to be found in order: all but a few of a text layer, most of a scan; the columns of a
masthead on page 1 may be read either way round."""


def table(*keys: str, without: frozenset[str] | set[str] = frozenset()) -> list:
    """(sample, key) for each sample, as parameters."""
    return [
        pytest.param(name, key, id=f"{name[:3]}-{name[4:]}-{key}")
        for name in TRUTH
        if name not in without
        for key in keys
    ]


def entries(key: str, without: frozenset[str] | set[str] = frozenset()) -> list:
    """(sample, entry) for each entry of `also[key]`, a dict or a list, as parameters; `without` holds their ids."""
    found = []
    for name, truth in TRUTH.items():
        values = truth["also"].get(key, ())
        rows = list(values.items()) if isinstance(values, dict) else list(values)
        found += [pytest.param(name, row, id=f"{name}-{number}") for number, row in enumerate(rows)]
    return [parameters for parameters in found if parameters.id not in without]


def plain(text: str | None) -> str:
    """White space collapsed, straight quotes: for comparing what was set in different fonts."""
    return " ".join((text or "").replace("’", "'").split())


def block_with(record: dict, words: str) -> dict:
    blocks = [block for block in record["blocks"] if plain(words) in plain(block["text"])]
    assert blocks, f"no block holds {words!r}"
    return blocks[0]


@pytest.mark.parametrize(
    ("name", "key"),
    table("has_masthead", "distribution", "language", "original_languages", "bar_code")
    + table("document_type", "title", without={"004_scan"}),
)
def test_metadata(records, name, key):
    got, want = records[name]["metadata"][key], TRUTH[name][key]
    assert (plain(got), plain(want)) == (plain(want), plain(want)) if isinstance(want, str) else got == want


@pytest.mark.parametrize("name", TRUTH)
def test_no_symbol_is_invented(records, name):
    assert records[name]["metadata"]["symbols"] == []
    assert records[name]["identity"]["work"] is None


@pytest.mark.parametrize(
    ("name", "key"),
    table("masthead", "session_end", "adopted") + table("document", "session_start", without={"004_scan"}),
)
def test_dates(records, name, key):
    assert records[name]["metadata"]["dates"][key] == TRUTH[name]["dates"][key]


@pytest.mark.parametrize("name", [name for name in TRUTH if name != "004_scan"])
def test_organs(records, name):
    got = [{key: organ[key] for key in ("name", "session", "year")} for organ in records[name]["metadata"]["organs"]]
    assert got == TRUTH[name]["organs"]


@pytest.mark.parametrize("name", [name for name in TRUTH if name != "004_scan"])
def test_agenda(records, name):
    metadata = records[name]["metadata"]
    assert [item["number"] for item in metadata["agenda_items"]] == TRUTH[name]["agenda_items"]
    assert list(map(plain, metadata["agenda_titles"])) == list(map(plain, TRUTH[name]["agenda_titles"]))


@pytest.mark.parametrize("name", TRUTH)
def test_job_number(records, name):
    job = records[name]["metadata"]["job_number"] or {"number": None, "language": None}
    assert (job["number"], job["language"]) == (TRUTH[name]["job_number"], TRUTH[name]["job_language"])


@pytest.mark.parametrize("name", TRUTH)
def test_signatories(records, name):
    signatories = records[name]["metadata"]["signatories"]
    assert [signatory["name"] for signatory in signatories] == TRUTH[name]["signatories"]
    for signatory in signatories:
        assert signatory["titles"] == TRUTH[name]["also"].get("signatory_titles", [])


@pytest.mark.parametrize(("name", "key"), table("reference", "place"))
def test_printed_once_in_some(records, name, key):
    want = TRUTH[name]["also"].get(key)
    if want is not None:
        assert records[name]["metadata"][key] == want


@pytest.mark.parametrize(("name", "key"), table("senders", "addressees", without={"004_scan"}))
def test_parties(records, name, key):
    got, wanted = records[name]["metadata"][key], TRUTH[name]["also"].get(key, [])
    assert len(got) == len(wanted)
    for party, want in zip(got, wanted, strict=True):
        for field, value in want.items():
            assert plain(value) in plain(party[field]), field


@pytest.mark.parametrize("name", [name for name, truth in TRUTH.items() if "circulation_request" in truth["also"]])
def test_circulation_request(records, name):
    assert records[name]["metadata"]["circulation_request"] == TRUTH[name]["also"]["circulation_request"]


@pytest.mark.parametrize("name", TRUTH)
def test_enclosures(records, name):
    got = [
        {key: enclosure[key] for key in ("printed", "pages", "present")}
        for enclosure in records[name]["metadata"]["enclosures_announced"]
    ]
    assert got == TRUTH[name]["also"].get("enclosures", [])


@pytest.mark.parametrize("name", TRUTH)
def test_symbol_candidates(records, name):
    got = [candidate["symbol"] for candidate in records[name]["metadata"]["symbol_candidates"]]
    assert got == TRUTH[name]["also"].get("symbol_candidates", [])


@pytest.mark.parametrize("name", TRUTH)
def test_parts(records, name):
    present = [part for part in records[name]["parts"] if part["present"]]
    keys = ("kind", "label", "title", "language", "first_page", "last_page")
    got = [{key: plain(part[key]) if key == "title" else part[key] for key in keys} for part in present]
    assert got == [{**part, "title": plain(part["title"])} for part in TRUTH[name]["parts"]]


@pytest.mark.parametrize("name", TRUTH)
def test_footnotes(records, name):
    record = records[name]
    assert [note["mark"] for note in record["footnotes"]] == TRUTH[name]["footnote_marks"]
    parts = [part["id"] for part in record["parts"] if part["present"]]
    per_part = [sum(note["part"] == part for note in record["footnotes"]) for part in parts]
    assert per_part == TRUTH[name]["footnotes_by_part"]


@pytest.mark.parametrize(("name", "entry"), entries("anchors"))
def test_footnote_is_anchored(records, name, entry):
    mark, before = entry
    record = records[name]
    (note,) = [note for note in record["footnotes"] if note["mark"] == mark]
    assert note["anchors"], "no anchor"
    (anchor,) = note["anchors"]
    (block,) = [block for block in record["blocks"] if block["id"] == anchor["block"]]
    assert plain(block["text"][: anchor["offset"]]).endswith(plain(before))


@pytest.mark.parametrize(("name", "entry"), entries("notes", without={"004_note_verbale_shaped-0", "004_scan-0"}))
def test_footnote_text(records, name, entry):
    mark, (start, end) = entry
    (note,) = [note for note in records[name]["footnotes"] if note["mark"] == mark]
    text = plain(note["text"]).replace("*", "")
    assert text.startswith(plain(start))
    assert text.endswith(plain(end))


@pytest.mark.parametrize("name", TRUTH)
def test_number_of_captions(records, name):
    captioned = [figure for figure in records[name]["figures"] if figure["label"]]
    assert len(captioned) == len(TRUTH[name]["also"].get("figures", []))
    assert all(a["last"] + 1 == b["first"] for a, b in pairwise(captioned)), "gap or overlap between ranges"


@pytest.mark.parametrize(("name", "want"), entries("figures"))
def test_figure(records, name, want):
    record = records[name]
    labels = {part["id"]: part["label"] for part in record["parts"]}
    (figure,) = [figure for figure in record["figures"] if figure["first"] == want["first"]]
    got = {key: figure[key] for key in want if key != "part"} | {"part": labels[figure["part"]]}
    assert got == want


@pytest.mark.parametrize(("name", "symbol"), entries("resolutions"))
def test_resolution_is_cited(records, name, symbol):
    found = [citation for citation in records[name]["citations"] if citation["symbol"] == symbol]
    assert len(found) == 1
    assert found[0]["kind"] == "resolution"


@pytest.mark.parametrize(("name", "entry"), entries("cited"))
def test_document_is_cited_with_its_date(records, name, entry):
    symbol, day = entry
    found = [citation for citation in records[name]["citations"] if citation["symbol"] == symbol]
    assert len(found) == 1
    assert day is None or found[0]["date"] == day


@pytest.mark.parametrize("name", [name for name, truth in TRUTH.items() if "cited" in truth["also"]])
def test_no_other_document_is_cited(records, name):
    documents = [citation for citation in records[name]["citations"] if citation["kind"] == "document"]
    assert {citation["symbol"] for citation in documents if citation["symbol"]} == set(TRUTH[name]["also"]["cited"])


@pytest.mark.parametrize(("name", "entry"), entries("kinds"))
def test_kind_of_block(records, name, entry):
    opening, kind = entry
    kinds = [
        block["kind"]
        for block in records[name]["blocks"]
        if plain(block["text"]).lstrip("–-• ").startswith(plain(opening))
    ]
    assert kinds[:1] == [kind]


@pytest.mark.parametrize(("name", "words"), entries("whole"))
def test_paragraph_is_whole(records, name, words):
    texts = [re.sub(r"[0-9]+ (?=[a-z])|[¹²³⁴⁵⁶⁷]", "", plain(block["text"])) for block in records[name]["blocks"]]
    wanted = re.sub(r"[0-9]+ (?=[a-z])", "", plain(words))
    assert any(wanted in text for text in texts)


@pytest.mark.parametrize(("name", "entry"), entries("languages", without={"004_scan-0"}))
def test_language_of_block(records, name, entry):
    words, tag = entry
    block = block_with(records[name], words)
    at = plain(block["text"]).index(plain(words))
    spans = [span["tag"] for span in block["spans"] if span["start"] <= at < span["end"]]
    assert (spans or [block["language"]]) == [tag]


@pytest.mark.parametrize(("name", "entry"), entries("directions", without={"004_scan-0"}))
def test_direction_of_block(records, name, entry):
    words, direction = entry
    assert block_with(records[name], words)["direction"] == direction


@pytest.mark.parametrize("name", TRUTH)
def test_pages(records, name):
    truth, pages = TRUTH[name], records[name]["pages"]
    assert len(pages) == truth["page_count"]
    for page in pages:
        tags = [share["tag"].split("-")[0] for share in page["languages"]]
        wanted = truth["languages_by_page"][str(page["number"])]
        assert tags[:1] == wanted[:1], f"page {page['number']}"
        assert set(wanted) <= set(tags), f"page {page['number']}"


@pytest.mark.parametrize("name", TRUTH)
def test_origin_of_text(records, name):
    origins = {page["text_origin"] for page in records[name]["pages"]}
    if name in TEXTS:
        assert origins == {"plain_text"}
    else:
        assert origins <= ({"ocr"} if name in SCANS else {"text_layer", "repaired_text_layer"})


@pytest.mark.parametrize(
    ("name", "page"),
    [
        (name, page)
        for name, truth in TRUTH.items()
        for page in truth.get("page_text", {})
        if (name, page) != ("004_scan", "1")
    ],
)
def test_page_text(records, name, page):
    from rapidfuzz.distance import LCSseq

    near = [block for block in records[name]["blocks"] if abs(block["page"] - int(page)) <= 1]
    got = " ".join(block["text"] for block in near).split()
    want = " ".join(line for line in TRUTH[name]["page_text"][page] if line != "--").split()
    share = LCSseq.similarity(want, got) / len(want)
    assert share >= WORDS_SHARE["scan" if name in SCANS else "masthead" if page == "1" else "drawn"]


@pytest.mark.parametrize("name", TRUTH)
def test_status(records, name):
    assert records[name]["status"] == "ok", [p for p in records[name]["problems"] if p["severity"] == "error"]
