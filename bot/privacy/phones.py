"""Phone numbers: Chinese, international, American, and those of countries that dial a 0 first."""

from bot.privacy.recogniser import AFTER, BEFORE, Recogniser, digits_of

# Between two digits: one space, dot, dash or slash, perhaps with a bracket. Two of them stand between two numbers.
BETWEEN = r"(?:[ .\-/]?\(|\)[ .-]?|[ .\-/])?"
NO_SIZE = r"(?! ?[x×*] ?\d)"
EXTENSION = r"(?:(?:转|-| ?ext\.? ?| ?x ?)\d{1,6})?(?!\d)"
CUE = (
    r"(?:电话|手机|座机|热线|传真|联系方式|致电|拨打|短信"
    r"|(?<![a-z])(?:phone|tel|telephone|mobile|cell|call|sms|fax|whatsapp|(?:text|message) (?=me|us|him|her)))"
)
FILLER = r"(?:号码|号|是|为|到|[ :：=,#.]|number|me|us|him|her|my|at|on|is|no\.|[a-z]{1,15} (?=at|on)){0,6}"
# Nine digits or more in any grouping; fewer only as 1234567, 555-0123, 2345 6789: '1080 1920' after 'mobile' is a size.
ANNOUNCED = rf"\(?\d(?:{BETWEEN}\d){{8,14}}|\d{{7,8}}|[2-9]\d\d[.-]\d{{4}}|[235-9]\d{{3}}[ -]\d{{4}}"


def _is_national(text: str) -> bool:
    """With its 0 it has 9 to 11 digits (dates have 8), and is neither binary nor the row of all digits."""
    digits = digits_of(text)
    return 9 <= len(digits) <= 11 and len(set(digits)) > 2 and digits != "0123456789"


def _phone(*patterns: str) -> Recogniser:
    return Recogniser("phone", "|".join(patterns))


PHONES = (
    # Chinese mobile
    _phone(
        rf"{BEFORE}(?:(?:\((?:\+|00)?86\)|(?:\+|00)?86)[ .-]?(?:\(0\))?)?"
        r"1[3-9](?:\d[ .-]?\d{4}[ .-]?\d{4}|\d\d[ .-]\d{3}[ .-]\d{4}|\d[ .-]\d{3}[ .-]\d{5}|\d{3}[ .-]\d{6})"
        rf"{AFTER}",
    ),
    # E.164, and how it is written; North America has ten digits after its 1
    _phone(
        rf"(?<![\d+])(?:\+ ?|(?<![\w.])(?:00|011 )(?=1[ .-]))1(?:{BETWEEN}\d){{10}}{EXTENSION}",
        rf"(?<![\d+])\+ ?[1-9](?:{BETWEEN}\d){{7,14}}(?!\d){NO_SIZE}",
        rf"(?<![\w.])(?:00 ?|011[ -])[1-9]\d{{0,2}}[ .-](?:\(0\)|\(?[1-9])(?:{BETWEEN}\d){{6,11}}(?!\d){NO_SIZE}",
    ),
    # Chinese landline: three digits of area and eight, or four and seven or eight
    _phone(
        rf"{BEFORE}(?<![.#-])(?:\(0(?:10|2\d)\)|0(?:10|2\d))[ -]{{0,2}}[1-9]\d{{3}}[ -]?\d{{4}}{EXTENSION}{AFTER}",
        rf"{BEFORE}(?<![.#-])(?:\(0[3-9]\d\d\)|0[3-9]\d\d)[ -]{{0,2}}[1-9]\d{{2,3}}[ -]?\d{{4}}{EXTENSION}{AFTER}",
    ),
    # American
    _phone(
        rf"(?:(?<![\w.#-])1[ .-]?)?\([2-9]\d\d\)[ .-]?[2-9]\d\d[ .-]?\d{{4}}{EXTENSION}(?!-\d)",
        rf"(?<![\w.#-])(?:1[ .-])?[2-9]\d\d([.-])[2-9]\d\d\1\d{{4}}{EXTENSION}(?!-\d)",
    ),
    # A 0, an area, a number
    Recogniser(
        "phone",
        r"(?<![\w.#/-])(?:\(0[1-9]\d{0,4}\)[ ./-]?|0[1-9]\d{0,4}[ ./-])\d{3,8}(?:([ .-])\d{2,4}(?:\1\d{2,4})?)?"
        r"(?![ ./-]?\d)",
        _is_national,
    ),
    Recogniser("phone", rf"{BEFORE}(?<![#-])0[1-9]\d{{8,9}}{AFTER}", _is_national),
    _phone(r"(?<![\w.#/-])0[67](?:([ .-])\d\d)(?:\1\d\d){3}(?![ ./-]?\d)"),
    # What only a word before it makes a phone number
    _phone(rf"{CUE}{FILLER}(?P<raw>{ANNOUNCED})(?![ .-]?\d){NO_SIZE}"),
)
