"""What spinning OpenMP threads cost beside other work: `python benchmarks/threads.py`, on a machine that is busy.

Paints five pictures with Sketch in a process of its own for each way to wait, and prints the seconds of each. Run it
while something else keeps the cores at work; on an idle machine the rows are alike.
"""

import os
import subprocess
import sys
from pathlib import Path

SKETCH = Path(__file__).resolve().parents[1] / "tools" / "sketch"
WAYS = (("passive", None), ("active", 1), ("active", 2), ("active", None))
SCRIPT = f"""
import sys, time, torch
from diffusers import StableDiffusionPipeline
if sys.argv[1] != "None":
    torch.set_num_threads(int(sys.argv[1]))
pipe = StableDiffusionPipeline.from_pretrained({str(SKETCH)!r}, local_files_only=True)
pipe.set_progress_bar_config(disable=True)
for seed in range(6):
    begun = time.perf_counter()
    pipe("a red car on a beach", num_inference_steps=8, guidance_scale=2.5, generator=torch.manual_seed(seed))
    if seed:
        print(f"{{time.perf_counter() - begun:.2f}}", end=" ", flush=True)
"""


def main() -> None:
    """Measure each way and print it."""
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    for policy, threads in WAYS:
        environment = os.environ | ({"OMP_WAIT_POLICY": policy} if policy == "passive" else {})
        command = [sys.executable, "-c", SCRIPT, str(threads)]
        print(f"{policy:8} threads {threads or 'default'}: ", end="", flush=True)
        subprocess.run(command, env=environment, check=True, stderr=subprocess.DEVNULL)
        print("s", flush=True)


if __name__ == "__main__":
    main()
