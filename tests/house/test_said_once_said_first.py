"""Rule 10: every file opens with one sentence, every setting is in the README, every change is told to readers."""

import ast
import re

from config import SETTINGS
from tests.house.tree import ROOT, Source, expect_none, list_python, list_texts

# One letter in brackets, so that this file does not name what it forbids.
MACHINE_PATHS = re.compile(r"/[w]ork/|/tmp/[b]ash_jobs|/[U]sers/")
REGISTRIES = re.compile(
    r"pypi\.org/simple|files\.pythonhosted\.org|registry\.npmjs\.org|--(extra-)?index-url"
)


def find_bad_opening(source: Source) -> list[str]:
    """The file itself when it does not open with a docstring whose first paragraph is one sentence."""
    opening = (ast.get_docstring(source.tree) or "").split("\n\n")[0]
    if len(re.findall(r"[.!?](?=\s+[A-Z]|$)", opening)) == 1 and opening.endswith("."):
        return []
    return [f"{source.path} opens with: {opening!r}"]


def read_settings_table(readme: str) -> set[str]:
    """The names in the first column of the tables of the README's section on settings."""
    sections = re.split(r"^## ", readme, flags=re.MULTILINE)
    chosen = [
        section
        for section in sections
        if section.splitlines() and "setting" in section.splitlines()[0].lower()
    ]
    rows = [line for section in chosen for line in section.splitlines() if line.startswith("|")]
    return {name for row in rows for name in re.findall(r"`([A-Z][A-Z0-9_]+)`", row.split("|")[1])}


def read_newest_change(changelog: str) -> list[str]:
    """The list items of the first entry of a changelog whose entries are second-level headings."""
    entries = re.split(r"^## .*$", changelog, flags=re.MULTILINE)[1:]
    return re.findall(r"^[-*] +\S.*$", entries[0], flags=re.MULTILINE) if entries else []


def find_machine_words(source: Source) -> list[str]:
    """Each line that names a folder of somebody's machine or the address of a package registry."""
    lines = enumerate(source.text.splitlines(), 1)
    return [
        f"{source.path}:{number} {line.strip()[:80]}"
        for number, line in lines
        if MACHINE_PATHS.search(line) or REGISTRIES.search(line)
    ]


def test_every_python_file_opens_with_one_sentence() -> None:
    expect_none(problem for source in list_python() for problem in find_bad_opening(source))


def test_the_readme_lists_every_setting_and_no_other() -> None:
    listed = read_settings_table((ROOT / "README.md").read_text(encoding="utf-8"))
    assert listed == {setting.name for setting in SETTINGS}


def test_the_newest_entry_of_the_changelog_says_something() -> None:
    assert read_newest_change((ROOT / "CHANGELOG.md").read_text(encoding="utf-8")) != []


def test_no_file_names_a_machine_or_a_registry() -> None:
    expect_none(problem for source in list_texts() for problem in find_machine_words(source))


def test_a_file_without_an_opening_is_caught() -> None:
    assert find_bad_opening(Source("bot/plan.py", "import json\n")) != []


def test_a_file_with_two_opening_sentences_is_caught() -> None:
    assert find_bad_opening(Source("bot/plan.py", '"""Plans a programme. It also sings."""')) != []


def test_details_may_follow_the_opening_sentence() -> None:
    assert find_bad_opening(Source("bot/plan.py", '"""Plans a programme.\n\nIt sings. And dances."""')) == []


def test_the_settings_table_is_read_by_its_first_column() -> None:
    table = "| name | means |\n|---|---|\n| `PORT` or `HOST` | as in `NOT_ONE` |\n"
    readme = f"## Settings\n\n{table}\n## Other\n\n| `NEITHER` |\n"
    assert read_settings_table(readme) == {"PORT", "HOST"}


def test_an_empty_newest_entry_is_seen() -> None:
    assert read_newest_change("# Changes\n\n## 0.2\n\n## 0.1\n\n- Began.\n") == []
    assert read_newest_change("# Changes\n\n## 0.2\n\n- Texts arrive.\n\n## 0.1\n") == ["- Texts arrive."]


def test_a_path_of_a_machine_is_caught() -> None:
    assert find_machine_words(Source("docs/operate.md", "cd /" + "work/afterkit")) != []


def test_a_registry_is_caught() -> None:
    assert find_machine_words(Source("requirements.txt", "--index" + "-url https://example.org/simple")) != []
