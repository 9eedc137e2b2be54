"""Where entries begin and end: one small page for each rule."""

from services.resumes.text import Style
from services.resumes.understanding import read_profile
from tests.services.resumes.drawing import BOLD, HEADING, at, page
from tests.services.resumes.small_sections import AS_OF, ITALIC, NAME, SMALL, jobs, middle


def test_blank_space_parts_entries_whose_headers_differ_in_length() -> None:
    found = jobs(
        at(60, 110, "Metrolane", BOLD), at(60, 124, "https://metrolane.example", SMALL),
        at(60, 138, "Senior Data Scientist"), at(60, 152, "2021-06 – Present", SMALL),
        at(60, 166, "Ridership models that beat the vendor's by far"),
        at(60, 210, "Metrolane", BOLD), at(60, 224, "https://metrolane.example", SMALL),
        at(60, 238, "Data Scientist"), at(60, 252, "2018-10 – 2021-05", SMALL),
        at(60, 266, "Bus bunching alerts on two clusters"),
        at(60, 310, "Great Lakes Mutual", BOLD), at(60, 324, "Actuarial Analyst"),
        at(60, 338, "2015-05 – 2018-09", SMALL), at(60, 352, "Reserving for auto lines"),
    )  # fmt: skip
    assert found == [
        ("Senior Data Scientist", "Metrolane", "2021-06", ""),
        ("Data Scientist", "Metrolane", "2018-10", "2021-05"),
        ("Actuarial Analyst", "Great Lakes Mutual", "2015-05", "2018-09"),
    ]


def test_text_between_headers_parts_entries_whose_title_stands_below_the_date() -> None:
    rows = []
    for number, (company, place, when, title) in enumerate(
        [
            ("Haulwise", "Columbus, OH", "April 2021 – Present", "Enterprise Account Executive"),
            ("Pallet & Crane", "Cincinnati, OH", "July 2018 – March 2021", "Account Manager"),
            ("Buckeye Office Supply", "Dayton, OH", "May 2016 – June 2018", "Inside Sales Rep"),
        ]
    ):
        top = 110 + 100.0 * number
        rows += [
            at(60, top, company, BOLD), at(60, top + 14, place, BOLD), at(60, top + 28, when),
            at(60, top + 48, title, BOLD), at(60, top + 64, "Highlights", BOLD),
            at(100, top + 78, "Closed the largest orders of the year in three regions."),
        ]  # fmt: skip
    assert [(title, company) for title, company, _, _ in jobs(*rows)] == [
        ("Enterprise Account Executive", "Haulwise"),
        ("Account Manager", "Pallet & Crane"),
        ("Inside Sales Rep", "Buckeye Office Supply"),
    ]


def test_centred_headers_over_text_set_to_the_left() -> None:
    rows = []
    for number, (title, company, when) in enumerate(
        [
            ("Master, R/V Halcyon", "NOAA", "Since Jun ’18"),
            ("Chief Mate", "NOAA", "Sept ’14 – May ’18"),
            ("Third Mate", "Overseas Bulk", "Mar ’09 – Aug ’14"),
        ]
    ):
        top = 110 + 90.0 * number
        rows += [
            middle(top, title, BOLD), middle(top + 14, company), middle(top + 28, when, ITALIC),
            at(60, top + 42, "Command of many sea days a year between two seas, and no lost-time injury since then"),
            at(60, top + 56, "Rewrote the safety manual ahead of an audit that found nothing to say about it"),
        ]  # fmt: skip
    assert jobs(*rows) == [
        ("Master, R/V Halcyon", "NOAA", "2018-06", ""),
        ("Chief Mate", "NOAA", "2014-09", "2018-05"),
        ("Third Mate", "Overseas Bulk", "2009-03", "2014-08"),
    ]


def test_plain_employers_in_a_centred_section_belong_to_every_header() -> None:
    rows = []
    for number, (when, title, company) in enumerate(
        [
            ("avr. 2019 – aujourd’hui", "Responsable logistique", "Ventoux Fret · Gap"),
            ("juil. 2014 – mars 2019", "Coordinateur transport", "Maroile Câblage · Die"),
            ("févr. 2012 – juin 2014", "Agent de transit", "Port de Serres Ville · Gap"),
        ]
    ):
        top = 110 + 70.0 * number
        rows += [
            middle(top, when, SMALL), middle(top + 12, title, BOLD), middle(top + 26, company),
            middle(top + 40, "Pilotage de deux entrepôts et de trente-cinq personnes."),
        ]  # fmt: skip
    assert [company for _, company, _, _ in jobs(*rows)] == [
        "Ventoux Fret", "Maroile Câblage", "Port de Serres Ville",
    ]  # fmt: skip


def test_labels_in_brackets() -> None:
    rows = [
        at(60, 110, "【期間】2019年4月～現在"), at(60, 124, "【会社名】三笠機工"), at(60, 138, "【役職】営業所長"),
        at(60, 166, "【期間】2012年4月～2019年3月"), at(60, 180, "【会社名】青葉工具"), at(60, 194, "【役職】営業担当"),
    ]  # fmt: skip
    assert [(title, company) for title, company, _, _ in jobs(*rows, heading="職務経歴")] == [
        ("営業所長", "三笠機工"),
        ("営業担当", "青葉工具"),
    ]


def test_a_list_without_marks_ends_the_header() -> None:
    small = Style("Body", 8.0)
    rows = []
    for number, (when, title, company) in enumerate(
        [("2019 – 2023", "Archivist", "Pyra Foods"), ("2013 – 2019", "Librarian", "Amika")]
    ):
        top = 110 + 60.0 * number
        rows += [
            at(60, top, when), at(200, top, f"{title}, {company}, Leeds"),
            at(200, top + 14, "Minutes for a Museum and a Bank", small),
            at(200, top + 25, "Stacks of a University and a Hotel", small),
            at(200, top + 36, "Teaching of two apprentices a year", small),
        ]  # fmt: skip
    assert [(title, company) for title, company, _, _ in jobs(*rows)] == [
        ("Archivist", "Pyra Foods"),
        ("Librarian", "Amika"),
    ]


def test_text_beside_a_header_is_no_part_of_it() -> None:
    found = jobs(
        at(60, 110, "2021.03 - Present"), at(170, 110, "Skylight Pay Ltd"), at(280, 110, "Serverist"),
        at(400, 110, "• Director of settlements"),
        at(60, 140, "2018.07 - 2021.02"), at(170, 140, "Hanbit Soft Ltd"), at(280, 140, "Juniorist"),
        at(400, 140, "• Manager of lorries"),
    )  # fmt: skip
    assert [(title, company) for title, company, _, _ in found] == [
        ("Serverist", "Skylight Pay Ltd"),
        ("Juniorist", "Hanbit Soft Ltd"),
    ]


def test_a_mark_before_the_only_name_of_a_dated_row_is_an_ornament() -> None:
    found = jobs(
        at(60, 110, "07/2021–Present"), at(200, 110, "• Controller, Rainier Forge Ltd"),
        at(220, 124, "• Closed the month in four days."),
        at(60, 152, "03/2018–06/2021"), at(200, 152, "• Assistant Controller, Rainier Forge Ltd"),
        at(220, 166, "• Budgets of three plants."),
    )  # fmt: skip
    assert [title for title, _, _, _ in found] == ["Controller", "Assistant Controller"]


def test_a_range_goes_on_in_the_same_column_of_the_next_row() -> None:
    found = jobs(
        at(60, 110, "Royal Exchange Ltd", BOLD),
        at(60, 124, "Stage Manager", ITALIC), at(400, 124, "Aug 2019 –"),
        at(60, 138, "Manchester"), at(400, 138, "Present"),
        at(80, 152, "• On the book for nineteen plays."),
        at(60, 180, "Kneehigh Ltd", BOLD),
        at(60, 194, "Assistant Stage Manager", ITALIC), at(400, 194, "Jan 2017 –"),
        at(60, 208, "Truro"), at(400, 208, "Jun 2019"),
        at(80, 222, "• Tour of fourteen venues."),
    )  # fmt: skip
    assert found == [
        ("Stage Manager", "Royal Exchange Ltd", "2019-08", ""),
        ("Assistant Stage Manager", "Kneehigh Ltd", "2017-01", "2019-06"),
    ]


def test_what_stands_below_a_lone_date_names_it() -> None:
    assert jobs(at(60, 110, "2014 – 2018"), at(60, 124, "xylorimba"), at(60, 138, "Vitrum Oy")) == [
        ("xylorimba", "Vitrum Oy", "2014", "2018")
    ]


def test_labels_of_a_language_we_do_not_know_come_back_in_every_entry() -> None:
    rows = []
    for number, (when, company, title) in enumerate(
        [
            ("2017-09 - 2020-03", "Zrcadlo Ltd", "Editor"),
            ("2013-09 - 2017-08", "Hvozd Ltd", "Librarian"),
            ("2010-03 - 2013-06", "Brána Ltd", "Clerk"),
        ]
    ):
        top = 110 + 90.0 * number
        rows += [
            at(60, top, f"Zork: {when}"), at(60, top + 14, f"Blim: {company}"), at(60, top + 28, f"Quen: {title}"),
            at(80, top + 42, "• Duties of many kinds."),
        ]  # fmt: skip
    assert [(title, company) for title, company, _, _ in jobs(*rows)] == [
        ("Editor", "Zrcadlo Ltd"), ("Librarian", "Hvozd Ltd"), ("Clerk", "Brána Ltd"),
    ]  # fmt: skip


def test_a_row_of_two_names_above_every_entry_is_no_table_head() -> None:
    found = jobs(
        at(60, 110, "Veldt Robotics", BOLD), at(300, 110, "Antwerp, Belgium", BOLD),
        at(60, 124, "Archivist", ITALIC), at(300, 124, "Oct 2023 - Present", ITALIC),
        at(80, 138, "• Planned rotas for fourteen people."),
        at(60, 166, "Harrow Council", BOLD), at(300, 166, "Graz, Austria", BOLD),
        at(60, 180, "Warehouse Supervisor", ITALIC), at(300, 180, "Dec 2020 - Sep 2023", ITALIC),
        at(80, 194, "• Wrote the handbook."),
    )  # fmt: skip
    assert [company for _, company, _, _ in found] == ["Veldt Robotics", "Harrow Council"]


def test_a_page_without_headings_is_parted_where_it_leaves_most_space() -> None:
    profile = read_profile(
        page(
            NAME, at(60, 60, "ilse@example.org"),
            at(60, 110, "TIG welder", BOLD), at(60, 124, "Dorvac Yards, Durban"),
            at(60, 138, "May 2012 to January 2018", ITALIC), at(70, 152, "– Shell plate repairs on bulk carriers."),
            at(60, 174, "Fitter", BOLD), at(60, 188, "Uiten Exhausts, Durban"),
            at(60, 202, "January 2009 to April 2012", ITALIC), at(70, 216, "– Six robot cells."),
            at(60, 264, "National Senior Certificate", BOLD), at(60, 278, "Hoërskool Framesby"),
            at(60, 292, "January 2001 to December 2005", ITALIC),
            at(60, 340, "Welding, Rigging, Plate rolling, Soldering."),
        ),
        as_of=AS_OF,
    )  # fmt: skip
    assert [(job.title, job.company) for job in profile.experience] == [
        ("TIG welder", "Dorvac Yards"),
        ("Fitter", "Uiten Exhausts"),
    ]
    assert [study.institution for study in profile.education] == ["Hoërskool Framesby"]
    assert "Rigging" in profile.skills


def test_employers_drawn_like_headings_open_entries() -> None:
    rows = []
    for number, (company, title, when) in enumerate(
        [
            ("Parcelhouse", "Supervisor", "2021 - Present"),
            ("Frostline", "Inventory Lead", "2018 - 2021"),
            ("Rivermart", "Fulfillment Associate", "2016 - 2018"),
        ]
    ):
        top = 120 + 80.0 * number
        rows += [
            at(60, top, company, HEADING), at(60, top + 16, title, BOLD), at(60, top + 30, when),
            at(90, top + 44, "• Counts of many things in a cold hall."),
        ]  # fmt: skip
    tail = [
        at(60, 380, "Education", HEADING),
        at(60, 396, "Del Mar College", BOLD),
        at(60, 410, "Diploma, 2014 - 2016"),
    ]
    assert [(title, company) for title, company, _, _ in jobs(*rows, *tail)] == [
        ("Supervisor", "Parcelhouse"), ("Inventory Lead", "Frostline"), ("Fulfillment Associate", "Rivermart"),
    ]  # fmt: skip


def test_undated_posts_share_the_time_of_their_employer() -> None:
    found = jobs(
        at(60, 110, "Parkview Clinic (2016–Present)", BOLD), at(60, 124, "Senior Clinical Pharmacist"),
        at(80, 138, "• Rounds on two wards."), at(60, 152, "Clinical Pharmacist"),
        at(80, 166, "• Lists of what the patients take."),
        at(60, 200, "Lahore Hospital (2012–2016)", BOLD), at(60, 214, "Pharmacist"), at(80, 228, "• Night shifts."),
    )  # fmt: skip
    assert found == [
        ("Senior Clinical Pharmacist", "Parkview Clinic", "", ""),
        ("Clinical Pharmacist", "Parkview Clinic", "2016", ""),
        ("Pharmacist", "Lahore Hospital", "2012", "2016"),
    ]


def test_an_employer_that_only_heads_its_posts_is_no_job() -> None:
    found = jobs(
        at(60, 110, "Willamette Home Kids Ltd", BOLD), at(400, 110, "Mar 2016 – Present"),
        at(60, 124, "Lead Community Nurse (Aug 2019 – Present)"), at(80, 138, "• A caseload of twenty-two."),
        at(60, 160, "Community Nurse (Mar 2016 – Jul 2019)"), at(80, 174, "• Home visits."),
        at(60, 210, "Annex Hospital", BOLD), at(400, 210, "Jun 2012 – Feb 2016"),
        at(60, 224, "Staff Nurse"), at(80, 238, "• Sixteen beds."),
    )  # fmt: skip
    assert [(title, company, start) for title, company, start, _ in found] == [
        ("Lead Community Nurse", "Willamette Home Kids Ltd", "2019-08"),
        ("Community Nurse", "Willamette Home Kids Ltd", "2016-03"),
        ("Staff Nurse", "Annex Hospital", "2012-06"),
    ]
