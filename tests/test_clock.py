"""Instants and durations as texts, and readings as pure functions of real time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator import clock
from emulator.clock import LATEST, Offset, Reading

H = 3_600_000
instants = st.integers(0, LATEST)


@pytest.mark.parametrize(
    ("text", "milliseconds"),
    [
        *(("250ms", 250), ("90s", 90_000), ("6s", 6_000), ("30m", 1_800_000), ("20min", 1_200_000)),
        *(
            ("8h", 28_800_000),
            ("7d", 604_800_000),
            ("1h30m", 5_400_000),
            ("1.5s", 1_500),
            ("0s", 0),
            ("1d1ms", 86_400_001),
        ),
    ],
)
def test_a_duration_is_read_in_milliseconds(text: str, milliseconds: int) -> None:
    assert clock.duration(text) == milliseconds


@pytest.mark.parametrize(
    "text", ["", "8", "h", "8 h", " 8h", "8H", "-8h", "8h,", "8hours", "1e3s", "٣s٣", "8h\n", "1..5s"]
)
def test_what_is_no_duration_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="is not a duration"):
        clock.duration(text)


def test_a_duration_beyond_all_numbers_is_refused_in_a_sentence() -> None:
    with pytest.raises(ValueError, match=r"is not a duration|is longer than time goes on"):
        clock.duration("9" * 400 + "h")


@pytest.mark.parametrize(
    ("text", "milliseconds"),
    [
        ("1970-01-01T00:00:00Z", 0),
        ("2026-01-01T00:00:00Z", 1_767_225_600_000),
        ("2026-01-01T08:00:00+08:00", 1_767_225_600_000),
        ("2026-01-01T00:00:00", 1_767_225_600_000),
        ("2026-01-01", 1_767_225_600_000),
        ("2026-01-01T00:00:00.250Z", 1_767_225_600_250),
        ("20260101T000000Z", 1_767_225_600_000),
        ("9900-01-01T00:00:00Z", LATEST),
    ],
)
def test_an_instant_is_read_in_milliseconds(text: str, milliseconds: int) -> None:
    assert clock.instant(text) == milliseconds


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2026-13-01",
        "2026-02-30T00:00:00Z",
        "12:30",
        "1969-12-31T23:59:59Z",
        "0001-01-01T00:00:00+14:00",
        "9900-01-01T00:00:00.001Z",
    ],
)
def test_what_is_no_instant_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not an instant|is outside 1970 to 9900"):
        clock.instant(text)


@given(instants)
def test_an_instant_survives_being_written(milliseconds: int) -> None:
    assert clock.instant(clock.iso(milliseconds)) == milliseconds


@given(instants)
def test_links_write_the_whole_second_that_has_begun(milliseconds: int) -> None:
    assert clock.instant(clock.compact(milliseconds)) == milliseconds // 1000 * 1000


def test_a_date_header_is_in_gmt() -> None:
    assert clock.http_date(1_767_225_600_999) == "Thu, 01 Jan 2026 00:00:00 GMT"


def test_real_time_is_the_machine_s(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time_ns", lambda: 1_767_225_600_250_999_999)
    assert clock.real_now() == 1_767_225_600_250


# --- Readings ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reading", "real", "simulated"),
    [
        (Reading(1000, 5000), 1000, 5000),
        (Reading(1000, 5000), 1250, 5250),
        (Reading(1000, 5000, rate=60), 1250, 20_000),
        (Reading(1000, 5000, rate=0.5), 1250, 5125),
        (Reading(1000, 5000, frozen=True), 9_999_999, 5000),
        (Reading(1000, 5000), 0, 5000),
        (Reading(0, LATEST - 5), 1000, LATEST),
    ],
    ids=["at the anchor", "later", "faster", "slower", "frozen", "machine set back", "end of time"],
)
def test_a_reading_follows_real_time(reading: Reading, real: int, simulated: int) -> None:
    assert reading.at(real) == simulated


@given(st.integers(0, 10**12), st.integers(0, 10**12), st.floats(0.001, 1000), st.booleans())
def test_rebasing_changes_no_time(anchor: int, real: int, rate: float, frozen: bool) -> None:
    reading = Reading(0, anchor, rate, frozen)
    assert reading.rebased(real).at(real) == reading.at(real)
    assert reading.rebased(real).anchor_real == real


def test_readings_and_offsets_survive_as_records() -> None:
    for reading in (Reading(1, 2), Reading(1, 2, 60.0, True)):
        assert clock.reading_of(reading.to_record()) == reading
    for offset in (Offset(), Offset(5), Offset(0, 9)):
        assert clock.offset_of(offset.to_record()) == offset
    assert clock.offset_of(None) == Offset()


def test_an_account_differs_by_its_offset_unless_it_is_pinned() -> None:
    assert Offset().at(100) == 100
    assert Offset(50).at(100) == 150
    assert Offset(50, pinned=7).at(100) == 7
    assert Offset(LATEST).at(100) == LATEST


@given(st.integers(0, LATEST), st.integers(0, 24 * H - 1), st.integers(-14 * H, 14 * H))
def test_the_next_time_of_day_is_the_first_one_after_now(now: int, since_midnight: int, east: int) -> None:
    found = clock.next_time(now, since_midnight, east)
    assert now < found <= now + 24 * H
    assert (found + east) % (24 * H) == since_midnight


@pytest.mark.parametrize(("text", "minutes"), [("00:00", 0), ("08:00", 480), ("22:30", 1350), ("23:59", 1439)])
def test_a_time_of_day_is_read(text: str, minutes: int) -> None:
    assert clock.time_of_day(text) == minutes * 60_000


@pytest.mark.parametrize("text", ["", "8:00", "24:00", "08:60", "08:00:00", "0800", " 08:00", "٠٨:٠٠"])
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no time of day"):
        clock.time_of_day(text)
