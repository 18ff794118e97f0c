from pathlib import Path

import pytest
from PIL import Image

from pipeline.errors import DamagedFile, LimitExceeded
from pipeline.pages.image import open_document
from pipeline.settings import Limits
from schemas.source import MediaType


def saved(path: Path, *sizes: tuple[int, int], dpi: int = 200) -> Path:
    frames = [Image.new("L", size, 255) for size in sizes]
    frames[0].save(path, save_all=len(frames) > 1, append_images=frames[1:], dpi=(dpi, dpi))
    return path


def test_each_frame_of_a_tiff_is_a_page(tmp_path: Path) -> None:
    document = open_document(saved(tmp_path / "a.tiff", (200, 400), (400, 200)), MediaType.tiff, Limits())
    assert document.page_count == 2
    sizes = [(page.width_pt, page.height_pt) for page in map(document.read, (1, 2))]
    assert sizes == [(72.0, 144.0), (144.0, 72.0)]
    assert document.render(2, 100).shape == (100, 200)
    assert document.read(1).needs_ocr


@pytest.mark.parametrize(("photograph", "grey"), [(True, Image.effect_noise((300, 300), 90)), (False, None)])
def test_a_photograph_is_told_from_a_sheet_of_paper(tmp_path: Path, photograph: bool, grey: Image.Image | None) -> None:
    path = saved(tmp_path / "a.png", (300, 300))
    if grey is not None:
        grey.save(path)
    decision = open_document(path, MediaType.png, Limits()).read(1).decision
    assert decision.is_photograph is photograph


def test_a_bomb_is_refused_before_its_pixels_are_read(tmp_path: Path) -> None:
    path = tmp_path / "bomb.png"
    Image.new("1", (12_000, 12_000)).save(path)
    document = open_document(path, MediaType.png, Limits())
    with pytest.raises(LimitExceeded):
        document.read(1)


def test_cut_off_data_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "cut.png"
    Image.effect_noise((300, 300), 60).save(path)
    path.write_bytes(path.read_bytes()[:20_000])
    document = open_document(path, MediaType.png, Limits())
    with pytest.raises(DamagedFile):
        document.render(1, 200)


def test_no_picture_at_all_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "no.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 50)
    with pytest.raises(DamagedFile):
        open_document(path, MediaType.png, Limits())
