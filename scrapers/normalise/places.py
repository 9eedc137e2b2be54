"""Names of places, all keys casefolded: countries and states from ISO 3166, regions and cities from our own lists."""

from pathlib import Path

import pycountry

# What postings call a region, and the one word we keep for it.
REGION_WORDS = {
    **dict.fromkeys(("europe", "europa", "european timezones", "european"), "europe"),
    **dict.fromkeys(("eu", "european union", "eea", "eu countries"), "eu"),
    **dict.fromkeys(("emea", "europe, middle east and africa"), "emea"),
    **dict.fromkeys(("apac", "asia pacific", "asia-pacific"), "apac"),
    **dict.fromkeys(("latam", "latin america", "latinoamérica", "south america", "central america"), "latam"),
    **dict.fromkeys(("north america", "northern america", "usa/canada"), "north-america"),
    **dict.fromkeys(("americas", "america"), "americas"),
    **dict.fromkeys(("asia", "south-east asia", "southeast asia"), "asia"),
    **dict.fromkeys(("africa",), "africa"),
    **dict.fromkeys(("oceania", "australia/nz", "anz"), "oceania"),
    **dict.fromkeys(("middle east", "mena", "gcc"), "middle-east"),
    **dict.fromkeys(("dach", "d-a-ch"), "dach"),
    **dict.fromkeys(("nordics", "scandinavia", "nordic"), "nordics"),
    **dict.fromkeys(("uk & ireland", "uki"), "uk-ireland"),
    **dict.fromkeys(
        ("worldwide", "world wide", "world", "global", "globally", "anywhere", "international"), "worldwide"
    ),
}
# Names in use that ISO does not list, among them those of neighbouring languages.
_ALSO = {
    "US": "usa,us,u.s.,u.s.a.,estados unidos,vereinigte staaten,états-unis",
    "GB": "uk,u.k.,great britain,england,scotland,wales,northern ireland,britain,großbritannien,royaume-uni",
    "DE": "deutschland,allemagne,alemania,germania", "AT": "österreich,autriche", "CH": "schweiz,suisse,svizzera",
    "FR": "frankreich,francia", "ES": "españa,spanien,espagne", "IT": "italia,italien,italie", "PT": "portugal",
    "NL": "the netherlands,holland,niederlande,pays-bas", "BE": "belgien,belgique,belgië", "PL": "polska,polen",
    "CZ": "czech republic,czechia,česko", "SE": "sverige,schweden", "NO": "norge", "DK": "danmark,dänemark",
    "FI": "suomi", "IE": "republic of ireland,irland", "RU": "russia", "KR": "south korea,korea", "VN": "vietnam",
    "TW": "taiwan", "TR": "turkey,türkiye,turkiye", "BR": "brasil,brazil", "MX": "méxico,mexico", "IN": "bharat",
    "JP": "日本", "AE": "uae,emirates", "BO": "bolivia", "VE": "venezuela", "IR": "iran", "MD": "moldova",
    "TZ": "tanzania", "LA": "laos", "SY": "syria", "HK": "hong kong", "MK": "macedonia,north macedonia",
    "CI": "ivory coast", "PS": "palestine", "CV": "cape verde", "CD": "dr congo", "BN": "brunei", "GR": "griechenland",
    "HU": "ungarn,magyarország", "RO": "românia,rumänien", "CA": "kanada", "AU": "australien", "NZ": "aotearoa",
}  # fmt: skip
_STATES_OF = ("US", "CA", "AU", "IN", "BR")


def _countries() -> dict[str, str]:
    found: dict[str, str] = {}
    for country in pycountry.countries:
        names = (country.name, getattr(country, "common_name", ""), getattr(country, "official_name", ""))
        for name in (*names, country.alpha_2, country.alpha_3):
            found[name.casefold()] = country.alpha_2
    for code, names_also in _ALSO.items():
        found |= dict.fromkeys(names_also.split(","), code)
    return found


def _subdivisions() -> dict[str, str]:
    """States by name, and by their two letters where postings write them so (US and Canada)."""
    found: dict[str, str] = {}
    for code in reversed(_STATES_OF):
        for state in pycountry.subdivisions.get(country_code=code) or ():  # type: ignore[no-untyped-call]
            found[state.name.casefold()] = code
            if code in {"US", "CA"}:
                found[state.code.partition("-")[2].casefold()] = code
    found |= {"washington dc": "US", "washington, d.c.": "US", "d.c.": "US", "bay area": "US", "silicon valley": "US"}
    found.pop("georgia")  # the country and the state: decided in COUNTRIES, and by what follows it
    return found


def _cities() -> dict[str, str]:
    lines = (Path(__file__).parent / "cities.tsv").read_text(encoding="utf-8").splitlines()
    return {
        name.casefold(): code
        for code, _, names in (line.partition("\t") for line in lines)
        for name in names.split(",")
    }


COUNTRIES = _countries()
SUBDIVISIONS = _subdivisions()
CITIES = _cities()
