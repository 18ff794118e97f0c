"""structure: blocks and spans → the tree of parts, footnotes and figures (Outline)."""

from collections.abc import Mapping, Sequence

from pipeline.structure.announced import Mention, announcements, mentions
from pipeline.structure.draft import PartDraft
from pipeline.structure.figures import find_figures
from pipeline.structure.footnotes import find_notes
from pipeline.structure.headings import text_of
from pipeline.structure.parts import find_parts, parts_from
from pipeline.structure.roles import find_roles
from schemas.language import BlockLanguage
from schemas.layout import TextBlock
from schemas.page import PageText
from schemas.problem import Problem, Severity
from schemas.structure import Outline, Part, PartKind


def outline(blocks: Sequence[TextBlock], languages: Mapping[str, BlockLanguage], pages: Sequence[PageText]) -> Outline:
    """Parts, footnotes, figures and better kinds of the blocks of one document; every block belongs to one
    part.

    `pages` are the pages without their text, with their pictures.
    """
    text = text_of(blocks)
    drafts = find_parts(text, pages)
    page_count = max([page.number for page in pages] + [block.page for block in blocks] + [1])
    present = parts_from(drafts, blocks, page_count)
    part_of = {block: part.id for part in present for block in part.blocks}
    notes = find_notes(blocks, part_of)
    titles = frozenset(n for draft in drafts[1:] for n in (draft.start, draft.title_at) if n is not None)
    figures = find_figures(text, present, part_of, pages, titles)
    places = frozenset(figure.place_heading for figure in figures.figures if figure.place_heading)
    mentioned = mentions(blocks)
    absent = _absent_parts(blocks, mentioned, drafts, present)
    return Outline(
        parts=(*present, *absent),
        part_of=part_of,
        footnotes=notes.footnotes,
        footnote_refs=notes.refs,
        figures=figures.figures,
        roles=find_roles(text, drafts, notes.blocks, figures.captions, places),
        problems=(*_missing(absent), *_unresolved(mentioned, (*present, *absent)), *notes.problems, *figures.problems),
    )


def _absent_parts(
    blocks: Sequence[TextBlock], mentioned: Sequence[Mention], drafts: Sequence[PartDraft], present: Sequence[Part]
) -> tuple[Part, ...]:
    """Attachments that the main text announces and the file does not hold."""
    if len(present) > 1:
        return ()
    main = {blocks[position].id for position in drafts[0].members}
    labels = [(a.kind, a.label) for a in announcements(blocks) if a.block.id in main]
    kinds = {kind for kind, _ in labels}
    own = [(m.kind, m.printed) for m in mentioned if m.own and m.block.id in main and m.kind not in kinds]
    return tuple(
        Part(id=f"{kind.value}-{number}", kind=kind, parent="main", label=label, present=False)
        for number, (kind, label) in enumerate([*labels, *list(dict(own).items())[:1]], 1)
    )


def _missing(absent: Sequence[Part]) -> tuple[Problem, ...]:
    return tuple(
        Problem(
            severity=Severity.warning,
            stage="structure",
            code="part_not_present",
            message=f"“{part.label}” is announced and not in the file. Get the attachment if you need it.",
        )
        for part in absent
    )


def _unresolved(mentioned: Sequence[Mention], parts: Sequence[Part]) -> tuple[Problem, ...]:
    """A problem for each mention of an annex, appendix or enclosure that the file does not hold."""
    found: dict[tuple[PartKind, int | None], Problem] = {}
    for mention in mentioned:
        same = [part for part in parts if part.kind is mention.kind]
        if any(mention.number in (None, part.number) or part.number is None for part in same):
            continue
        found.setdefault(
            (mention.kind, mention.number),
            Problem(
                severity=Severity.warning,
                stage="structure",
                code="mention_without_part",
                page=mention.block.page,
                message=f"The text refers to “{mention.printed}”, which is not in the file. "
                "It may be a part of another document, or missing.",
            ),
        )
    return tuple(found.values())
