"""Which voice speaks which language, and which languages are understood (domain-facts C2)."""

import re
from urllib.parse import quote

DEFAULT_LANGUAGE = "en-US"
LONGEST_TEXT = 3000
# Twilio hands a text on URL-encoded, where a letter outside Latin is three to nine characters (domain-facts E7).
LONGEST_ENCODED = 4500

# The first language of a voice is its own; the others it may be asked for by name.
POLLY = {
    "Joanna": ("en-US",),
    "Matthew": ("en-US",),
    "Lupe": ("es-US",),
    "Pedro": ("es-US",),
    "Mia": ("es-MX",),
    "Andres": ("es-MX",),
    "Zeina": ("arb", "ar", "ar-001"),
    "Hala": ("ar-AE",),
    "Zayd": ("ar-AE",),
    "Zhiyu": ("cmn-CN", "zh-CN"),
    "Hiujin": ("yue-HK", "yue-CN"),
    "Seoyeon": ("ko-KR",),
    "Tatyana": ("ru-RU",),
    "Maxim": ("ru-RU",),
    "Takumi": ("ja-JP",),
    "Kazuha": ("ja-JP",),
    "Kajal": ("hi-IN", "en-IN"),
}
GOOGLE = [
    "en-US",
    "es-US",
    "vi-VN",
    "fil-PH",
    "ar-XA",
    "cmn-CN",
    "cmn-TW",
    "yue-HK",
    "ko-KR",
    "ru-RU",
    "uk-UA",
    "ja-JP",
    "hi-IN",
    "th-TH",
    "pa-IN",
    "am-ET",
]
POLLY_NAME = re.compile(r"Polly\.(\w+)(?:-(?:Neural|Generative))?")
GOOGLE_NAME = re.compile(r"Google\.([a-z]{2,3}-[A-Z]{2})-\w+(?:-\w+)*", re.IGNORECASE)
# Twilio's own voices, among them what it speaks with when no voice is named.
BASIC = ("", "man", "woman", "alice")
BASIC_LANGUAGES = [
    "en",
    "en-US",
    "en-GB",
    "en-AU",
    "en-CA",
    "en-IN",
    "es",
    "es-ES",
    "es-MX",
    "es-US",
    "fr",
    "fr-FR",
    "fr-CA",
    "de",
    "de-DE",
    "it-IT",
    "ja-JP",
    "ko-KR",
    "pt-BR",
    "ru-RU",
    "zh-CN",
    "zh-HK",
    "zh-TW",
]

# A speech code is a full tag with its region; Twilio understands none of these languages.
SPEECH = re.compile(r"[a-z]{2,3}(-[A-Za-z]{4})?-[A-Z]{2}")
NOT_UNDERSTOOD = ("so", "prs", "ps", "hmn", "cld", "aii")
RIGHT_TO_LEFT = ("ar", "arb", "fa", "prs", "ps", "ur", "he", "cld", "aii")


def list_languages(voice: str) -> list[str]:
    """The languages that a voice speaks, its own first; none when Twilio has no such voice."""
    if voice in BASIC:
        return [DEFAULT_LANGUAGE, *BASIC_LANGUAGES]
    if polly := POLLY_NAME.fullmatch(voice):
        return list(POLLY.get(polly[1], ()))
    if google := GOOGLE_NAME.fullmatch(voice):
        return [tag for tag in GOOGLE if tag.lower() == google[1].lower()]
    return []


def judge_say(text: str, languages: list[str], language: str) -> int | None:
    """Twilio's code for a `<Say>` it would not speak (13511 voice, 13520 no text, 13521 too long), else None."""
    if language not in languages:
        return 13511
    if not text:
        return 13520
    return 13521 if len(text) > LONGEST_TEXT or len(quote(text, safe="")) > LONGEST_ENCODED else None


def is_understood(language: str) -> bool:
    """Whether `<Gather>` takes this as the language of speech."""
    return bool(SPEECH.fullmatch(language)) and language.split("-")[0] not in NOT_UNDERSTOOD


def get_direction(language: str) -> str:
    """How a language is written: `rtl` or `ltr`."""
    return "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr"
