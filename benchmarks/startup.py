"""Start-up and memory: spawn to first answer of the API in seconds, resident memory in MB, beside a bare interpreter.

    python benchmarks/startup.py [rounds]

Prints medians. The ratio to `python -c pass` is what to compare between machines.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx2

KEY = "sk-startup0startup0startup0"
CALL = "/basic-patent-data/abstract-data-translated?patent_number=CN101595528B"


def serve_once() -> tuple[float, float, float]:
    """Seconds to the first good answer; MB resident then, and after one call of every kind."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "port"
        start = time.perf_counter()
        command = [sys.executable, "-m", "emulator", "serve", "--port", "0", "--port-file", str(file)]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            while not (file.exists() and file.read_text()):
                pass
            base = f"http://127.0.0.1:{file.read_text().strip()}"
            answer = httpx2.get(base + CALL, headers={"Authorization": f"Bearer {KEY}"}, trust_env=False)
            seconds = time.perf_counter() - start
            assert answer.json()["status"] is True, answer.text
            first = resident(server.pid)
            subprocess.run([sys.executable, "examples/tour.py", base], check=True, stdout=subprocess.DEVNULL)
            return seconds, first, resident(server.pid)
        finally:
            server.terminate()
            server.wait()


def resident(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def bare() -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    return time.perf_counter() - start


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    runs = [serve_once() for _ in range(rounds)]
    interpreter = statistics.median(bare() for _ in range(rounds))
    seconds, first, later = (statistics.median(values) for values in zip(*runs, strict=True))
    print(f"first answer  {seconds:.3f} s  ({seconds / interpreter:.0f} times a bare interpreter)")
    print(f"resident      {first:.0f} MB at the first answer, {later:.0f} MB after the tour with a PDF report")


if __name__ == "__main__":
    main()
