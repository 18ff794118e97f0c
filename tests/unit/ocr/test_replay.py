import numpy as np
import pytest

from pipeline.ocr.engine import Orientation, Word
from pipeline.ocr.replay import RecordingEngine, ReplayEngine

PICTURE = np.full((4, 6), 255, dtype=np.uint8)
WORD = Word("رسالة", 1, 1, 5, 3, 0.9, 0)


class OneWord:
    name = "one word"

    def read(self, image, packs, dpi, segmentation):
        return (WORD,)

    def orient(self, image, dpi):
        return Orientation(0, 9.0, "Arabic", 9.0)


def test_a_recording_answers_as_the_engine_did_and_never_guesses():
    recording = RecordingEngine(OneWord())
    recording.read(PICTURE, ("ara",), 200, 3)
    recording.orient(PICTURE, 150)
    replay = ReplayEngine(recording.words, recording.orientations)
    assert replay.read(PICTURE, ("ara",), 200, 3) == (WORD,)
    assert replay.orient(PICTURE, 150) == Orientation(0, 9.0, "Arabic", 9.0)
    with pytest.raises(KeyError):
        replay.read(PICTURE, ("eng",), 200, 3)
