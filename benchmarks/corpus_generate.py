"""How long a world of patents takes to be made, and how much memory, by its size.

    .venv/bin/python -m benchmarks.corpus_generate [SIZE …]

Each size is made in a process of its own; figures are seconds, µs a patent, MB at the most and bytes a patent.
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SIZES = (1_500, 10_000)


def measured(size: int) -> str:
    """One line of the table."""
    with tempfile.TemporaryDirectory() as folder:
        before = time.monotonic()
        command = [sys.executable, "-m", "emulator", "fixtures", "generate", "--patents", str(size), "--out", folder]
        subprocess.run(command, check=True, capture_output=True)
        took = time.monotonic() - before
        written = (Path(folder) / "corpus" / "patents.jsonl").stat().st_size
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    return f"{size:>9,} {took:>8.1f} {took / size * 1e6:>10.0f} {most:>8} {written / size:>8.0f}"


if __name__ == "__main__":
    print("  patents  seconds µs/patent  most MB  bytes")
    for size in map(int, sys.argv[1:] or SIZES):
        print(measured(size), flush=True)
