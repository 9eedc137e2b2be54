"""The words by which a piece of a "Who is hiring?" line is told: roles, forms, places, and what is beside the point."""

import re

from scrapers.normalise.words import pattern

URL = re.compile(
    r"(?:https?://|www\.)[^\s|)\]]+"
    r"|(?<![\w@.-])[\w-]+(?:\.[\w-]+)*\.(?:com|io|ai|co|dev|org|net|tech|app|ch|de|fm|vet|so|gg|me|health|build|xyz|us|uk"
    r"|careers|eu|fr|nl|ca|in)(?:/[^\s|)\]]*)(?![\w.])"
    r"|(?<=[(\s\[])[\w-]+(?:\.[\w-]+)*\.(?:com|io|ai|co|dev|org|net|tech|app|ch|de|fm|vet|health|build|xyz)(?=\s*[)\],]|\s|$)"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    re.IGNORECASE,
)
_HEADS = """
    engineers?; engineering; developers?; devs?; designers?; scientists?; managers?; analysts?; architects?;
    researchers?; leads?; leaders?; directors?; cto; ceo; coo; cfo; cmo; cpo; ciso; vp; sre; sres; devops; programmers?;
    recruiters?; writers?; marketers?; interns?; internships?; consultants?; specialists?; technicians?; editors?;
    founders?; co founders?; associates?; bdrs?; sdrs?; accountants?; teachers?; nurses?; administrators?; admins?;
    contractors?; executives?; advocates?; evangelists?; operators?; strategists?; partners?; officers?; generalists?;
    coordinators?; representatives?; reps?; assistants?; hackers?; swes?; pms?; tpms?; full stack; front end; back end;
    data science; machine learning; technical staff; physicists?; chemists?; biologists?; mathematicians?;
    statisticians?; economists?; linguists?; lawyers?; counsel; paralegals?; electricians?; mechanics?; machinists?;
    illustrators?; animators?; artists?; producers?; testers?; trainers?; tutors?; instructors?; professors?;
    postdocs?; fellows?; apprentices?; trainees?; graduates?; head of [\\w ]+; chief of staff; product owners?;
    scrum masters?; principals?; quants?; traders?; auditors?; controllers?; bookkeepers?; editors in chief;
    journalists?; reporters?; pilots?; surgeons?; physicians?; therapists?; pharmacists?; cryptographers?; mlops; qa;
    sysadmins?; eng; support; sales; success; growth; marketing; design; security
"""
_LEVEL = "senior|sr\\.?|junior|jr\\.?|staff|principal|lead|founding|mid-?level|entry-?level|chief"
_LEVELLED = "i|ii|iii|iv|v|1|2|3|4|remote|all levels|senior|junior|lead|staff|principal|intern"
_ROLE = pattern(_HEADS)
# At its end a piece says what it is: "Design Engineer" is a role, "Engineering Square" is not.
ROLE_LAST = re.compile(rf"(?:{_ROLE.pattern})(?:\s+(?:{_LEVELLED}))*\W*$", re.IGNORECASE)
ROLE_FIRST = re.compile(rf"^(?:(?:{_LEVEL})\b[\s,+/&-]*)+\w|^(?:head|director|vp|vice president|member|chief) of\b"
                        r"|^(?:software|data|product|full[ -]?stack|front[ -]?end|back[ -]?end|web|mobile|ios|android)"
                        r" (?:engineer|develop|design|scien|manage)", re.IGNORECASE)  # fmt: skip
ROLE_WORD = _ROLE
SOME_ROLES = re.compile(
    r"\b(?:multiple|various|several|many|all|open|engineering|technical|other|different|\d+|two|three|four|five)"
    r"(?:\s+[\w/&-]+){0,3}\s+(?:roles?|positions?|openings|jobs|opportunities)\b"
    r"|^(?:[\w./&+-]+\s+){0,3}(?:roles|positions|openings)$",
    re.IGNORECASE,
)
WORKPLACE = pattern("""
    remote; remotely; hybrid; on site; onsite; in office; in person; wfh; work from home; distributed; anywhere;
    in house; office based; remote first; fully remote; worldwide
""")
FORM = re.compile(
    r"(?<![^\W_])(?:full[\s-]*time|part[\s-]*time|fulltime|parttime|ft|pt|contract(?:s|or|ing)?(?:[\s-]to[\s-]hire)?|"
    r"freelance|permanent|perm|temporary|temp|fixed[\s-]term|intern(?:s|ships?)?|fractional|1099|w2|c2c|b2b|vendor|"
    r"half[\s-]time|consulting|employment|employee|co[\s-]ops?|seasonal|retainer)(?![^\W_])",
    re.IGNORECASE,
)
GLUE = re.compile(
    r"(?<![^\W_])(?:and|or|to|hire|with|only|possible|available|role|roles|position|hours?|hrs?|h|week|per|wk|w|x|all|"
    r"levels?|paid|on|call|preferred|ok|also|considered|day|days|a|b|months?|project|based|first|then|remote)(?![^\W_])",
    re.IGNORECASE,
)
# A town and its state or country, or a short name that only means a place.
PLACE = re.compile(
    r"(?i:(?<![^\W_])(?:nyc|sf|sfo|bay area|silicon valley|usa|u\.s\.a?\.?|emea|latam|apac|dach|cet|cest|utc|gmt|"
    r"(?:multiple|various|several|many) locations|timezones?|time zones?|hq|headquarters|[ue][us][- ]based)(?![^\W_]))"
    r"|(?<![^\W_])(?:NY|LA|DC|US|EU|UK)(?![^\W_])"
    r"|\b[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+)*,? (?:A[LKZR]|C[AOT]|D[CE]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]"
    r"|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[TA]|W[AVIY]|ON|BC|AB|QC|MB|SK|NS|UK|USA?|EU)\b",
)
PLACELESS = re.compile(r"^(?:salary|visa|equity|series|funding|stack)\b", re.IGNORECASE)
ASIDE = re.compile(
    r"\b(?:visas?|equity|relocation|benefits|sponsor\w*|series [a-f]\b|seed|pre-?seed|funding|funded|raised|backed|"
    r"unlimited pto|pto|401k|bonus|competitive|salary|stack|stealth mode|apply|email|e-mail|https?|closed|"
    r"yc[ -]?[swfx]\d\d|milestone|success-fee|degree|citizens?|citizenship|clearance|immigration|candidates)\b",
    re.IGNORECASE,
)
ASIDE_ONLY = re.compile(
    r"^(?:(?:no |with |h1b |some )*visas?\b|equity\b|relocation\b|benefits\b|https?:|sponsor|series [a-f]\b|closed$|"
    r"(?:us|eu|u\.s\.) citizens?\b|seeking freelancer|hiring$|we(?:'|’)?re hiring|\d+\s*(?:to|-|–)\s*\d+\s*%$)",
    re.IGNORECASE,
)
BATCH = re.compile(
    r"\(\s*(?:yc|y combinator|techstars|a16z|[swfx]p?\d\d|http|www|we(?:'|’)?re|hiring|closed|formerly|fka|a\.?k\.?a\.?"
    r"|series|seed|backed|remote|onsite|hybrid|nasdaq|nyse|acquired)[^)]*\)?|\[[^\]]*\]"
    r"|\b(?:yc|y combinator)[ -]?[swfx]\d\d\b",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"^\W*(?P<label>company|role|position|title|job title|location|remote|salary|compensation|type)\s*:"
    r"\s*(?P<rest>.+)$",
    re.IGNORECASE,
)
_NAME = r"^(?i:at |here at |we at )?(?P<company>[\w][\w.&'’-]*(?: [A-Z0-9(][\w.&'’)-]*){0,4})\s*"
SENTENCE = re.compile(
    _NAME + r"(?:,?\s*we(?:'|’)?re|,?\s*we are|\s+is|\s+are)\s+(?:currently |now |actively )?"
    r"(?:hiring|looking for|searching for|seeking)(?: for)?\s+(?:an? |our |some )?(?P<title>(?!across)[^.!|]{3,80}?)"
    r"(?:\s+(?:in|based in)\s+(?P<place>[A-Z][^.!|]{2,50}?))?(?:\s+(?:to|who|on|for|with|and)\s.*|[.!(:].*|\s*)$"
)
HIRING = re.compile(
    _NAME
    + r"(?:,?\s*we(?:'|’)?re|,?\s*we are|\s+is|\s+are)\s+(?:currently |now |actively )?hiring(?:\s+across\b|\s*[!.:]|$)"
)
NO_ADVERT = re.compile(
    r"^\W*(?:seeking work|looking for work|seeking (?:a )?(?:job|position|role)|not hiring|open to work|for hire\b|"
    r"freelancer available|(?:we|i|who|nobody|everyone|they|anyone|it|that|this|there)(?:'|’| )(?:re|is|are|m)\b)",
    re.IGNORECASE,
)
