"""Makes one text of all the ways a telephone can write it: folded letters, plain digits, no invisible marks."""

import re
import unicodedata
from functools import lru_cache

APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼ`´＇ʹ′"), "'")
# Accents, Arabic vowel marks, variation selectors and the keycap box: people leave them out or add them at random.
MARKS = re.compile("[\u0300-\u036f\u064b-\u065f\u0670\u0640\ufe00-\ufe0f\u20e3]")
SAME_LETTER = str.maketrans("đøłıأإآٱىیکة", "doliااااييكه")
# Scripts that write words without spaces (Thai to Khmer, Han, kana) or with unreliable ones (Hangul).
SOLID = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]"
)
SPELT_OUT = re.compile(r"(?<![^\W_])(?:[^\W\d_][ .\-]{1,2}){3,}[^\W\d_](?![^\W_])")
# A word may hold an apostrophe; a digit run, a break, a question mark and a picture are tokens of their own.
TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+|[.,!;\n]+|[?؟]+|[\u2190-\u2bff\U0001f000-\U0001faff]")
# Pauses as other scripts write them; NFKC turns some, not all, into the ASCII ones.
SAME_MARKS = str.maketrans("。、，！？؛،؟…¡¿：", ".,,!?;,?.  :")
BREAK = "."
ASKS = "?"
SKIN_TONES = re.compile("[\U0001f3fb-\U0001f3ff]")


def fold_case(text: str) -> str:
    """The text in one case, with its accents, without what stands around it."""
    return unicodedata.normalize("NFC", text).strip(" \t\n.!?").casefold()


def fold(text: str) -> str:
    """The text in one case, without accents, invisible marks and local digits, and with one kind of every mark."""
    if not text.isascii():
        text = fold_letters(unicodedata.normalize("NFKC", text.translate(APOSTROPHES)))
    text = SPELT_OUT.sub(join_letters, text.replace("`", "'").casefold())
    if text.isascii():
        return text
    return SOLID.sub(r" \g<0> ", text.translate(SAME_LETTER)).translate(SAME_MARKS)


def fold_letters(text: str) -> str:
    """The text without accents and invisible marks, with every decimal digit as 0-9."""
    bare = MARKS.sub("", unicodedata.normalize("NFD", text))
    text = unicodedata.normalize("NFC", "".join(map(fold_letter, bare))).translate(APOSTROPHES)
    return SKIN_TONES.sub("", text)


@lru_cache(2048)
def fold_letter(letter: str) -> str:
    """A digit of any script as 0-9, nothing for an invisible mark; any other letter as it is."""
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    return "" if unicodedata.category(letter) == "Cf" else letter


def join_letters(match: re.Match[str]) -> str:
    """A word spelt out letter by letter ("s t o p"), in one piece."""
    return re.sub(r"[ .\-]", "", match.group())


def split_tokens(text: str) -> list[str]:
    """The folded text's words, digit runs and pictures in order; every pause is ".", every question mark "?"."""
    return [read_token(token) for token in TOKEN.findall(fold(text))]


def read_token(token: str) -> str:
    """One raw token in its plain spelling."""
    if token[0] in ".,!;\n":
        return BREAK
    if token[0] == "?":
        return ASKS
    return token
