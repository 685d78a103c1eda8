"""A command of ours, and the most memory it had: ``peak.py FILE ARGUMENT...``.

Each process that read for it counts as much as the biggest of them, so it is less in truth.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path

from kaltimtui.cli import main
from kaltimtui.refresh.readers import PROCESSES

if __name__ == "__main__":
    status = main(sys.argv[2:])
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            others = PROCESSES * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
            Path(sys.argv[1]).write_text(str(int(line.split()[1]) + others))
    sys.exit(status)
