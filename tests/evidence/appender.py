"""A process of its own that appends: ``appender.py URL THREADS COUNT`` prints "id position" once acknowledged.

COUNT 0 goes on until it is killed. Optional fourth argument: largest file size in bytes this process may write.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
import threading

from kehu.errors import Unavailable
from kehu.evidence import Activity, Actor, Entry, EvidenceLog, Kind, Operation


def append(log: EvidenceLog, count: int) -> None:
    done = 0
    while done < count or not count:
        entry = Entry(
            kind=Kind.READ,
            activity=Activity.QUERY,
            actor=Actor("crm", "staff-7"),
            operation=Operation("query"),
            policy="p1",
            subjects=("0" * 32,),
        )
        try:
            receipt = log.append(entry)
        except Unavailable as refused:
            os.write(1, f"refused {refused.code}\n".encode())
            return
        os.write(1, f"{entry.id} {receipt.position}\n".encode())
        done += 1


def main(url: str, threads: str, count: str, largest: str = "0") -> None:
    log = EvidenceLog(url, patience=20)
    if int(largest):
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(largest), int(largest)))
    workers = [threading.Thread(target=append, args=(log, int(count))) for _ in range(int(threads))]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if not int(largest):
        log.close()
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
