"""What the detector says of single lines: languages, spans, and what is no language."""

import pytest

from pipeline.languages import tag_line, tag_lines

MINISTER = "Azərbaycan Respublikasının Xarici İşlər Naziri"
ENGLISH = "Minister of Foreign Affairs of the Republic of Azerbaijan"


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Konfrans zalında bütün ölkələrin nümayəndələri çıxış etdilər.", "az-Latn"),
        ("KONFRANS ZALINDA BÜTÜN ÖLKƏLƏRİN NÜMAYƏNDƏLƏRİ ÇIXIŞ ETDİLƏR", "az-Latn"),
        ("Konfrans zalinda butun olkelerin numayendeleri cixis etdiler.", "az-Latn"),
        ("Конфранс залында бүтүн өлкәләрин нүмајәндәләри чыхыш етдиләр.", "az-Cyrl"),
        ("Konferans salonunda bütün ülkelerin temsilcileri konuşma yaptılar.", "tr"),
        ("The delegates of all countries spoke in the conference room.", "en"),
        ("Les délégués de tous les pays ont pris la parole dans la salle.", "fr"),
        ("Los delegados de todos los países hablaron en la sala.", "es"),
        ("Делегаты всех стран выступили в зале заседаний.", "ru"),
        ("تحدث مندوبو جميع البلدان في قاعة المؤتمرات.", "ar"),
        ("نمایندگان همه کشورها در تالار کنفرانس سخن گفتند.", "fa"),
        ("تمام ممالک کے نمائندوں نے کانفرنس ہال میں تقریر کی۔", "ur"),
        ("各国代表在会议室发了言。", "zh"),
        ("Конференция залында барлық елдердің өкілдері сөз сөйледі.", "kk"),
        ("Ähli ýurtlaryň wekilleri maslahat zalynda çykyş etdiler.", "tk"),
        ("Barcha mamlakatlar vakillari konferensiya zalida soʻzga chiqdilar.", "uz"),
        ("Բոլոր երկրների ներկայացուցիչները խոսեցին։", "hy"),
        ("ყველა ქვეყნის წარმომადგენელი გამოვიდა სიტყვით.", "ka"),
    ],
)
def test_sentences(text: str, tag: str) -> None:
    found = tag_line(text)
    assert found.tag == tag
    assert found.confidence > 0.9


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "12/05/2020",
        "A/75/660",
        "II.",
        "(a)",
        "U+0041 U+00A0",
        "4/8/25, 5:59 PM",
        "10.30 a.m.",
        "— 3 —",
        "* 2 0 *",
    ],
)
def test_without_language(text: str) -> None:
    assert tag_line(text).tag == "zxx"


@pytest.mark.parametrize(
    ("text", "candidate"),
    [
        ("Die Vertreter aller Länder sprachen im Konferenzsaal.", "de"),
        ("Os delegados de todos os países falaram na sala de conferências.", "pt"),
        ("Представники всіх країн виступили в залі засідань.", "uk"),
        ("Οι αντιπρόσωποι όλων των χωρών", "el"),
        ("会議室で各国の代表が発言した。", "ja"),
    ],
)
def test_outsiders_are_unknown_with_a_candidate(text: str, candidate: str) -> None:
    found = tag_line(text)
    assert (found.tag, found.candidate) == ("und", candidate)


@pytest.mark.parametrize("between", [" / ", " ", "\n", " — "])
def test_a_letterhead_in_two_languages_is_cut(between: str) -> None:
    text = MINISTER + between + ENGLISH
    first, second = tag_line(text).spans
    assert (first.tag, second.tag) == ("az-Latn", "en")
    assert text[second.start :].strip(" /—\n") == ENGLISH


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Əliyev said that the report would be submitted to the Council.",
        "The delegation met with Ilham Əliyev and Ceyhun Bayramov in Şuşa.",
        "The towns of Ağdam, Füzuli and Kəlbəcər were visited by the mission.",
    ],
)
def test_names_do_not_turn_a_sentence(text: str) -> None:
    found = tag_line(text)
    assert [span.tag for span in found.spans] == ["en"]


def test_a_name_in_another_script_goes_with_its_sentence() -> None:
    found = tag_line("وقال السيد Jeyhun Bayramov إن الوثيقة A/75/660 ستعمم على الدول الأعضاء")
    assert [span.tag for span in found.spans] == ["ar"]


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("The Financial Gazette: ожидается, что", "ru"),
        ("صحيفة البلد Voice of the People", "ar"),
        ("أعلن اليوم Green Harbour Institute", "ar"),
        ("CONFERENCE ON DISARMAMENT (КР)", "en"),
        ("http емес", "kk"),
        ("the members of the group (المجموعة)", "en"),
    ],
)
def test_a_latin_name_beside_words_of_another_script_is_not_the_main_language(text: str, tag: str) -> None:
    assert tag_line(text).tag == tag


def test_running_words_in_another_script_have_their_own_span() -> None:
    text = "انظر التقرير (submitted by the working group on arbitrary detention) في الوثيقة"
    assert [span.tag for span in tag_line(text).spans] == ["ar", "en", "ar"]


@pytest.mark.parametrize(
    "text",
    [
        "The tables list 2 FS, 7 NPO, 2 NPO, 25 NGS, 3 UNV and 8 GPP of the Mission.",
        "See also CERD/C/SVN/CO/8-11, para. 7; Ibid., para. 8; ibid., para. 9. See the reports of the Committee.",
        "More videos are here: https://example.org/news/nadzvicaini-blizko-40- oseredkiv-zaimannia-likvidovuvali",
    ],
)
def test_abbreviations_references_and_broken_links_do_not_vote(text: str) -> None:
    assert [span.tag for span in tag_line(text).spans] == ["en"]


def test_letters_of_lists_do_not_vote_in_another_script() -> None:
    found = tag_line("Комитет ссылается на рекомендации, содержащиеся в пунктах 12 e), 14 b), 26 c) и 44 b) выше.")
    assert [span.tag for span in found.spans] == ["ru"]


@pytest.mark.parametrize("text", ["и м > а Ф © в я Е на п о", "𝑓𝑜𝑟 𝑖 𝑖𝑛 𝑥"])
def test_scattered_letters_and_formulas_are_no_language(text: str) -> None:
    assert tag_line(text).tag == "zxx"


def test_a_single_word_in_another_script_goes_with_its_sentence_not_with_the_next() -> None:
    text = f"{MINISTER}. Показатель pH определяется степенью насыщенности ионами водорода."
    assert [span.tag for span in tag_line(text).spans] == ["az-Latn", "ru"]


def test_chinese_between_two_latin_words_stays_chinese() -> None:
    text = "这是在 python 里运行 python 时出现的错误"
    assert tag_line(text).tag == "zh"
    assert all(span.tag == "zh" or text[span.start : span.end].isascii() for span in tag_line(text).spans)


def test_lines_together_are_told_as_each_alone() -> None:
    lines = [ENGLISH, "", f"{MINISTER} / {ENGLISH}", "Баш Прокурорлуг", "各国代表 の", "S. Shushkevich", ENGLISH] * 40
    together = list(tag_lines(lines))
    assert together == [tag_line(line) for line in lines]
    assert {found.tag for found in together} >= {"en", "az-Cyrl", "zh"}
