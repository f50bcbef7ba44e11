"""`python -m emulator.generator --patents N --seed S --out DIR`: writes DIR/patents.jsonl and says what is wrong with
it, if anything.
"""

import argparse
import json
import sys
from pathlib import Path

from . import check, generate
from .families import Record
from .vocabulary import SHIPPED


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m emulator.generator", description="Make a corpus of patents.")
    parser.add_argument("--patents", type=int, default=360, help="how many (default 360)")
    parser.add_argument("--seed", type=int, default=1, help="same seed, same corpus (default 1)")
    parser.add_argument("--out", type=Path, required=True, help="folder for patents.jsonl")
    parser.add_argument(
        "--grammar", type=Path, default=SHIPPED, help="folder of vocabulary, offices and documented examples"
    )
    chosen = parser.parse_args(arguments)
    records = generate(chosen.patents, chosen.seed, chosen.grammar)
    chosen.out.mkdir(parents=True, exist_ok=True)
    (chosen.out / "patents.jsonl").write_text(lines(records), encoding="utf-8", newline="\n")
    faults = check(records)
    for fault in faults:
        print(f"{fault.record}: {fault.field}: {fault.reason}", file=sys.stderr)
    print(f"{len(records)} patents, {len(faults)} faults: {chosen.out / 'patents.jsonl'}")
    return 1 if faults else 0


def lines(records: list[Record]) -> str:
    """One JSON object a line, keys in the order of the record."""
    return "".join(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n" for record in records)


if __name__ == "__main__":
    raise SystemExit(main())
