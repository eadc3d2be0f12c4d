"""With strict review a translation that nobody signed for never leaves: English and signed Spanish do."""

from dataclasses import replace

from model import Contact, Level, Line, Standing
from service.choose_languages import INTERPRETER, choose_languages
from tests.world import POLICY

STRICT = replace(POLICY, strict_review=True)
HOWTO, CALL = Line("howto.first"), Line("emergency.call_911")


def make_person(language: str) -> Contact:
    return Contact(1, "+16195550142", language, "America/Los_Angeles", Standing.ACTIVE)


def test_without_strict_review_every_line_is_said_in_the_persons_language() -> None:
    assert choose_languages([HOWTO, CALL], make_person("es"), POLICY) == [(HOWTO, "es"), (CALL, "es")]


def test_an_unsigned_line_is_said_in_english_with_an_interpreter() -> None:
    said = choose_languages([CALL, HOWTO], make_person("es"), STRICT)
    assert said == [(CALL, "en"), (HOWTO, "en"), (INTERPRETER, "en")]


def test_english_always_goes() -> None:
    assert choose_languages([CALL], make_person("en"), STRICT) == [(CALL, "en")]


def test_signed_spanish_stands_in_for_another_language() -> None:
    def is_signed(key: str, language: str, level: Level) -> bool:
        return (key, language) == (HOWTO.key, "es")

    said = choose_languages([CALL, HOWTO], make_person("vi"), STRICT, is_signed)
    assert said == [(CALL, "en"), (HOWTO, "en"), (HOWTO, "es"), (INTERPRETER, "en")]


def test_a_signed_line_needs_no_stand_in() -> None:
    assert choose_languages([CALL], make_person("vi"), STRICT, lambda *_: True) == [(CALL, "vi")]
