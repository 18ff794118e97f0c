"""Draws any number of small letters of one or two pages, no two with the same bytes, for benchmarks of whole batches.

`python -m tests.bench.letters 1000 FOLDER` draws them; the same number gives the same bytes.
"""

import sys
from pathlib import Path

SAMPLES = str(Path(__file__).parents[2] / "samples")

STATES = ("Azerbaijan", "Slovenia", "Viet Nam", "Costa Rica", "Senegal", "Norway", "Jordan")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November")
SENTENCES = (
    "Further to my previous letters, I wish to draw your attention to {count} violations that were recorded in the "
    "district of {place} between {day} and {later} {month} {year}.",
    "In paragraph {count} of its resolution {session}/{serial} the General Assembly called upon all States to refrain "
    "from acts that run counter to the purposes and principles of the Charter of the United Nations.",
    "The Security Council, in its resolution {council} ({year}), demanded the immediate cessation of all hostilities.",
    "According to the report contained in document A/{session}/{serial}, {count} persons were displaced, and "
    "{later} schools and {day} health centres in {place} were damaged.",
    "My Government has instructed me to reserve its position on agenda item {day}, as set out in the letter dated "
    "{day} {month} {year} (A/{session}/{other}).",
    "The competent authorities of {state} continue their investigation and will inform you of its results.",
)
PLACES = ("Northvale", "Upper Karsk", "Port Selim", "Tamara", "Ostrova", "Lindau", "Mirabel")


def draw(number: int) -> bytes:
    """Letter `number` as a PDF with a text layer: masthead, session, item, title, body, signature."""

    from drawing.letters import BODY, SIGNATURE, TITLE
    from drawing.masthead import Masthead, draw_masthead, new_york_furniture
    from drawing.pages import Flow, Paper

    facts = _facts(number)
    flow = Flow(Paper())
    draw_masthead(
        flow,
        Masthead(
            organs=("General Assembly",),
            distribution=(
                "A/{session}/{serial}".format(**facts),
                "Distr.: General",
                "{later} {month} {year}".format(**facts),
                "",
                "Original: English",
            ),
            left=("**Seventy-fifth session**", "Agenda item {item}".format(**facts)),
            titles=("**The situation in {place}**".format(**facts),),
        ),
        emblem_as_picture=False,
    )
    flow.put(
        "Letter dated {day} {month} {year} from the Permanent Representative of {state} to the United Nations "
        "addressed to the Secretary-General".format(**facts),
        TITLE,
    )
    for place in range(3 + 5 * (number % 2)):
        flow.put(" ".join(_sentence(number, place, turn) for turn in range(3)), BODY)
    flow.put("*(Signed)* Jane **Doe**\nAmbassador\nPermanent Representative", SIGNATURE)
    return flow.draw("", "en", new_york_furniture)


DRAWN = 1000
"""Letters that are drawn; further ones are these with another comment behind the end, for drawing takes 40 ms."""


def write(count: int, folder: Path, drawn: int = DRAWN) -> list[Path]:
    """Letters 1 to `count` in the folder; those that lie there already are left alone."""
    sys.path[:0] = [SAMPLES] if SAMPLES not in sys.path else []
    from drawing import fonts

    fonts.register()
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"letter-{number:05d}.pdf" for number in range(1, count + 1)]
    for number, path in enumerate(paths, start=1):
        if not path.exists() and number <= drawn:
            path.write_bytes(draw(number))
        elif not path.exists():
            path.write_bytes(paths[(number - 1) % drawn].read_bytes() + f"% copy {number}\n".encode())
    return paths


def _sentence(number: int, place: int, turn: int) -> str:
    return SENTENCES[(number + 3 * place + 2 * turn) % len(SENTENCES)].format(**_facts(number + 31 * place + 7 * turn))


def _facts(number: int) -> dict[str, object]:
    day = 1 + number % 14
    return {
        "serial": 100 + number,
        "other": 90 + number,
        "session": 75,
        "council": 2100 + number % 400,
        "year": 2020,
        "item": 30 + number % 60,
        "day": day,
        "later": day + 9,
        "count": 2 + number % 90,
        "month": MONTHS[number % len(MONTHS)],
        "state": STATES[number % len(STATES)],
        "place": PLACES[number // 7 % len(PLACES)],
    }


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
