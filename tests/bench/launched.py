"""Run a command and write what it took: seconds by the clock and of processor time, and its greatest memory in KB.

A process of its own stands between a bench and the command: a child counts the memory of whoever started it as its own.
"""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

if __name__ == "__main__":
    begun = time.perf_counter()
    code = subprocess.call(sys.argv[2:])
    seconds = time.perf_counter() - begun
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    Path(sys.argv[1]).write_text(json.dumps([seconds, used.ru_utime + used.ru_stime, used.ru_maxrss]))
    raise SystemExit(code)
