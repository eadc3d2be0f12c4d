"""Where no rule matches, labelled texts decide; what they decide is thin and never silences a safety rule."""

from bench.hear_learn import keep_large, learn_weights
from bot.hear import hear
from bot.hear.evidence import list_features, share_out, weigh_words
from model import Intent


def build_example(text: str, intent: str) -> tuple[frozenset[str], str]:
    """One labelled text as it is learned from."""
    return frozenset(list_features(text.split())), intent


def test_a_text_is_counted_by_words_their_beginnings_and_close_pairs() -> None:
    assert set(list_features(["no", "respira"])) == {
        "^", "no", "respira", "$", "resp*", "^ no", "no respira", "respira $", "^ _ respira", "no _ $",
    }  # fmt: skip


def test_what_was_learned_is_told_apart_again() -> None:
    examples = [build_example("stop the texts", "stop"), build_example("more texts please", "start")]
    shares = share_out(frozenset(list_features(["stop", "please"])), keep_large(learn_weights(examples * 20)))
    assert shares["stop"] > shares["other"]
    assert shares["start"] > shares["other"]


def test_learning_twice_from_the_same_texts_gives_the_same_weights() -> None:
    examples = [build_example("stop the texts", "stop"), build_example("more texts", "start")] * 5
    assert learn_weights(list(examples)) == learn_weights(list(examples))


def test_the_shares_of_all_intents_add_up_to_one() -> None:
    assert round(sum(weigh_words(["qwerty", "he", "fell"]).values()), 6) == 1


def test_words_alone_never_undo_a_safety_rule() -> None:
    assert hear("stop. thank you so much, still have the kit, all good here").intent is not Intent.OK_STATUS


def test_evidence_from_words_alone_is_thin() -> None:
    hearing = hear("tuanis mae")
    assert hearing.rule.endswith(".words")
    assert hearing.confidence < 0.5
