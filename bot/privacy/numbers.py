"""Numbers that carry a check digit: payment cards, IBANs, Chinese identity numbers; and those that a word announces."""

import re

from bot.privacy.recogniser import AFTER, BEFORE, Recogniser, digits_of

DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
ISSUERS = (
    r"4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11}|35\d{14}|(?:2131|1800)\d{11}"
    r"|(?:62|81)\d{14,17}|6(?:011|4[4-9]\d|5\d\d)\d{12}(?:\d{3})?|(?:5018|5020|5038|5893|6304|6759|676[1-3])\d{8,15}"
)
# Characters of an IBAN by country: the IBAN registry of SWIFT.
IBAN_LENGTHS = (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 "
    "FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 "
    "LU20 LV21 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 "
    "SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20"
)
CUE = r"(?:身份证|身份号码|证件)(?:号码|号|[:：是为 ]){0,4}"
PASSPORT = r"(?:护照|passport)(?:号码|号|number|no\.?|[:：是为# ]|is){0,5}"


def is_card(text: str) -> bool:
    """Whether digits are of an issuer's length and range, and pass Luhn's check (ISO/IEC 7812-1)."""
    digits = digits_of(text)
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return re.fullmatch(ISSUERS, digits) is not None and sum(n - 9 * (n > 9) for n in doubled) % 10 == 0


def is_iban(text: str) -> bool:
    """Whether it leaves 1 when divided by 97 (ISO 13616)."""
    plain = re.sub(r"[ -]", "", text)
    return int("".join(str(int(character, 36)) for character in plain[4:] + plain[:4])) % 97 == 1


def is_identity_number(text: str) -> bool:
    """Whether the last of 18 characters is the check digit of the others (GB 11643, ISO 7064 MOD 11-2)."""
    plain = re.sub(r"[ -]", "", text).upper()
    remainder = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(plain[:17])) % 11
    return "10X98765432"[remainder] == plain[17]


def _iban_pattern() -> str:
    shapes = (f"{entry[:2]}\\d\\d(?:[ -]?[A-Z\\d]){{{int(entry[2:]) - 4}}}" for entry in IBAN_LENGTHS.split())
    return rf"(?<![A-Z\d])(?:{'|'.join(shapes)})(?![A-Z\d])"


CARDS = (
    Recogniser("card", rf"{BEFORE}\d{{13,19}}{AFTER}", is_card),
    Recogniser("card", rf"{BEFORE}\d{{4}}([ .-])\d{{4}}\1\d{{4}}\1\d{{4}}\1\d{{3}}{AFTER}", is_card),
    Recogniser("card", rf"{BEFORE}\d{{4}}([ .-])\d{{4}}\1\d{{4}}\1\d{{4}}{AFTER}", is_card),
    Recogniser("card", rf"{BEFORE}\d{{4}}[ .-]\d{{6}}[ .-]\d{{4,5}}{AFTER}", is_card),
    Recogniser("card", rf"{BEFORE}\d{{6}}[ .-]\d{{7,13}}{AFTER}", is_card),
)
IBANS = (Recogniser("IBAN", _iban_pattern(), is_iban),)
IDENTITY = (
    Recogniser(
        "id number",
        rf"{BEFORE}[1-8]\d{{5}}[ -]?(?:18|19|20)\d\d{DAY}[ -]?\d{{3}}(?:\d(?![\da-z])|X(?![a-z]))",
        is_identity_number,
    ),
    # Until 1999 they had 15 digits, two for the year, and no check digit.
    Recogniser("id number", rf"{BEFORE}(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])\d{{6}}{DAY}\d{{3}}{AFTER}"),
    # A number that is announced goes even when a digit of it was mistyped.
    Recogniser("id number", rf"{CUE}(?P<raw>\d{{17}}[\dX]|\d{{15}})(?![\da-z])"),
    Recogniser("id number", rf"{PASSPORT}(?P<raw>[A-Z]{{1,2}}\d{{7,8}}|\d{{9}})(?![\da-z])"),
    Recogniser("id number", r"(?<![\w.-])(?!000|666|9)\d{3}-(?!00)\d\d-(?!0000)\d{4}(?![\w-])"),  # US social security
)
