"""Training samples: a short list of words stays short, and loose words count what their script's are worth."""

from pipeline.languages.training.samples import LOOSE_ROUNDS, LOOSE_WEIGHT, cut_samples
from pipeline.languages.training.texts import ScriptTexts

SENTENCE = ["bu", "axşam", "şəhərdə", "yağış", "yağacaq", "və", "külək", "əsəcək"]


def texts(words: list[str]) -> ScriptTexts:
    return ScriptTexts("Latn", {"az-Latn": [SENTENCE]}, {"az-Latn": words}, {}, {}, [])


def test_a_short_list_of_words_gives_few_samples_of_less_weight() -> None:
    samples = cut_samples(texts(["neft", "qaz", "su"]))
    loose = [sample for sample in samples if sample.weight != 1.0]
    assert len(loose) == 3 * LOOSE_ROUNDS
    assert {sample.weight for sample in loose} == {LOOSE_WEIGHT["Latn"]}
    assert {word for sample in loose for word in sample.words} <= {"neft", "qaz", "su"}


def test_the_same_texts_give_the_same_samples() -> None:
    assert cut_samples(texts(["neft"])) == cut_samples(texts(["neft"]))
    assert any(sample.words == SENTENCE for sample in cut_samples(texts([])))
