"""How each language is heard and spoken in a call: the carrier's voices, and recordings in locales/<code>/audio/."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

from messages.catalogue import get_message, list_messages
from messages.languages import LOCALES, get_language, list_languages
from messages.lexicons import get_lexicon, list_codes
from messages.spoken import FOR_THE_EAR
from model import Level

# The carrier's list of services for health data names these alone (domain-facts C2, HIPAA WARNING ON VOICES).
PRIVATE = ("Polly.",)
RECORDINGS = (".mp3", ".wav")
A_PAGE = 8  # languages of a call's menu; there 9 stops and 0 goes on
HINTS_EACH, LONGEST_HINT = 10, 40
NAMES = "lang_"  # concepts of a lexicon that name a language
HINTED = ("stop_word", "yes", "kit", "breathe", "wake", "overdose", "used", "lost", "another")
# What calls say beside call.*: a language is spoken by recordings alone when all of it is there.
ALSO_SAID = ("howto.", "emergency.", "safety.", "law.", "used.", "replacement.", "answer.", "selfharm.",
             "resources.none", "checkin.", "language.interpreter")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Voice:
    """One language in a call: the carrier's voice with its tag, and the tag by which it understands speech.

    Empty where the carrier has none; a voice that is not `is_private` is not on its list for health data. `between` is
    how `2-3` is said, `name` what the language is called where it is heard and not read, if that is another name.
    """

    say: str = ""
    language: str = ""
    gather: str = ""
    between: str = ""
    name: str = ""

    @property
    def is_private(self) -> bool:
        """Whether the voice may speak of health without anybody's further leave."""
        return self.say.startswith(PRIVATE)


@cache
def get_voice(code: str) -> Voice:
    """The [voice] table of one language's language.toml; a language without one has no voice."""
    data = tomllib.loads((LOCALES / code / "language.toml").read_text(encoding="utf-8"))
    table = data.get("voice", {})
    fields = (table.get(key, "") for key in ("say", "language", "gather", "range", "name"))
    return Voice(*fields)


def get_spoken_name(code: str) -> str:
    """What a language is called in a call, in itself: Chinese is written in two ways and spoken in two others."""
    return get_voice(code).name or get_language(code).name


def can_read(code: str, *, any_voice: bool) -> bool:
    """Whether a voice of the carrier's may read this language aloud."""
    voice = get_voice(code)
    return bool(voice.say) and (any_voice or voice.is_private)


def can_speak(code: str, *, any_voice: bool) -> bool:
    """Whether a call can be held in this language: by a voice, or by recordings of all that calls say."""
    return can_read(code, any_voice=any_voice) or not list_unrecorded(code)


@cache
def find_recording(code: str, name: str) -> Path | None:
    """The recording of one text by its context (`howto.spray.explicit`), or None."""
    files = [LOCALES / code / "audio" / f"{name}{ending}" for ending in RECORDINGS]
    return next((file for file in files if file.is_file()), None)


def name_recording(key: str, level: Level, digit: str | None = None) -> str:
    """The name of a text's recording without its ending; the words `press 3` are recorded with their digit."""
    context = get_message(key).context(level)
    return f"{context}.{digit}" if digit else context


@cache
def list_unrecorded(code: str) -> tuple[str, ...]:
    """The names of all recordings that this language still lacks before it can do without a voice."""
    return tuple(name for name in list_recordable() if find_recording(code, name) is None)


def list_recordable() -> Iterator[str]:
    """The names of what a call may say in a language, but for the language menu, whose digits may change."""
    for message in list_messages():
        if is_said(message.key) and message.key != "call.language":
            yield from (message.context(level) for level in message.levels)


def find_digit(code: str) -> str:
    """The key that chooses a language in a call, in the order in which languages are offered."""
    place = [language.code for language in list_languages()].index(code)
    return str(place % A_PAGE + 1)


def is_said(key: str) -> bool:
    """Whether a call may say a text: one for the ear, or one that has no other words for it."""
    return key.startswith("call.") or (key.startswith(ALSO_SAID) and key not in FOR_THE_EAR)


def read_hints() -> None:
    """Read every language's hints now, so that no caller has to wait for them."""
    for language in list_languages():
        list_hints(language.code)
        list_name_hints(language.code)


@cache
def list_hints(code: str) -> tuple[str, ...]:
    """Words that the carrier should expect to be said in this language: the plain ones of its lexicon."""
    concepts = list_concepts(code)
    return tuple(
        word for name in HINTED for word in islice(filter(is_plain, concepts.get(name, ())), HINTS_EACH)
    )


@cache
def list_name_hints(code: str) -> tuple[str, ...]:
    """What the carrier should expect over the language menu: every language's own and English name, and other words
    for them in the language that is listened for."""
    names = [
        name for one in list_languages() for name in (one.name, get_spoken_name(one.code), one.english_name)
    ]
    for concept, words in list_concepts(code).items():
        names += islice(words, HINTS_EACH) if concept.startswith(NAMES) else ()
    parts = (part.strip() for name in names for part in re.split("[()]", name))
    return tuple(dict.fromkeys(filter(is_plain, filter(None, parts))))


def list_concepts(code: str) -> Mapping[str, Sequence[str]]:
    """What is said for each concept in a language; nothing where it has no lexicon."""
    return get_lexicon(code).concepts if code in list_codes() else {}


def is_plain(word: str) -> bool:
    """Whether an entry of a lexicon is words and no pattern."""
    return word.replace(" ", "").isalpha() and len(word) <= LONGEST_HINT
