"""Names, addresses, phones and places, each on a page that shows one difficulty."""

from datetime import date

import pytest

from services.resumes.profile import ResumeProfile
from services.resumes.text import ExtractedText, Line, Run, Style
from services.resumes.understanding import read_profile
from tests.services.resumes.drawing import BOLD, HEADING, LARGE, PLAIN, at, column, page

AS_OF = date(2026, 11, 1)
WORK = [at(40, 400, "Experience", HEADING), at(40, 420, "Baker, Quillmark, 2019 - 2021")]


def read(*lines: Line) -> ResumeProfile:
    return read_profile(page(*lines, *WORK), as_of=AS_OF)


def head(*rows: str) -> ResumeProfile:
    return read(at(40, 30, "Jane Roe", LARGE), *column(40, 70, *rows))


@pytest.mark.parametrize(
    "rows",
    [
        ("jane.roe-", "meadowlark@long-", "example.org"),
        ("jane.roe-meadowlark@long-exa", "mple.org"),
        ("jane.roe-meadowlark@long-example.", "org"),
        ("Email  jane.roe-meadowlark (at) long-example (dot) org",),
        ("jane.roe-meadowlark@long-example.org5550100",),
    ],
)
def test_an_address_is_whole_wherever_its_line_ends(rows: tuple[str, ...]) -> None:
    profile = head(*rows)
    assert profile.email == "jane.roe-meadowlark@long-example.org"
    assert profile.links == ()


def test_a_broken_name_above_an_address_is_no_part_of_it() -> None:
    profile = read(
        at(40, 30, "Jane Roe-", LARGE), at(40, 56, "Meadowlark", LARGE), at(40, 84, "meadowlark@example.org")
    )
    assert (profile.name, profile.email) == ("Jane Roe-Meadowlark", "meadowlark@example.org")


def test_a_name_over_three_lines_beside_other_words_is_whole() -> None:
    profile = read(
        at(40, 30, "JANE", LARGE),
        at(400, 38, "jane@example.org"),
        at(40, 56, "ROE-", LARGE),
        at(400, 62, "+44 20 7946 0018"),
        at(40, 82, "O'MALLEY", LARGE),
        at(40, 112, "Baker"),
    )
    assert profile.name == "Jane Roe-O'Malley"


def test_lines_without_sizes_do_not_run_into_the_name() -> None:
    plain = Style("", 14.0)
    rows = column(0, 0, "JANE ROE", "Utrecht", "jane@example.org", style=plain, pitch=16)
    text = ExtractedText("txt", 1, tuple(rows))
    profile = read_profile(text, as_of=AS_OF)
    assert (profile.name, profile.location) == ("Jane Roe", "Utrecht")


@pytest.mark.parametrize(
    "label", ["Name:", "Imię i nazwisko:", "Ονοματεπώνυμο:", "ФИО:", "이름:", "שם מלא:", "氏　名："]
)
def test_a_label_names_the_name(label: str) -> None:
    rows = column(40, 30, "Curriculum of the applicant", f"{label} Jane Roe", "jroe@example.org")
    assert read(*rows).name == "Jane Roe"


@pytest.mark.parametrize("row", ["2. Name of Staff: Jane Roe", "1) Full name (as in passport): Jane Roe"])
def test_a_form_that_counts_its_rows_names_the_name(row: str) -> None:
    rows = column(40, 30, "CURRICULUM VITAE (CV) FOR PROPOSED PROFESSIONAL STAFF", row, "Contact: jroe@example.org")
    assert read(*rows).name == "Jane Roe"


def test_a_broken_name_goes_on_beside_and_below_and_keeps_its_letters() -> None:
    letters = read(at(40, 30, "Jane O'Roe-", LARGE), at(40, 56, "Malley, BSN, RN", LARGE), at(40, 90, "Baker"))
    assert letters.name == "Jane O'Roe-Malley, BSN, RN"
    wide = read(at(40, 30, "Jane", LARGE), at(130, 30, "O'Roe-van", LARGE), at(40, 56, "Malley", LARGE))
    assert wide.name == "Jane O'Roe-van Malley"


def test_a_title_that_shares_the_line_of_the_name_is_no_part_of_it() -> None:
    box = at(40, 30, "Jane Roe- Malley").box
    title = Line(
        1,
        box._replace(top=box.top + 22, bottom=box.bottom + 22),
        (Run("Malley ", LARGE), Run("Principal Baker of Bread", PLAIN)),
    )
    assert read(at(40, 30, "Jane Roe-", LARGE), title, at(40, 80, "x@example.org")).name == "Jane Roe-Malley"
    nurse = Line(1, box, (Run("Jane Roe, BSN, RN ", LARGE), Run("Registered Nurse,", PLAIN)))
    assert read(nurse, at(40, 60, "x@example.org")).name == "Jane Roe, BSN, RN"
    two = Line(1, box, (Run("Jane Roe ", LARGE), Run("Malley", LARGE._replace(bold=False))))
    assert read(two, at(40, 60, "x@example.org")).name == "Jane Roe Malley"
    kanji = Line(1, box, (Run("小林 千尋 ", LARGE), Run("品質管理", HEADING)))
    assert read(kanji, at(40, 60, "x@example.jp")).name == "小林 千尋"


def test_the_reading_of_a_name_is_not_the_name() -> None:
    rows = [at(40, 30, "ふりがな"), at(120, 30, "さとう はなこ"), at(40, 46, "氏名"), at(120, 46, "佐藤 花子")]
    assert read(*rows, at(40, 62, "hanako@example.jp")).name == "佐藤 花子"


@pytest.mark.parametrize(
    ("row", "phone"),
    [
        ("Fax +44 20 7946 0999 | Tel +44 20 7946 0018", "+442079460018"),
        ("Matrikelnr. 2024550199 | Mobil: 0151 23456701 | 10115 Berlin", "+4915123456701"),
        ("〒150-0001 東京都渋谷区 | 電話 ０９０−１２３４−５６７８", "+819012345678"),
        ("https://orcid.org/0000-0002-1825-0097 | M: +1 (614) 555-0182 ext. 12", "+16145550182"),
        ("080-5555-0132 | 札幌市", "+818055550132"),
        ("github.com/roe – +30 694 555 0188 – 24100 Καλαμάτα", "+306945550188"),
    ],
)
def test_the_phone_is_told_from_other_numbers(row: str, phone: str) -> None:
    someone = "山田 さくら" if "0" in row and ("〒" in row or "札幌" in row) else "Jane Roe"
    assert read(at(40, 30, someone, LARGE), at(40, 70, row)).phone == phone


def test_a_doi_in_a_list_of_papers_is_no_phone() -> None:
    papers = [at(40, 500, "Publications", HEADING), at(40, 520, "On Bread. 10.1234/crumbs.2023.123")]
    assert read_profile(page(at(40, 30, "Jane Roe", LARGE), *WORK, *papers), as_of=AS_OF).phone == ""


@pytest.mark.parametrize(
    "place",
    [
        "Quillmere",  # in no list
        "Quillmere, Ostfeld 20317 DE",
        "9 Senior Lane, Quillmere, North Ostfeld YO1 6EF",
        "Ахтанизовская",
        "Rzeszów, podkarpackie",
        "CALLE LICENCIADO 33, 2º, 48011 QUILLMERE",
        "札幌市中央区北5条西6-2",
        "Quillmere / Ostfeld",
        "Quillmere, ostfeldzkie",
        "3371 AB Quillmere",
        "г. Ахтанизовская",
        "Quillmere Mah. 5. Cad. No:12 Ostfeld/Quillmere",
        "Mallow, County Cork",
    ],
)
def test_a_place_among_the_contact_details_needs_no_list(place: str) -> None:
    profile = head("Baker", f"+44 20 7946 0018 | {place} | jane@example.org")
    assert profile.location == place


def test_a_place_below_a_phone_at_the_right_edge_is_read_and_an_employer_below_is_not() -> None:
    profile = read(
        at(40, 30, "Jane Roe", LARGE),
        at(430, 34, "+44 20 7946 0018"),
        at(40, 60, "Baker"),
        at(465, 50, "Quillmere"),
        at(40, 150, "Self-employed, Mackay QLD"),
    )
    assert profile.location == "Quillmere"


@pytest.mark.parametrize(
    "rows",
    [
        ("12 Ostgatan", "Quillmere", "Sweden"),
        ("西湖区文三路199号", "杭州 浙江省 310012"),
        ("Rua da Sofia 118", "3000-389 Coimbra"),
    ],
)
def test_an_address_over_several_lines_is_one(rows: tuple[str, ...]) -> None:
    found = head("jane@example.org", *rows).location
    assert all(row in found for row in rows)


@pytest.mark.parametrize("label", ["Wohnort:", "Miejsce zamieszkania:", "Город:", "주소:", "Based in", "Bosatt i"])
def test_a_label_names_the_place(label: str) -> None:
    rows = ["jane@example.org", "Growth", f"{label} Quillmere"]
    assert head(*rows).location == "Quillmere"


def test_a_place_in_a_table_of_labels_is_read_and_the_labels_are_not() -> None:
    lines = [at(40, 30, "Jane Roe", LARGE)]
    for number, (label, value) in enumerate(
        [("Email", "jane@example.org"), ("Phone", "+44 20 7946 0018"), ("Lieu", "Quillmere")]
    ):
        lines += [at(40, 70 + 14 * number, label, BOLD), at(140, 70 + 14 * number, value)]
    assert read(*lines).location == "Quillmere"


def test_a_profile_name_in_capitals_is_no_place() -> None:
    rail = [
        at(40, 70, "QUILLMERE"),
        at(40, 90, "JANE@EXAMPLE.ORG"),
        at(40, 110, "JANEROE", PLAIN, "https://github.com/janeroe"),
    ]
    assert read(at(40, 30, "JANE ROE", LARGE), *rail).location == "QUILLMERE"


def urls(profile: ResumeProfile) -> list[str]:
    return [link.url for link in profile.links]


@pytest.mark.parametrize(
    ("rows", "url"),
    [
        (("linkedin.com/in/jane-", "meadowlark-", "baker"), "https://linkedin.com/in/jane-meadowlark-baker"),
        (("github.com/janemeado", "wlark"), "https://github.com/janemeadowlark"),
        (("LinkedIn: jane-roe",), "https://linkedin.com/in/jane-roe"),
        (("in/jane-roe",), "https://linkedin.com/in/jane-roe"),
        (("0000-0002-1825-0097",), "https://orcid.org/0000-0002-1825-0097"),
        (("@jane@bakers.social",), "https://bakers.social/@jane"),
        (("bakers.social/@jane",), "https://bakers.social/@jane"),
        (("jane_r · https://www.twitter.com",), "https://twitter.com/jane_r"),
        (("meadow-", "lark77"), "meadowlark77"),
        (("Baker | Leeds | Meadowbakes | meadowbakes",), "meadowbakes"),
        (("+44 20 7946 0018 Leeds GitHub: meadowbakes",), "https://github.com/meadowbakes"),
        (("X: @meadowbakes",), "https://x.com/meadowbakes"),
        (("LinkedIn Profile: jane-roe",), "https://linkedin.com/in/jane-roe"),
        (("LinkedIn – /in/jane-roe",), "https://linkedin.com/in/jane-roe"),
    ],
)
def test_a_profile_is_read_however_it_is_written(rows: tuple[str, ...], url: str) -> None:
    profile = read(at(40, 30, "Jane Meadowlark", LARGE), *column(40, 70, "jane@example.org", *rows))
    assert urls(profile) == [url]
    assert profile.email == "jane@example.org"


def test_the_map_behind_an_address_is_no_profile() -> None:
    place = at(40, 84, "12 Ostgatan, Quillmere", PLAIN, "https://www.google.com/maps?q=12%20Ostgatan")
    profile = read(at(40, 30, "Jane Roe", LARGE), at(40, 70, "jane@example.org"), place)
    assert (profile.location, profile.links) == ("12 Ostgatan, Quillmere", ())


def test_an_icon_beside_the_details_is_a_site_and_one_beside_the_work_is_not() -> None:
    icons = (
        at(300, 72, "", PLAIN, "https://roe.example.org"),
        at(300, 420, "", PLAIN, "https://quillmark.example.org"),
    )
    text = page(at(40, 30, "Jane Roe", LARGE), at(40, 70, "jane@example.org"), *WORK)
    assert urls(read_profile(ExtractedText("pdf", 1, text.lines, icons=icons), as_of=AS_OF)) == [
        "https://roe.example.org"
    ]


def test_a_phone_that_a_line_broke_is_whole() -> None:
    assert head("jane@example.org | +55 66 95555-", "0184").phone == "+5566955550184"


@pytest.mark.parametrize(
    "name",
    [
        "Joost van 't Hof",
        "Clémence Le Barbier d’Aubigny",
        "Sorcha Ní Bhriain",
        "남궁 하늘",
        "Jane auf dem Roe",
        "Jane ffoulkes",
        "Jane ffoulkes-Roe",
        "Jane al-Khatib",
        "Jane Roe, BSN, RN",
        "Jane Roe III",
        "Jane “Jay” Roe",
    ],
)
def test_small_words_belong_to_a_name(name: str) -> None:
    assert read(at(40, 30, name, LARGE), at(40, 60, "Growth Lead"), at(40, 80, "x@example.org")).name == name


@pytest.mark.parametrize(
    "title",
    ["Curriculum vitae", "European Format", "履歴書", "السيرة الذاتية", "Životopis", "경력기술서", "个人履历表"],
)
def test_the_title_of_the_document_is_not_its_person(title: str) -> None:
    rows = [at(40, 20, title, LARGE), at(40, 60, "Jane Roe", HEADING), at(40, 84, "jane@example.org")]
    assert read(*rows).name == "Jane Roe"


def test_details_at_the_foot_of_the_page_are_read_and_are_no_skills() -> None:
    lines = [
        at(40, 30, "Jane Roe", LARGE),
        at(40, 60, "Baker"),
        *WORK,
        at(40, 460, "Skills", HEADING),
        *column(40, 480, "Proofing", "Costing"),
        at(40, 760, "hello@roe.example.org"),
        at(200, 760, "+44 20 7946 0018"),
        at(330, 760, "Quillmere, Ostfeld"),
        at(450, 760, "instagram.com/roe.bakes"),
    ]
    profile = read_profile(page(*lines), as_of=AS_OF)
    assert (profile.email, profile.phone, profile.location) == (
        "hello@roe.example.org",
        "+442079460018",
        "Quillmere, Ostfeld",
    )
    assert urls(profile) == ["https://instagram.com/roe.bakes"]
    assert profile.skills == ("Proofing", "Costing")


def test_a_city_alone_below_the_name_is_a_place_and_a_word_there_is_not() -> None:
    for word, place in (("Leicester", "Leicester"), ("Growth", "")):
        lines = [at(40, 30, "Jane Roe", LARGE), at(40, 58, word, HEADING), at(40, 300, "jane@example.org")]
        assert read(*lines).location == place


@pytest.mark.parametrize(
    "row", ["Born 12 March 1988 in Leeds", "Geboren am 12.03.1988 in Kassel", "DNI 12345678Z", "Rijbewijs: B"]
)
def test_where_a_person_was_born_is_not_where_they_live(row: str) -> None:
    profile = head("Baker", f"jane@example.org | Quillmere, Ostfeld | {row}", row)
    assert (profile.location, profile.phone) == ("Quillmere, Ostfeld", "")


def test_a_city_that_opens_a_list_at_the_right_edge_is_a_place() -> None:
    lines = [
        at(40, 30, "Jane Roe", LARGE),
        at(505, 32, "Quillmere"),
        at(480, 45, "+44 20 7946 0018"),
        at(470, 58, "jane@example.org"),
    ]
    lines = [
        line.moved(line.box._replace(x0=line.box.x0 + 560 - line.box.x1, x1=560.0)) if line.box.x0 > 100 else line
        for line in lines
    ]
    assert read(*lines).location == "Quillmere"


def test_an_address_whose_parts_stand_apart_in_one_row_is_whole() -> None:
    row = [at(40, 70, "12 Elm Street"), at(120, 70, "Quarrytown"), at(190, 70, "VA 22192")]
    profile = read(at(40, 30, "Jane Roe", LARGE), *row, at(40, 86, "jane@example.org"), at(160, 86, "571 555 0148"))
    assert profile.location == "12 Elm Street, Quarrytown, VA 22192"


def test_a_state_behind_a_city_is_no_degree() -> None:
    row = [at(40, 70, "jane@example.org"), at(140, 70, "617 555 0172"), at(240, 70, "Quincy, MA")]
    assert read(at(40, 30, "Jane Roe", LARGE), *row).location == "Quincy, MA"


def test_a_row_of_dots_leads_to_the_place() -> None:
    assert head("E-mail ........ jane@example.org", "Address ........ 12 Elm Street, Utrecht").location == (
        "12 Elm Street, Utrecht"
    )


def test_the_first_letters_of_the_name_are_no_place() -> None:
    person = at(40, 60, "Cora Abara-Finch", LARGE)
    rows = column(40, 92, "cora@example.org", "+44 7700 900977", "Solihull, West Midlands")
    assert read(at(40, 24, "CA", LARGE), person, *rows).location == "Solihull, West Midlands"


def test_two_halves_of_a_printed_address_point_to_one() -> None:
    url = "https://janeroe.dev"
    rows = [at(40, 70, "jane@example.org • https://janer", link=url), at(40, 84, "oe.dev", link=url)]
    assert urls(read(at(40, 30, "Jane Roe", LARGE), *rows)) == [url]


def test_a_network_below_a_user_name_is_where_it_belongs() -> None:
    person, mail = at(40, 30, "Jane Roe-Meadowlark", LARGE), at(40, 70, "jane@example.org")
    under = [at(40, 100, "Perfiles", HEADING), *column(40, 124, "meadowlark.jane", "LinkedIn")]
    assert urls(read(person, mail, *under)) == ["https://linkedin.com/in/meadowlark.jane"]
    over = column(40, 84, "LinkedIn", "meadowlark-1", "GitHub", "meadowlark-2")
    assert urls(read(person, mail, *over)) == [
        "https://linkedin.com/in/meadowlark-1",
        "https://github.com/meadowlark-2",
    ]


def test_a_user_name_on_a_page_from_right_to_left_and_the_end_of_an_address() -> None:
    assert urls(head("meadow@example.co.il", "meadowlark@")) == ["meadowlark"]
    assert urls(head("meadow@example", "co.il.")) == []


def test_a_site_named_like_the_person_is_theirs_wherever_it_stands_alone() -> None:
    about = [at(40, 100, "About", HEADING), *column(40, 124, "https://meadowlark.dev", "https://quillmark.dev")]
    rows = [at(40, 30, "Jane Meadowlark", LARGE), at(40, 70, "jane@example.org")]
    assert urls(read(*rows, *about)) == ["https://meadowlark.dev"]


def test_an_address_in_large_letters_above_the_details_is_the_place() -> None:
    title = at(40, 70, "18 Elm Street, London, WC1R 4RE", HEADING)
    rows = column(40, 94, "+44 20 7946 0412", "jane@example.org", "roe-patents.example.com")
    assert read(at(40, 20, "Jane Roe", LARGE), at(40, 48, "Baker"), title, *rows).location == title.text


@pytest.mark.parametrize(
    "row",
    ["Hello, I'm Jane Roe", "Jane Roe's Resume", "Jane Roe: Senior Baker", "Candidate: Jane Roe"],
)
def test_the_words_around_a_name_are_no_part_of_it(row: str) -> None:
    assert read(at(40, 30, row, LARGE), *column(40, 62, "Senior Baker", "jroe@example.org")).name == "Jane Roe"


@pytest.mark.parametrize(
    ("row", "name"), [("JANE ROE, BSN, RN", "Jane Roe, BSN, RN"), ("JOHN ROE III", "John Roe III")]
)
def test_letters_behind_a_name_in_capitals_keep_theirs(row: str, name: str) -> None:
    assert read(at(40, 30, row, LARGE), at(40, 62, "jroe@example.org")).name == name
