"""Pictures: what drawing, decoding and comparing one costs, and how well a changed copy still finds its original.

    python -m benchmarks.pictures [pictures] [variations of each product]

Times are ratios to decoding the file alone, so that machines can be compared. The table tells for each change how
often the original comes first among all drawings, and the score of the original: the middle one, the lowest of 95 in
100, and the lowest.
"""

import statistics
import sys
import time
from collections.abc import Callable
from io import BytesIO

from PIL import Image

from emulator.behaviours.drawings import PRODUCTS, draw, png
from emulator.behaviours.pictures import difference_hash, likeness, line_drawing, read_picture, seen
from tests.picture_changes import CHANGES, bare, nearest_likeness

MOST = 16_777_216


def took(work: Callable[[], object], rounds: int = 15) -> float:
    """The middle of some rounds, in seconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def costs() -> None:
    data, image = png("chair", 3, 0), draw("chair", 3, 0)
    tight = bare(image)
    decoding = took(lambda: Image.open(BytesIO(data)).load())
    hashes = [difference_hash(draw("chair", variation, 0)) for variation in range(20)] * 50
    some, many = seen(image).hashes, seen(tight).hashes
    rows: dict[str, Callable[[], object]] = {
        "draw a chair": lambda: draw("chair", 3, 0),
        "hash of a whole picture": lambda: difference_hash(image),
        "upload, decoded and seen": lambda: read_picture(data, MOST),
        f"seen, cut on all sides ({len(many)} readings)": lambda: seen(tight),
        "line drawing": lambda: line_drawing(image),
        f"likeness to 1000 patents ({len(some)} reading)": lambda: [nearest_likeness(one, some) for one in hashes],
        f"likeness to 1000 patents ({len(many)} readings)": lambda: [nearest_likeness(one, many) for one in hashes],
    }
    print(f"decoding a PNG of 480 × 480: {decoding * 1000:.2f} ms; the rest as multiples of that")
    for name, work in rows.items():
        print(f"{name:44} {took(work) / decoding:7.1f}")


def robustness(pictures: int, variations: int) -> None:
    shown = {(name, number): draw(name, number, 0) for name in PRODUCTS for number in range(variations)}
    hashes = {key: difference_hash(image) for key, image in shown.items()}
    chosen = list(shown)[:: max(1, len(shown) // pictures)][:pictures]
    print(f"\n{len(chosen)} pictures among {len(shown)}, {len(PRODUCTS)} products")
    print(f"{'change':36} {'first':>6} {'middle':>7} {'95 %':>6} {'lowest':>7}")
    for name, (change, _, _) in CHANGES.items():
        scores, first = [], 0
        for key in chosen:
            readings = seen(change(shown[key])).hashes
            own = nearest_likeness(hashes[key], readings)
            first += all(nearest_likeness(other, readings) <= own for other in set(hashes.values()))
            scores.append(own)
        scores.sort()
        middle, low = statistics.median(scores), scores[len(scores) // 20]
        print(f"{name:36} {first / len(chosen):6.1%} {middle:7.3f} {low:6.3f} {scores[0]:7.3f}")
    strangers = sorted(likeness(hashes[a], hashes[b]) for a in chosen for b in chosen if a[0] < b[0])
    print(f"{'another product':36} {'':6} {statistics.median(strangers):7.3f}, one in a hundred above "
          f"{strangers[len(strangers) * 99 // 100]:.3f}")  # fmt: skip


def main() -> None:
    costs()
    robustness(*(int(one) for one in sys.argv[1:3]) if len(sys.argv) > 2 else (165, 20))


if __name__ == "__main__":
    main()
