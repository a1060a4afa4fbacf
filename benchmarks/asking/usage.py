"""CPU seconds and peak memory of processes that run, read from Linux's /proc."""

from __future__ import annotations

import os
import resource
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def below(pid: int) -> list[int]:
    """Return the processes that a process has started, and that these have."""
    found: list[int] = []
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in map(int, listed.read_text().split()):
                found += [child, *below(child)]
    return found


def cpu_seconds(pid: int) -> float:
    """Return user and system time of a process; those of its ended children are not counted."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICKS


def peak_megabytes(pid: int) -> float:
    """Return the most memory that a process had resident since it began, or `forget_peak`."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) / 1024
    return 0.0


def forget_peak(pid: int) -> None:
    """Count the peak anew from what the process has resident now."""
    with suppress(OSError):
        Path(f"/proc/{pid}/clear_refs").write_text("5")


def _ended() -> resource.struct_rusage:
    """Return what children have spent that are ended and waited for."""
    return resource.getrusage(resource.RUSAGE_CHILDREN)


@dataclass(frozen=True, kw_only=True)
class Spent:
    """What a step cost; `engine` is what the store's own process had at most, 0 without one."""

    cpu: float
    wall: float
    peak: float
    engine: float


class Meter:
    """Measures this process and the engine of its store from one `start` to `spent`.

    Args:
        server: a process that is not below this one, such as a database server.
    """

    def __init__(self, server: int | None = None) -> None:
        self.server = server
        self.start()

    def _pids(self) -> list[int]:
        return [*below(os.getpid()), *([self.server] if self.server else [])]

    def start(self) -> None:
        """Begin anew."""
        for pid in (os.getpid(), *self._pids()):
            forget_peak(pid)
        self._cpu = {pid: cpu_seconds(pid) for pid in self._pids()}
        self._ended = _ended()
        self._own, self._wall = time.process_time(), time.perf_counter()

    def spent(self) -> Spent:
        """Return what was spent since `start`."""
        pids = self._pids()
        engines = sum(cpu_seconds(pid) - self._cpu.get(pid, 0.0) for pid in pids)
        ended = _ended()
        beside = sum(map(peak_megabytes, pids))
        if ended.ru_utime > self._ended.ru_utime:
            beside = max(beside, ended.ru_maxrss / 1024)
            engines += ended.ru_utime + ended.ru_stime
            engines -= self._ended.ru_utime + self._ended.ru_stime
        return Spent(
            cpu=time.process_time() - self._own + engines,
            wall=time.perf_counter() - self._wall,
            peak=peak_megabytes(os.getpid()),
            engine=beside,
        )
