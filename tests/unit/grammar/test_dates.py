import pytest

from pipeline.grammar.dates import day_from_digits, find_dates


@pytest.mark.parametrize(
    ("text", "iso", "last"),
    [
        ("22 December 2020", "2020-12-22", None),
        ("April 2, 1993", "1993-04-02", None),
        ("on 6 April, 1993 UN", "1993-04-06", None),
        ("dated 06 November 2020", "2020-11-06", None),
        ("27 September to 9 November 2020", "2020-09-27", "2020-11-09"),
        ("25-26 February 1992", "1992-02-25", "1992-02-26"),
        ("16 June–8 July 2025", "2025-06-16", "2025-07-08"),
        ("27 September 2020 to 3 January 2021", "2020-09-27", "2021-01-03"),
        ("8 نيسان/أبريل 2020", "2020-04-08", None),
        ("14 حزيران/ يونيه 2019", "2019-06-14", None),
        ("24 شباط/فبراير - 20 آذار/مارس 2020", "2020-02-24", "2020-03-20"),
        ("١٢ كانون الأول/ديسمبر ٢٠٢٠", "2020-12-12", None),
        ("1er janvier 2021", "2021-01-01", None),
        ("23 de mayo de 2005", "2005-05-23", None),
        ("1 декабря 2020 года", "2020-12-01", None),
        ("2020年12月22日", "2020-12-22", None),
        ("2020年2月24日至3月20日", "2020-02-24", "2020-03-20"),
        ("12 noyabr 2020-ci il", "2020-11-12", None),
        ("27 октјабр 2020", "2020-10-27", None),
        ("March 2023", "2023-03", None),
        ("25 OCTOBER 1997", "1997-10-25", None),
    ],
)
def test_one_date(text: str, iso: str, last: str | None) -> None:
    (date,) = find_dates(text)
    assert (date.iso, date.last, date.fault) == (iso, last, None)
    assert text[date.start : date.end] == date.printed


@pytest.mark.parametrize(("text", "fault"), [("(016 October 2020)", "day"), ("31 February 2020", "day")])
def test_a_damaged_day_is_reported_not_mended(text: str, fault: str) -> None:
    (date,) = find_dates(text)
    assert (date.iso, date.fault) == (None, fault)


def test_a_list_gives_each_day() -> None:
    assert [d.iso for d in find_dates("on 11 and 17 October 2020")] == ["2020-10-11", "2020-10-17"]
    assert [d.iso for d in find_dates("resolution 853, 12 May 1993")] == ["1993-05-12"]


@pytest.mark.parametrize("text", ["19/12/2020", "A/75/12", "in May", "11 November", "version 1.2.20201"])
def test_no_date(text: str) -> None:
    assert find_dates(text) == []


@pytest.mark.parametrize(("text", "iso"), [("170720", "2020-07-17"), ("310297", None), ("1707", None)])
def test_day_of_a_job_line(text: str, iso: str | None) -> None:
    assert day_from_digits(text) == iso
