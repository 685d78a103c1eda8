"""Big buffers go back to the system, where it can be told to take them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from kaltimtui.store import memory

_USE = """
import ctypes, threading
from kaltimtui.store import memory

free_at_once = {wanted}
if free_at_once:
    memory.free_at_once()
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
libc.free.argtypes = [ctypes.c_void_p]

def resident():
    for line in open("/proc/self/status"):
        if line.startswith("VmRSS:"):
            return int(line.split()[1])

def use():
    libc.free(libc.malloc(30 << 20))  # as the first big buffer that is freed raises the threshold
    before = resident()
    block = libc.malloc(20 << 20)
    ctypes.memset(block, 1, 20 << 20)
    libc.free(block)
    print(resident() - before)

thread = threading.Thread(target=use)
thread.start()
thread.join()
"""


def _kept(*, wanted: bool) -> int:
    """KiB that a thread keeps of a buffer of 20 MiB that it freed."""
    use = _USE.format(wanted=wanted)
    ran = subprocess.run([sys.executable, "-c", use], capture_output=True, check=True, text=True)
    return int(ran.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc has it")
def test_a_buffer_that_is_freed_goes_back_to_the_system() -> None:
    assert _kept(wanted=False) > 15_000
    assert _kept(wanted=True) < 1_000


def test_a_system_that_cannot_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setitem(sys.modules, "ctypes", None)  # an import of it would raise
    memory.free_at_once.__wrapped__()
