"""Keys, tokens and passwords of the usual shapes."""

from bot.privacy.recogniser import Recogniser

WORD = r"(?<![a-z\d])"
TOKENS = (
    r"sk-(?=[\w-]{0,40}\d)[\w-]{16,}",
    r"xox[abeoprs]-[\w-]{10,}",
    r"gh[opsur]_\w{20,}",
    r"github_pat_\w{20,}",
    r"glpat-[\w-]{16,}",
    r"hf_[a-z\d]{20,}",
    r"(?:AKIA|ASIA)[A-Z\d]{16}(?![A-Z\d])",
    r"AIza[\w-]{30,}",
    r"\d{8,10}:[\w-]{35}(?![\w-])",
    r"[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,}",
)
ANNOUNCED = r"(?:密码|口令|password|passwd|pwd|api[_ -]?key|secret|token)"
TYPED = r"[!#-&(-+./-Z^-~-]"  # no quotes, comma or brackets
SECRETS = (
    Recogniser("key", r"://(?P<raw>[^\s/@:\[\]\0]{1,100}:[^\s/@\[\]\0]{1,100})@"),
    Recogniser(
        "key",
        r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[A-Z\d+/=\s]*+(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?",
    ),
    Recogniser("key", rf"{WORD}(?:{'|'.join(TOKENS)})"),
    Recogniser("key", r"(?<![\w-])eyJ[\w-]{8,}+\.[\w-]{4,}+\.[\w-]*"),
    Recogniser("key", rf"{WORD}bearer (?P<raw>[\w.~+/=-]{{16,}})"),
    Recogniser(
        "key",
        rf"{ANNOUNCED}(?: ?[=:] ?| is |是|为)(?P<raw>(?={TYPED}{{0,40}}\d)(?={TYPED}{{0,40}}[a-z]){TYPED}{{6,100}})",
    ),
)
