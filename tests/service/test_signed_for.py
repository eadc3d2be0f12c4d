"""With strict review a translation that nobody signed for never leaves: English and signed Spanish do."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from model import Advice, Contact, Level, Line, Outcome, Sent, Standing
from service.choose_languages import INTERPRETER, choose_languages
from service.run_due import run_due
from tests.called import list_rows
from tests.world import POLICY, World

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


def test_a_step_of_which_the_night_caught_a_part_is_not_said_again_in_the_morning(world: World) -> None:
    world.enrol(language="es")
    world.work()
    world.now = datetime(2026, 3, 3, 10, 0, tzinfo=ZoneInfo(POLICY.default_zone))
    run_due(world.memory, STRICT, world.now)
    world.carrier.answers = [Sent(Outcome.ACCEPTED), Sent(Outcome.LATER, code=20429)]
    world.work()
    world.now += timedelta(hours=12)
    world.work()
    at_night = world.list_keys()[2:]
    world.now += timedelta(hours=10)
    run_due(world.memory, STRICT, world.now)
    world.work()
    assert (at_night, world.list_keys()[2:]) == (["checkin.feeling"], ["checkin.feeling", INTERPRETER.key])


def test_a_step_of_several_texts_that_cannot_arrive_becomes_one_call(world: World) -> None:
    world.enrol(language="es", channel="both")
    run_due(world.memory, STRICT, world.now)
    world.carrier.answers = [Sent(Outcome.REFUSED, code=30006, advice=Advice.VOICE)] * 4
    world.work()
    assert [row[1] for row in list_rows(world) if row[2] == "voice"] == ["welcome.confirm"]
