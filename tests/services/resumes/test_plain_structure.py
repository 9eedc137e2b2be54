"""Structure that no heading word announces: rulers, rails, dates under dates."""

from datetime import date

import pytest

from services.resumes.formats.plain import read_txt
from services.resumes.understanding import read_profile

AS_OF = date(2026, 11, 1)
RULED = """Marta Ilves

+372 555 0100 / marta@ilves.example / Tartu

{ruler}

Ferry Mate @ Saaremaa Line [Apr 2021 - Present]
   + Loaded cars in April 2022.
   + Trained two deckhands.

Deckhand @ Kihnu Boats [May 2017 - Mar 2021]
   + Ropes and paint.

{ruler}

Specialist, Navigation @ Estonian Maritime Academy [Sept 2013 - Jun 2017]
Harbour Practice Course @ Tartu Technical College [Sept 2012 - Jun 2013]

{ruler}

Radar, Plain English, Knots, First aid
"""


@pytest.mark.parametrize("ruler", ["~" * 40, "-" * 30, "=" * 20, "* * * * *"])
def test_rulers_part_sections_that_their_contents_name(ruler: str) -> None:
    profile = read_profile(read_txt(RULED.format(ruler=ruler).encode()), as_of=AS_OF)
    assert [(job.title, job.company, job.start) for job in profile.experience] == [
        ("Ferry Mate", "Saaremaa Line", "2021-04"),
        ("Deckhand", "Kihnu Boats", "2017-05"),
    ]
    assert [study.institution for study in profile.education] == [
        "Estonian Maritime Academy",
        "Tartu Technical College",
    ]
    assert profile.skills == ("Radar", "Plain English", "Knots", "First aid")
