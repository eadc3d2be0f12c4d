"""Calls that come in: the same answers and records as texts, in every language, and each call ends."""

import pytest

from calling import Ask, Dial, Place, Spoken
from messages.languages import list_languages
from messages.voices import can_read, get_voice
from model import Standing
from store.contacts import save_contact
from tests.telephone import CALLS, STAFFED, Telephone
from tests.world import PHONE, World

LANGUAGES = [language.code for language in list_languages()]
LONGEST_WALK = 30  # answers of ours before a silent caller must have been hung up on
LEAVES = ("1", "2", "3", "4", "5", "7", "8", "9", "0", "#")
# The same conversation by text and by call: what is written, and what is pressed or said.
SAME = {
    "fine": (["1"], ["1"]),
    "not fine": (["2"], ["2"]),
    "another kit": (["3"], ["3"]),
    "fine in words": (["I am fine thanks"], ["I am fine thanks"]),
    "used": (["we used the kit and he is ok now", "1"], ["0", "3", "1"]),
    "needs one": (["I need a new kit"], ["0", "4"]),
    "person": (["I want to talk to a person"], ["0", "5"]),
    "stop": (["stop"], ["9"]),
    "stop in words": (["please stop calling me"], ["please stop calling me"]),
    "emergency": (["he is not breathing"], ["he is not breathing"]),
    "self harm": (["I want to die"], ["I want to die"]),
    "spanish": (["español"], ["0", "8", "2"]),
    "how to": (["how do I use the spray"], ["0", "1"]),
    "places": (["where can I get treatment"], ["0", "2"]),
}


@pytest.mark.parametrize("name", SAME)
def test_a_call_and_texts_that_say_the_same_end_in_the_same_record(name: str, world: World) -> None:
    records = []
    for phone, by_call in (("+16195550142", False), ("+16195550143", True)):
        world.enrol(phone)
        with world.memory.transaction() as tx:
            save_contact(tx, world.find(phone).id, question="checkin_feeling", asked_at=world.now)
        written, pressed = SAME[name]
        talk_by_call(world, phone, pressed) if by_call else talk_by_text(world, phone, written)
        who = world.find(phone)
        records.append((world.list_facts(phone), world.list_tasks(phone), who.standing, who.language))
    assert records[0] == records[1]


@pytest.mark.parametrize("name", ["used", "needs one", "person", "places", "how to", "emergency"])
def test_a_stranger_by_call_and_by_text_ends_in_the_same_record(name: str, world: World) -> None:
    world.publish("Harbor Clinic", "619-555-0160", kind="naloxone")
    records = []
    for phone, by_call in (("+16195550142", False), ("+16195550143", True)):
        written, pressed = SAME[name]
        talk_by_call(world, phone, ["1", *pressed]) if by_call else talk_by_text(
            world, phone, ["English", *written]
        )
        records.append((world.list_facts(phone), world.list_tasks(phone), world.find(phone).standing))
    assert records[0] == records[1]
    assert name in ("places", "how to") or records[0][1]
    assert not {kind for kind, _ in records[0][0]} & {"kit", "reversal"}


@pytest.mark.parametrize("published", [True, False])
def test_an_unknown_caller_without_a_kit_hears_where_one_can_be_had(published: bool, world: World) -> None:
    if published:
        world.publish("Harbor Clinic", "619-555-0160", kind="naloxone")
    call = Telephone(world)
    call.dial()
    call.press("1")
    assert "passed on your need" in call.press("4") and world.list_tasks() == ["replacement"]
    said = call.press("2")
    assert ("Harbor Clinic" in said) is published and ("2 1 1" in said) is not published
    assert world.list_facts() == [("language", "en")]


def talk_by_text(world: World, phone: str, written: list[str]) -> None:
    """Write each."""
    for text in written:
        world.write(text, phone)


def talk_by_call(world: World, phone: str, pressed: list[str]) -> None:
    """Press each that is a digit and say the others."""
    call = Telephone(world, phone)
    call.dial()
    for answer in pressed:
        call.press(answer) if answer.isdigit() else call.say(answer)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_leaf_of_every_languages_menu_ends_and_says_911_first(code: str, world: World) -> None:
    world.enrol(language=code)
    world.publish("Clinic", "619-555-0160")
    for leaf in LEAVES:
        call = Telephone(world)
        first = call.dial()
        assert "9 1 1" in first.split("\n")[0]
        call.press(leaf)
        assert ends(call), f"{code} {leaf} goes on for ever"
        with world.memory.transaction() as tx:
            save_contact(tx, world.find().id, standing=Standing.ACTIVE, language=code, question=None)


def ends(call: Telephone) -> bool:
    """Whether a caller who says nothing more is hung up on."""
    for _ in range(LONGEST_WALK):
        if call.then is None:
            return True
        call.come_back(dialled=False) if isinstance(call.then, Dial) else call.wait()
    return False


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_voice_reads_a_language_that_is_not_its_own(code: str, world: World) -> None:
    world.enrol(language=code)
    call = Telephone(world)
    call.dial()
    call.press("1")
    spoken = [sound for reply in call.replies for sound in reply.sounds if isinstance(sound, Spoken)]
    own = can_read(code, any_voice=False)
    assert {sound.voice for sound in spoken} <= {get_voice(code if own else "en").say, get_voice("en").say}
    assert own or all(sound.text.isascii() for sound in spoken)


@pytest.mark.parametrize("code", [code for code in LANGUAGES if not can_read(code, any_voice=False)])
def test_a_language_without_a_voice_is_offered_as_a_text(code: str, world: World) -> None:
    world.enrol(language=code)
    world.work()
    before = len(world.list_keys())
    call = Telephone(world)
    assert "9 1 1" in call.dial() and call.place is Place.NO_VOICE
    call.press("1")
    world.work()
    assert call.then is None and world.list_keys()[before:] == ["howto.first", "help.info"]


def test_key_nine_stops_everywhere(world: World) -> None:
    for keys in ([], ["1"], ["2"], ["3"], ["8"], ["5"], ["3", "1"]):
        world.enrol()
        call = Telephone(world)
        call.dial()
        for key in keys:
            call.press(key)
        said = call.press("9")
        assert (world.find().standing, call.then) == (Standing.STOPPED, None)
        assert said.count("no more calls or texts") == 1
        world.write("START")


def test_a_stop_by_voice_sends_no_second_confirmation(world: World) -> None:
    world.enrol()
    world.work()
    before = len(world.list_keys())
    call = Telephone(world)
    call.dial()
    call.say("stop calling me")
    world.work()
    assert (world.find().standing, len(world.list_keys())) == (Standing.STOPPED, before)


def test_the_words_for_an_emergency_are_said_three_times_and_then_the_line_is_free(world: World) -> None:
    world.enrol()
    call = Telephone(world)
    call.dial()
    said = [call.say("she is blue and will not wake up"), call.wait(), call.wait(), call.wait()]
    assert all(words.startswith("Hang up and dial 9 1 1 now.") for words in said)
    assert call.then is None and "emergency" in world.list_tasks()


def test_the_instructions_come_step_by_step_with_again_and_on(world: World) -> None:
    call = Telephone(world)
    call.dial()
    call.press("1")
    first = call.press("1")
    assert call.press("1") == first and call.press("2") != first


def test_a_person_is_dialled_in_office_hours_and_else_the_numbers_are_read(world: World) -> None:
    world.enrol()
    open_call, closed_call = Telephone(world, calls=STAFFED), Telephone(world, calls=CALLS)
    open_call.dial()
    open_call.press("5")
    assert open_call.then == Dial("+16195550190", 25)
    assert "9 8 8" in open_call.come_back(dialled=False) and isinstance(open_call.then, Ask)
    closed_call.dial()
    assert "8 8 8, 7 2 4, 7 2 4 0" in closed_call.press("5") and "human" in world.list_tasks()


def test_places_are_read_slowly_and_can_be_had_as_a_text(world: World) -> None:
    world.publish("Harbor Clinic", "619-555-0160")
    call = Telephone(world)
    call.dial()
    call.press("1")
    assert "Harbor Clinic. 6 1 9, 5 5 5, 0 1 6 0." in call.press("2")
    call.press("2")
    world.work()
    assert world.list_keys() == ["resources.list"]


def test_a_caller_who_stopped_is_still_told_how_to_use_the_spray(world: World) -> None:
    world.enrol()
    world.write("STOP")
    call = Telephone(world)
    call.dial()
    assert "9 1 1" in call.press("1") and call.place is Place.ANSWER
    assert world.find(PHONE).standing is Standing.STOPPED


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Spanish.", "es"),
        ("Español, por favor", "es"),
        ("Mandarin", "zh_Hans"),
        ("Cantonese", "zh_Hant"),
        ("Русский", "ru"),
    ],
)
def test_the_language_of_an_unknown_caller_can_be_said(said: str, code: str, world: World) -> None:
    call = Telephone(world)
    call.dial()
    assert isinstance(call.then, Ask) and call.then.speech == "en-US"
    assert {"Español", "Spanish", "Somali", "breathing"} <= set(call.then.hints)
    call.say(said)
    assert (call.place, world.find().language) == (Place.MENU, code)


def test_the_menu_of_languages_names_what_is_spoken(world: World) -> None:
    menu = Telephone(world).dial()
    assert "普通话，请按 5" in menu and "廣東話，請按 6" in menu


@pytest.mark.parametrize("said", ["he's not breathing", "no respira"])
def test_an_emergency_said_over_the_language_menu_is_one(said: str, world: World) -> None:
    call = Telephone(world)
    call.dial()
    assert call.say(said).startswith("Hang up and dial 9 1 1 now.")
    assert call.place is Place.ALARM and "emergency" in world.list_tasks()


@pytest.mark.parametrize("said", ["Hola", "uh", "no", "language"])
def test_words_that_name_no_language_have_it_read_again_with_911_first_and_then_it_goes_on(
    said: str, world: World
) -> None:
    call = Telephone(world)
    first = call.dial()
    again = call.say(said)
    assert "9 1 1" in again.split("\n")[0] and "press 1" in again and "press 1" in first
    assert call.say(said) != again and call.place is Place.LANGUAGES and ends(call)


def test_a_stop_said_over_the_language_menu_ends_everything(world: World) -> None:
    call = Telephone(world)
    call.dial()
    call.say("stop calling me")
    assert (world.find().standing, call.then) == (Standing.STOPPED, None)
