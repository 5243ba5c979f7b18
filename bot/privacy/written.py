"""E-mail addresses, as they are typed and as they are spelled out."""

from bot.privacy.recogniser import Recogniser

# Latin with accents, Greek and Cyrillic too, since look-alikes of ASCII live there; not Chinese, which stands beside.
LETTERS = r"a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u052f"
LOCAL = rf"[{LETTERS}\d._%+'-]"
LABEL = rf"[{LETTERS}\d-]"
# From the first character of a local part on, and from nowhere within: else a long word is read once for each letter.
START = rf"(?<!{LOCAL})(?:{LOCAL})++"
FILE = r"(?!(?:png|jpe?g|gif|webp|svg|avif|pdf)\b)"  # logo@2x.png
AT = r"(?: ?[\[({<] ?(?:at|@) ?[\])}>] ?| ?@ ?|艾特)"
DOT = r"(?: ?[\[({<] ?(?:dot|\.|点) ?[\])}>] ?| dot |\.|。|点)"
ENDING = rf"(?:com|org|net|edu|gov|info|io|ai|dev|app|me|cn|hk|tw|de|fr|uk|us|jp|eu)(?!{LABEL})"

E_MAILS = (
    Recogniser("e-mail", rf"{START}@(?:{LABEL}+\.)+{FILE}[{LETTERS}]{{2,24}}"),
    Recogniser("e-mail", rf"{START}{AT}(?:{LABEL}{{1,63}}{DOT}){{1,4}}{ENDING}"),
    Recogniser("e-mail", rf"{START} at (?:{LABEL}{{1,63}} dot ){{1,4}}{ENDING}"),
)
