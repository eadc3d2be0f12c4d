"""In which languages each line leaves: the person's own, or, where nobody has signed for it, those that are signed."""

from collections.abc import Callable, Iterable

from messages.languages import DEFAULT
from messages.reviews import is_approved
from model import Contact, Level, Line, Policy

# What stands in for an unsigned text (45 CFR 92.201, domain-facts C1): English always goes, a life may hang on it.
STAND_INS = ("es",)
INTERPRETER = Line("language.interpreter")
Signed = Callable[[str, str, Level], bool]


def choose_languages(
    lines: Iterable[Line], contact: Contact, policy: Policy, signed: Signed = is_approved
) -> list[tuple[Line, str]]:
    """Each line with the language it is said in; an unsigned one in English and signed Spanish, with an interpreter."""
    said: list[tuple[Line, str]] = []
    unsigned = False
    for line in lines:
        if (
            not policy.strict_review
            or contact.language == DEFAULT
            or signed(line.key, contact.language, contact.level)
        ):
            said.append((line, contact.language))
        else:
            unsigned = True
            codes = [DEFAULT, *(code for code in STAND_INS if signed(line.key, code, contact.level))]
            said += [(line, code) for code in codes]
    return [*said, (INTERPRETER, DEFAULT)] if unsigned else said
