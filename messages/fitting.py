"""Texts that hold a list: as many of its items, in their order, as the text's budget allows."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from messages.catalogue import Budget, get_message
from messages.languages import offer_others
from messages.render import fill_samples, format_choice, render
from messages.segments import count_segments
from model import Level

LISTS = ("resources", "languages")  # the parameters that take as many items as fit
MOST_OFFERS = 512  # texts with a choice of languages that are remembered: they name nobody


def fit_list(
    key: str, language: str, level: Level, params: Mapping[str, str], name: str, items: Sequence[str]
) -> str:
    """The text of `key` with each of the items that still fits in the parameter `name`; the first one always.

    A name in another script may turn a short text into a long one: it is passed over, and a later one may fit.
    """
    taken = list(items[:1])
    text = render(key, language, level, {**params, name: join(name, taken, language)})
    for item in items[1:]:
        longer = render(key, language, level, {**params, name: join(name, [*taken, item], language)})
        if fits(longer, get_message(key).budget):
            taken.append(item)
            text = longer
    return text


def offer_languages(key: str, language: str, level: Level, params: Mapping[str, str]) -> str:
    """The text of `key` with as many other languages in `languages` as it can hold."""
    return recall_offer(key, language, level, tuple(params.items()))


@lru_cache(MOST_OFFERS)
def recall_offer(key: str, language: str, level: Level, params: tuple[tuple[str, str], ...]) -> str:
    """The same text, remembered."""
    return fit_list(key, language, level, dict(params), "languages", offer_others(language))


def join(name: str, items: Sequence[str], language: str) -> str:
    """The items as one parameter: places a line each, languages as a choice."""
    return format_choice(items, language) if name == "languages" else "\n".join(items)


def fits(text: str, budget: Budget) -> bool:
    """Whether a text costs no more segments, or what is spoken no more characters, than it may."""
    if budget.spoken:
        return len(text) <= budget.spoken
    size = count_segments(text)
    return size.segments <= (budget.gsm7 if size.encoding == "GSM-7" else budget.ucs2)


def render_sample(key: str, language: str, level: Level) -> str:
    """The text of `key` as a person would get it, with sample parameters."""
    params = fill_samples(key, language)
    if "languages" in params:
        return offer_languages(key, language, level, params)
    return render(key, language, level, params)
