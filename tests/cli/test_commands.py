"""The command as people and programs use it: what it prints, and how it ends."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli import main
from messages.languages import list_languages

Run = Callable[..., tuple[int, str, str]]
AGENCY = "Test Ambulance"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run one command in an empty folder with its own database; (status, output, errors)."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/cli.db")
    for name in ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_FROM", "AFTERKIT_KEYS"):
        monkeypatch.delenv(name, raising=False)

    def run_one(*arguments: str, given: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(given))
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        printed = capsys.readouterr()
        return int(ended.value.code or 0), printed.out, printed.err

    return run_one


@pytest.fixture
def ready(run: Run) -> Run:
    """The same with a database and an approved agency."""
    run("migrate")
    run("key", "--agency", AGENCY, "--approved")
    return run


def read_lines(text: str) -> list[Any]:
    """One JSON value a line."""
    return [json.loads(line) for line in text.splitlines()]


def test_hear_answers_in_the_order_of_its_questions(run: Run) -> None:
    asked = [
        {"text": "he is not breathing", "lang": "en", "context": None},
        {"text": "ya no me escriban", "lang": None, "context": None},
        {"text": "1", "lang": "es", "context": "checkin_have_kit"},
    ]
    status, out, _ = run("hear", "--jsonl", given="\n".join(map(json.dumps, asked)))
    assert (status, [line["intent"] for line in read_lines(out)]) == (0, ["emergency", "stop", "yes"])
    assert set(read_lines(out)[0]) == {"intent", "rule", "confidence"}


def test_a_bad_line_is_answered_with_its_number_and_the_others_go_on(run: Run) -> None:
    status, out, _ = run("hear", "--jsonl", given='{"text": "stop"}\nnot json\n{"text": 5}\n{"text": "help"}')
    lines = read_lines(out)
    assert status == 1
    assert [lines[0]["intent"], lines[3]["intent"]] == ["stop", "help"]
    assert "line 2" in lines[1]["error"] and "line 3" in lines[2]["error"]


def test_segments_tells_cost_and_the_letters_that_cost(run: Run) -> None:
    status, out, _ = run("segments", "--jsonl", given=json.dumps({"text": "¿Está bien?"}))
    assert (status, read_lines(out)) == (
        0,
        [{"encoding": "UCS-2", "segments": 1, "units": 11, "costly": ["á"]}],
    )


def test_the_catalogue_shows_every_text_in_every_language_at_both_levels(run: Run) -> None:
    status, out, _ = run("catalogue", "--json")
    rows = json.loads(out)
    assert status == 0
    assert {(row["lang"], row["content_level"]) for row in rows} == {
        (language.tag, level) for language in list_languages() for level in ("discreet", "explicit")
    }
    assert set(rows[0]) == {"key", "lang", "content_level", "text", "encoding", "segments", "review"}
    assert {row["segments"] for row in rows if row["key"].startswith("call.")} == {0}


def test_a_preview_is_the_whole_follow_up(ready: Run) -> None:
    where = ("--lang", "es", "--zip", "96813", "--at", "2026-03-07T23:30:00-10:00")
    status, out, _ = ready("preview", "--json", *where, "--later")
    rows = json.loads(out)
    assert status == 0
    assert [row["key"] for row in rows][:3] == ["welcome.confirm", "howto.first", "checkin.feeling"]
    assert rows[0]["moved_because"] == "quiet_hours"
    assert rows[0]["at_local"] == "2026-03-08T08:00:00-10:00"
    assert set(rows[0]) == {"key", "at_local", "at_utc", "channel", "text", "segments", "moved_because"}


def test_the_demonstration_is_the_same_each_time(run: Run) -> None:
    run("migrate")
    first, again = run("demo", "--json"), run("demo", "--json")
    assert first == again
    assert set(json.loads(first[1])) == {"agency_key", "staff", "crew"}


def test_the_demonstration_is_not_loaded_beside_a_real_account(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (
        ("TWILIO_ACCOUNT_SID", "AC1"),
        ("TWILIO_AUTH_TOKEN", "t"),
        ("TWILIO_FROM", "+16195550100"),
    ):
        monkeypatch.setenv(name, value)
    run("migrate")
    status, out, err = run("demo", "--json")
    assert (status, out) == (1, "")
    assert "real Twilio account" in err


def test_enrolling_twice_with_one_key_enrols_once(ready: Run) -> None:
    asked = (
        "enrol",
        "--json",
        "--agency",
        AGENCY,
        "--phone",
        "619 555 0142",
        "--consent",
        "verbal",
        "--key",
        "k",
    )
    first, again = ready(*asked), ready(*asked)
    assert (first[0], again[0]) == (0, 0)
    assert json.loads(first[1])["id"] == json.loads(again[1])["id"]


def test_an_enrolment_that_is_refused_names_the_field(ready: Run) -> None:
    status, _, err = ready("enrol", "--agency", AGENCY, "--phone", "911", "--consent", "verbal")
    assert (status, err.startswith("phone: ")) == (1, True)


def test_consent_must_be_said(ready: Run) -> None:
    status, _, err = ready("enrol", "--agency", AGENCY, "--phone", "619 555 0142")
    assert (status, "--consent" in err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("preview",), "afterkit migrate"),
        (("preview", "--zip", "00000"), "ZIP"),
        (("preview", "--lang", "xx"), "xx"),
        (("preview", "--at", "2026-03-07T23:30:00"), "zone"),
        (("preview", "--at", "soon"), "--at"),
        (("nothing",), "nothing"),
        (("hear",), "--jsonl"),
        (("serve",), "afterkit migrate"),
    ],
    ids=" ".join,
)
def test_bad_use_ends_with_two_and_one_clear_sentence(
    run: Run, arguments: tuple[str, ...], named: str
) -> None:
    status, _, err = run(*arguments)
    assert (status, named in err, "Traceback" in err) == (2, True, False)


def test_a_bad_setting_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIET_START", "23:00")
    status, _, err = run("migrate")
    assert (status, "QUIET_START" in err) == (2, True)


def test_the_key_file_is_for_its_owner_alone(ready: Run, tmp_path: Path) -> None:
    assert (tmp_path / "var" / "keys").stat().st_mode & 0o777 == 0o600


def test_the_list_of_places_goes_out_and_in_again_without_doubles(ready: Run, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(
        "name,kind,phone\nHarbor Clinic,treatment,619-555-0111\nNobody,unknown,1\n"
    )
    first = ready("resources", "import", "in.csv")
    again = ready("resources", "import", "in.csv")
    _, out, _ = ready("resources", "export")
    assert (first[0], again[0], out.count("Harbor Clinic")) == (1, 1, 1)
    assert "row 3" in first[2]


@pytest.mark.parametrize("level", ["discreet", "explicit"])
def test_content_levels_are_named_as_in_the_api(ready: Run, level: str) -> None:
    status, out, _ = ready("preview", "--json", "--content", level)
    assert (status, len(json.loads(out))) == (0, 9)


def test_roles_are_named_as_in_the_api(ready: Run) -> None:
    status, _, _ = ready(
        "enrol", "--agency", AGENCY, "--phone", "619 555 0142", "--consent", "verbal", "--role", "family"
    )
    assert status == 0


@pytest.mark.parametrize(
    "line", ['{"lang": 5, "text": "stop"}', '{"lang": ["es"], "text": "x"}', "[" * 100_000, "[]"]
)
def test_a_strange_line_never_stops_the_others(run: Run, line: str) -> None:
    status, out, err = run("hear", "--jsonl", given=f'{line}\n{{"text": "stop"}}')
    assert (status, read_lines(out)[1]["intent"], "Traceback" in err) == (1, "stop", False)


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:00:00-08:00"])
def test_a_moment_no_calendar_holds_is_refused(ready: Run, at: str) -> None:
    status, _, err = ready("preview", "--at", at)
    assert (status, "--at" in err) == (2, True)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "sqlite:////etc/hostname"),
        ("DATABASE_URL", "sqlite:////nowhere/at/all.db"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("PUBLIC_BASE_URL", "http://[::1"),
        ("TWILIO_FROM", "abc"),
        ("AFTERKIT_KEYS", "short"),
    ],
)
def test_a_setting_that_cannot_work_is_named(
    ready: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    status, _, err = ready("preview")
    assert (status, name in err, "Traceback" in err) == (2, True, False)


def test_a_file_that_is_no_csv_is_refused(ready: Run, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_bytes(bytes(range(256)))
    status, _, err = ready("resources", "import", "in.csv")
    assert (status, "CSV" in err) == (2, True)


def test_a_preview_of_calls_shows_what_is_spoken(ready: Run) -> None:
    status, out, _ = ready(
        "preview", "--json", "--lang", "es", "--channel", "voice", "--at", "2026-03-02T20:30:00Z"
    )
    rows = json.loads(out)
    assert (status, {row["channel"] for row in rows}, {row["segments"] for row in rows}) == (
        0,
        {"voice"},
        {0},
    )
    assert "oprima el 1" in next(row["text"] for row in rows if row["key"] == "checkin.feeling")


def test_what_must_be_recorded_is_listed_with_its_words(run: Run) -> None:
    status, out, _ = run("audio", "--lang", "so", "--json")
    rows = json.loads(out)
    assert status == 0 and {"name", "script", "is_there"} == set(rows[0])
    assert "call.open.explicit" in {row["name"] for row in rows}
    status, out, _ = run("audio", "--lang", "so", "--check")
    assert (status, out) == (0, f"0 of {len(rows)} recordings are there.\n")
