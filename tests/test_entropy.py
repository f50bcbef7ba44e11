"""Ids and chance follow from seed, account, purpose and number alone."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator import entropy

PINNED_KEY = "0TzUCxgw8edSDX6Qh4yevS6Pw9Dhb31T9AOyEowfVQ0wgMQP"  # what seed 1 gives the demo account
draws = st.tuples(st.integers(), st.text(max_size=8), st.text(max_size=8), st.integers(0, 10**6))


@given(draws)
def test_equal_arguments_draw_equal_bytes(arguments: tuple[int, str, str, int]) -> None:
    assert entropy.draw(*arguments) == entropy.draw(*arguments)


@pytest.mark.parametrize("other", [(2, "a", "task", 1), (1, "b", "task", 1), (1, "a", "image", 1), (1, "a", "task", 2)])
def test_any_other_argument_draws_other_bytes(other: tuple[int, str, str, int]) -> None:
    assert entropy.draw(1, "a", "task", 1) != entropy.draw(*other)


def test_a_draw_is_pinned_so_that_ids_stay_the_same_between_versions() -> None:
    assert entropy.letters(entropy.draw(1, "demo-client", "key", 0), 48) == PINNED_KEY
    assert len({entropy.draw(1, "a", "task", number) for number in range(5000)}) == 5000


@pytest.mark.parametrize("size", [1, 32, 64])
def test_a_draw_has_the_size_asked_for(size: int) -> None:
    assert len(entropy.draw(1, "a", "b", 1, size)) == size


@given(st.binary(min_size=16, max_size=64))
def test_a_dashed_id_is_a_version_4_uuid(raw: bytes) -> None:
    parsed = uuid.UUID(entropy.dashed(raw))
    assert (parsed.version, parsed.variant, str(parsed)) == (4, uuid.RFC_4122, entropy.dashed(raw))


@given(st.binary(min_size=1, max_size=64), st.integers(1, 100))
def test_letters_are_letters_and_digits_of_the_length_asked_for(raw: bytes, length: int) -> None:
    text = entropy.letters(raw, length)
    assert len(text) == length
    assert text.isascii()
    assert text.isalnum()


def test_names_that_are_no_clean_text_can_draw_too() -> None:
    assert entropy.draw(1, "\ud800", "\x00", 0)
