"""What the words alone say of a text: a post, a house, or nothing."""

import pytest

from services.resumes.entries.lexicon import company_score, title_score

POSTS = [
    "Bookseller", "Deckhand", "Journeyman Lineman", "Hydrogeologist", "PGY-2 Resident", "Lettings Negotiator",
    "Wohnbereichsleitung", "Steuerfachangestellte", "Collaudatore motori", "Restauratrice di costumi",
    "Charpentier de marine", "Contrôleuse de gestion", "Proyeccionista", "Recepcionista", "Explicador",
    "Biträdande rektor",
    "Virkesköpare", "Orgelmaker", "Intonateur", "Holzeinkäufer", "Copiloto A320", "施工员", "바리스타", "Predavačka",
    "Traktorinkuljettaja", "Pénztáros", "Logisztikai koordinátor", "Προϊστάμενος λογιστηρίου", "Инженер-технолог",
    "חשמלאי תחזוקה", "検査員", "审计助理", "Kế toán tổng hợp", "วิศวกรโยธา",
]  # fmt: skip
HOUSES = [
    "立信会计师事务所", "ミツワ樹脂工業", "АО «Конфектория»", "Αιγαίο Ξενοδοχειακή Α.Ε.", "Steuerbüro Kretz",
    "Công ty Sơn Trà", "Umeå kommun", "בנק הצפון", "Bakker & Hallema",
]  # fmt: skip
NEITHER = ["Anna Koch", "Dean Carver", "Baltimore, MD", "Georgia Tech", "Baker & Hall", "Carrier", "Anchor Hill"]


@pytest.mark.parametrize("text", POSTS)
def test_a_post_is_known_by_its_noun(text: str) -> None:
    assert title_score(text) >= 1.4
    assert title_score(text) > company_score(text)


@pytest.mark.parametrize("text", HOUSES)
def test_a_house_is_known_by_its_kind(text: str) -> None:
    assert company_score(text) > title_score(text)


@pytest.mark.parametrize("text", NEITHER)
def test_names_that_were_once_trades_say_nothing(text: str) -> None:
    assert title_score(text) == 0


@pytest.mark.parametrize("text", ["Freelance", "Self-employed", "Selbständig", "Libera professione", "フリーランス"])
def test_who_works_on_their_own_account_names_no_post(text: str) -> None:
    assert company_score(text) > title_score(text) == 0
