"""Where a place is: names of countries, regions and large cities → ISO 3166 codes.

A table, not a gazetteer. What it does not know is None, and None never counts against anyone.
"""

import re
from functools import lru_cache

_COUNTRIES = """
US: united states, united states of america, usa, u.s., u.s.a., us, america; new york, nyc, san francisco, sf, bay area,
  los angeles, seattle, austin, boston, chicago, denver, atlanta, dallas, houston, miami, philadelphia, washington,
  washington dc, portland, san diego, san jose, palo alto, mountain view, phoenix, minneapolis, detroit, nashville,
  salt lake city, raleigh, charlotte, pittsburgh, brooklyn, california, texas, florida, massachusetts, colorado,
  illinois, virginia, oregon, ohio, michigan, north carolina, pennsylvania, new jersey, arizona, utah, maryland,
  minnesota, tennessee, wisconsin, missouri, connecticut
CA: canada; toronto, vancouver, montreal, montréal, ottawa, calgary, edmonton, ontario, british columbia, quebec
GB: united kingdom, uk, u.k., great britain, england, scotland, wales, northern ireland; london, manchester, edinburgh,
  bristol, birmingham, leeds, glasgow, cambridge, oxford, belfast, liverpool
IE: ireland, republic of ireland; dublin, cork, galway
DE: germany, deutschland, allemagne; berlin, munich, münchen, hamburg, frankfurt, cologne, köln, stuttgart, düsseldorf,
  leipzig, dresden, hannover, nuremberg, nürnberg, karlsruhe, bonn, heidelberg, bremen
AT: austria, österreich; vienna, wien, graz, linz, salzburg
CH: switzerland, schweiz, suisse; zurich, zürich, geneva, genève, basel, bern, lausanne
FR: france, frankreich; paris, lyon, marseille, toulouse, bordeaux, nantes, lille, nice, grenoble
ES: spain, españa, espagne; madrid, barcelona, valencia, sevilla, seville, málaga, malaga, bilbao
PT: portugal; lisbon, lisboa, porto, braga
IT: italy, italia, italien; rome, roma, milan, milano, turin, torino, bologna, naples
NL: netherlands, the netherlands, holland, nederland; amsterdam, rotterdam, utrecht, eindhoven, the hague, delft
BE: belgium, belgique, belgien; brussels, bruxelles, antwerp, ghent
LU: luxembourg
DK: denmark, danmark; copenhagen, københavn, aarhus
SE: sweden, sverige; stockholm, gothenburg, göteborg, malmö
NO: norway, norge; oslo, bergen, trondheim
FI: finland, suomi; helsinki, tampere, espoo
IS: iceland; reykjavik
PL: poland, polska; warsaw, warszawa, krakow, kraków, cracow, wroclaw, wrocław, gdansk, gdańsk, poznan, poznań
CZ: czech republic, czechia; prague, praha, brno
SK: slovakia; bratislava
HU: hungary; budapest
RO: romania; bucharest, cluj, cluj-napoca
BG: bulgaria; sofia
GR: greece; athens, thessaloniki
HR: croatia; zagreb, split
SI: slovenia; ljubljana
RS: serbia; belgrade, novi sad
EE: estonia; tallinn, tartu
LV: latvia; riga
LT: lithuania; vilnius, kaunas
CY: cyprus; nicosia, limassol
MT: malta; valletta
UA: ukraine; kyiv, kiev, lviv
TR: turkey, türkiye; istanbul, ankara, izmir
IL: israel; tel aviv, jerusalem, haifa
AE: united arab emirates, uae; dubai, abu dhabi
SA: saudi arabia; riyadh, jeddah
QA: qatar; doha
EG: egypt; cairo
MA: morocco; casablanca
ZA: south africa; cape town, johannesburg
NG: nigeria; lagos, abuja
KE: kenya; nairobi
GH: ghana; accra
IN: india; bangalore, bengaluru, mumbai, delhi, new delhi, hyderabad, pune, chennai, gurgaon, gurugram, noida, kolkata
PK: pakistan; karachi, lahore, islamabad
BD: bangladesh; dhaka
LK: sri lanka; colombo
CN: china; beijing, shanghai, shenzhen
HK: hong kong
TW: taiwan; taipei
JP: japan; tokyo, osaka, kyoto
KR: south korea, korea; seoul
SG: singapore
MY: malaysia; kuala lumpur
TH: thailand; bangkok
VN: vietnam; hanoi, ho chi minh city
ID: indonesia; jakarta
PH: philippines; manila
AU: australia; sydney, melbourne, brisbane, perth, canberra, adelaide
NZ: new zealand; auckland, wellington
BR: brazil, brasil; são paulo, sao paulo, rio de janeiro, belo horizonte, curitiba
MX: mexico, méxico; mexico city, guadalajara, monterrey, cdmx
AR: argentina; buenos aires, córdoba
CL: chile; santiago
CO: colombia; bogota, bogotá, medellin, medellín
PE: peru; lima
UY: uruguay; montevideo
CR: costa rica
"""


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


_EU = _codes("AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE")
_EUROPE = _EU | _codes("GB CH NO IS UA RS TR")
_LATIN = _codes("MX AR BR CL CO PE UY CR")
_ASIA = _codes("IN PK BD LK CN HK TW JP KR SG MY TH VN ID PH")
_REGIONS = {
    "eu": _EU, "european union": _EU, "eea": _EU | frozenset({"NO", "IS"}), "europe": _EUROPE, "europa": _EUROPE,
    "dach": frozenset({"DE", "AT", "CH"}), "nordics": _codes("DK SE NO FI IS"),
    "benelux": frozenset({"BE", "NL", "LU"}), "north america": frozenset({"US", "CA", "MX"}),
    "latin america": _LATIN, "latam": _LATIN, "south america": _LATIN - {"MX", "CR"},
    "americas": _LATIN | {"US", "CA"}, "asia": _ASIA, "apac": _ASIA | {"AU", "NZ"},
    "asia pacific": _ASIA | {"AU", "NZ"}, "oceania": frozenset({"AU", "NZ"}),
    "middle east": _codes("AE SA QA IL EG TR"), "africa": _codes("EG MA ZA NG KE GH"),
    "emea": _EUROPE | _codes("AE SA QA IL EG MA ZA NG KE GH"),
}  # fmt: skip
_ANYWHERE = frozenset({"worldwide", "anywhere", "anywhere in the world", "global", "international", "world"})
_STATE = re.compile(
    r",\s*(?:AL|AK|AZ|AR|CA|CO|CT|DC|FL|GA|HI|ID|IL|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH"
    r"|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY)\b(?:\s+\d{5})?(?:,|$)"
)
_SEPARATORS = re.compile(r"[,;/|()\n]|\s-\s|\bor\b|\band\b")
_DECORATION = re.compile(r"\b(?:remote|hybrid|on-?site|only|based|greater|metropolitan|area|city of)\b", re.IGNORECASE)


def _read(table: str) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    countries: dict[str, str] = {}
    cities: dict[str, str] = {}
    names: dict[str, str] = {}
    for entry in table.replace("\n  ", " ").strip().splitlines():
        iso, _, rest = entry.partition(": ")
        nation, _, towns = rest.partition(";")
        named = [name.strip() for name in nation.split(",")]
        names[iso] = named[0].title()
        countries.update(dict.fromkeys(named, iso))
        cities.update({town.strip(): iso for town in towns.split(",") if town.strip()})
    return countries, cities, names


COUNTRIES, CITIES, NAMES = _read(_COUNTRIES)


@lru_cache(maxsize=8192)
def country_of(place: str) -> str | None:
    """The ISO code of `Berlin, Germany`, `Austin, TX`, `DE` or `Remote (US)`; None when unknown or more than one."""
    if place.strip().upper() in NAMES:
        return place.strip().upper()
    pieces = _pieces(place)
    found = {COUNTRIES[piece] for piece in pieces if piece in COUNTRIES}
    if not found and _STATE.search(place.strip()):
        return "US"
    found = found or {CITIES[piece] for piece in pieces if piece in CITIES}
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=8192)
def regions_cover(regions: tuple[str, ...], country: str) -> bool | None:
    """May someone in `country` work there? None when no region is understood."""
    known = False
    for region in regions:
        for piece in (*_pieces(region), region.strip().lower()):
            if piece in _ANYWHERE:
                return True
            members = _members(piece)
            if members is not None:
                known = True
                if country in members:
                    return True
    return False if known else None


@lru_cache(maxsize=8192)
def city_of(place: str) -> str | None:
    """The first known city in a location, lower case."""
    return next((piece for piece in _pieces(place) if piece in CITIES), None)


def name_of(country: str | None) -> str:
    return NAMES.get(country or "", country or "")


def _members(piece: str) -> frozenset[str] | None:
    if piece in _REGIONS:
        return _REGIONS[piece]
    iso = COUNTRIES.get(piece) or CITIES.get(piece) or (piece.upper() if piece.upper() in NAMES else None)
    return frozenset({iso}) if iso else None


def _pieces(place: str) -> list[str]:
    cleaned = _DECORATION.sub(" ", place)
    return [" ".join(piece.split()).lower() for piece in _SEPARATORS.split(cleaned) if piece.strip()]
