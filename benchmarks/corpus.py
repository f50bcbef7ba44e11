"""Searching many patents: how load, memory and search time grow with the number of patents, as figures and ratios.

    python -m benchmarks.corpus [patents | file …]        1500 20000 200000 unless said otherwise

A file is one that `patsnap-emulator fixtures generate` made. Other worlds are made of the shipped records, repeated
under other ids, numbers, days, families and hashes. Each size has a process of its own, whose own time is measured. A
search is cold when it was not asked before; the very first one also loads numpy and, for few patents, makes the index.
"""

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson

from benchmarks.startup import resident

SIZES = (1_500, 20_000, 200_000)
WARM_ROUNDS = 20
_FILE = "corpus/patents.jsonl"
SEARCHES: dict[str, tuple[dict[str, Any], str]] = {
    "nothing but a picture": ({}, "D"),
    "country, days": ({"country": ["CN", "US"], "apply_start_time": "20150101"}, "D"),
    "the same, loc, main_field": (
        {
            **{"country": ["CN", "US"], "apply_start_time": "20150101", "public_end_time": "20241231"},
            **{"loc": "14-03 OR 10-02", "main_field": "(phones or 手机) NOT strap"},
        },
        "D",
    ),
    "assignees": ({"assignees": "huawei OR 华为"}, "D"),
    "query_text of two fields": ({"query_text": "TTL: phone* AND IN: wei"}, "D"),
    "a phrase": ({"main_field": '"rounded corners"'}, "D"),
    "a word that all have": ({"main_field": "the OR 的"}, "D"),
    "stemming": ({"main_field": "rounded corner", "stemming": 1}, "D"),
}


def _cut_picture(corpus: Any) -> Any:
    from emulator.behaviours import search

    chance = random.Random(1)
    readings = [chance.getrandbits(256) for _ in range(105)]
    return list(search.ranked(search.found(corpus, {}, "D"), readings)[:10])


def _similar(corpus: Any) -> Any:
    from emulator.behaviours import similarity

    return similarity.similar(corpus, DISCLOSURE, 50)


def _number(corpus: Any) -> Any:
    from emulator.corpus.number_index import index_of

    return index_of(corpus).published_as("US11205304")


DISCLOSURE = """An optical sensor in the back of a watch case acquires a pulse wave and a motion signal; the heart rate
is measured while running, and a battery in the strap is charged through a magnetic contact."""
OTHERS: dict[str, Callable[[Any], Any]] = {
    "a picture cut on four sides": _cut_picture,
    "patents near to a text": _similar,
    "a publication number": _number,
}


def records(count: int, file: Path) -> Iterator[bytes]:
    """Shipped records and copies of them that are other patents."""
    lines = file.read_bytes().splitlines()
    chance = random.Random(count)
    features = _features(lines)
    for number in range(count):
        record = orjson.loads(lines[number % len(lines)])
        if number >= len(lines):
            record["patent_id"] = f"{chance.getrandbits(128):032x}"
            record["pn"] = f"{record['authority']}{10**9 + number}{record['kind']}"
            record["apno"] = f"{record['authority']}{2000 + number % 25}{10**7 + number}"
            record["family_id"] = 600_000_000 + number
            record["img_id"] = f"{record['authority']}{10**9 + number}-D0001"
            record["inventors"] = [f"{name} {number % 5000}" for name in record["inventors"]]
            if "subject" in record:
                known = features[record["subject"]["of"]]
                record["subject"]["features"] = chance.sample(known, min(len(known), chance.randint(2, 5)))
            if record["picture"]:
                record["picture"]["hash"] = f"{chance.getrandbits(256):064x}"
        yield orjson.dumps(record)


def _features(lines: list[bytes]) -> dict[str, list[int]]:
    """The features that patents about a thing speak of."""
    known: dict[str, set[int]] = {}
    for subject in filter(None, (orjson.loads(line).get("subject") for line in lines)):
        known.setdefault(subject["of"], set()).update(subject["features"])
    return {name: sorted(numbers) for name, numbers in known.items()}


def measured(folder: str) -> dict[str, float]:
    """Everything about one world, in this process: seconds, megabytes, milliseconds."""
    import os

    from emulator import fixtures
    from emulator.behaviours import search
    from emulator.store.memory import MemoryStore

    found: dict[str, float] = {}
    before = resident(os.getpid())
    empty = Path(folder) / "empty"
    fixtures.read(empty, MemoryStore())
    base = resident(os.getpid())
    seconds, world = _timed(lambda: fixtures.read(Path(folder) / "full", MemoryStore()).world)
    corpus = world.corpus
    found["load s"], found["memory MB"] = seconds, resident(os.getpid()) - base
    found["program MB"] = base - before
    for kind, rounds in (("cold", 1), ("warm", WARM_ROUNDS)):
        for name, (values, patent_type) in SEARCHES.items():

            def once(values: dict[str, Any] = values, patent_type: str = patent_type) -> Any:
                hits = search.ranked(search.found(corpus, values, patent_type), [2**200 - 1])
                return list(search.page(search.ordered(hits, None, "desc"), {"limit": 10}))

            found[f"{kind} ms: {name}"] = min(_timed(once)[0] for _ in range(rounds)) * 1000
        for name, work in OTHERS.items():
            found[f"{kind} ms: {name}"] = min(_timed(lambda: work(corpus))[0] for _ in range(min(rounds, 3))) * 1000  # noqa: B023
    found["memory after MB"] = resident(os.getpid()) - base
    return found


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of this process alone: what others do on the machine does not count."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def world_of(count: int, folder: Path) -> None:
    """Two folders: `full` lays so many patents over the shipped ones, `empty` none."""
    from emulator.spec.loader import SHIPPED

    for name in ("full", "empty"):
        (folder / name / "corpus").mkdir(parents=True)
        (folder / name / _FILE).touch()
    with (folder / "full" / _FILE).open("wb") as file:
        file.writelines(line + b"\n" for line in records(count, SHIPPED / _FILE))


def measure(count: int, world: Path | None = None) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        world_of(0 if world else count, folder)
        if world is not None:
            (folder / "full" / _FILE).write_bytes(world.read_bytes())
        command = [sys.executable, "-m", "benchmarks.corpus", "--measure", str(folder)]
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        figures: dict[str, float] = json.loads(output)
        figures["file MB"] = (folder / "full" / _FILE).stat().st_size / 2**20
        return figures


def main() -> None:
    given = sys.argv[1:] or list(map(str, SIZES))
    sizes = [int(text) if text.isdigit() else Path(text).read_bytes().count(b"\n") for text in given]
    worlds = [None if text.isdigit() else Path(text) for text in given]
    columns = [measure(size, world) for size, world in zip(sizes, worlds, strict=True)]
    print(f"{'':40}" + "".join(f"{size:>12,}" for size in sizes) + "     growth")
    for name in columns[0]:
        values = [column[name] for column in columns]
        growth = f"{values[-1] / values[0]:>10.1f}×" if values[0] > 0 else ""
        print(f"{name:40}" + "".join(f"{value:>12.2f}" for value in values) + growth)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measured(sys.argv[2])))
    else:
        main()
