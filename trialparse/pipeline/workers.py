"""A function over the chunks of a stream in several processes: bounded, in order, and outliving a worker's death.

The parent knows which chunk each worker is at, so the death of one costs no other its work; and it can end one that
does not come back. (The pools of the standard library tell neither which task a dead worker had, nor can they end one.)
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import queue
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")
Out = TypeVar("Out")

_AHEAD = 3
"""Chunks in flight for each worker: enough that none waits for the reader, few enough that memory stays flat."""
_AT_ONCE = 2
"""Chunks that a worker holds: the one it is at, and the next."""
_TOGETHER = 2
"""A chunk is taken apart when so many workers died with it: one may have been killed from outside."""
_ALONE = 3
"""An item is blamed when so many workers died with it alone, of themselves."""
_KILLED = 15
"""The same where they were killed: by somebody, or by a system that is short of memory."""
_LAST_BREATH = 1.0
"""Seconds that a process takes to end, once its pipe is closed."""
_UNBORN = 20
"""So many workers in a row that die before they begin mean that none will."""
_GRACE = 10.0
"""Seconds that a worker may take to begin, beyond the time of its records."""


class WorkerDied(Exception):  # noqa: N818 - what happened
    """The process that read a record ended before it was done."""


class WorkersFailError(RuntimeError):
    """Processes end before they begin to work: the system does not let them be."""


def chunks(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The items in lists of `size`, the last one shorter."""
    stream = iter(items)
    while chunk := list(islice(stream, size)):
        yield chunk


@dataclass
class _Task(Generic[Item, Out]):
    """A chunk on its way; one that killed a worker is tried item by item, in `pieces`."""

    chunk: list[Item]
    deaths: int = 0
    outcome: list[Out] = field(default_factory=list)
    error: BaseException | None = None
    pieces: list[_Task[Item, Out]] = field(default_factory=list)

    @property
    def done(self) -> bool:
        return bool(self.outcome) or self.error is not None or (bool(self.pieces) and all(p.done for p in self.pieces))

    def results(self) -> Iterator[Out]:
        """What came of it, in order."""
        for each in self.pieces or [self]:
            if each.error is not None:
                raise each.error
            yield from each.outcome


class _Worker(Generic[Item, Out]):
    """A process with the tasks that it has, in order."""

    def __init__(self, work: Callable[[list[Item]], Out], begin: Callable[[], None] | None) -> None:
        self.connection, theirs = multiprocessing.Pipe()
        self.tasks: deque[_Task[Item, Out]] = deque()
        self.ready = False
        self.began = time.monotonic()
        """When it began with the first of its tasks, at the latest."""
        self.process = multiprocessing.Process(target=_serve, args=(theirs, work, begin), daemon=True)
        self.process.start()
        theirs.close()

    def give(self, task: _Task[Item, Out]) -> None:
        if not self.tasks:
            self.began = time.monotonic()
        self.tasks.append(task)
        with contextlib.suppress(OSError):  # it is dead, which will be noticed
            self.connection.send(task.chunk)

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.connection.close()


class Workers(Generic[Item, Out]):
    """Processes that apply a function to chunks. They are started as the platform does by default.

    Args:
        work: the function; picklable.
        dead: from an item that killed its process, and the error, to the item that takes its place.
        count: number of processes; with one, and no `timeout`, the work is done in this process.
        ordered: whether results come in the order of the chunks, or as they are done.
        timeout: seconds that an item may take. `work` is to end it sooner; a process that does not is killed.
        begin: what a process does first; picklable.
    """

    def __init__(
        self,
        work: Callable[[list[Item]], Out],
        dead: Callable[[Item, BaseException], Item],
        count: int,
        *,
        ordered: bool = True,
        timeout: float | None = None,
        begin: Callable[[], None] | None = None,
    ) -> None:
        self._work = work
        self._dead = dead
        self._count = count
        self._ordered = ordered
        self._timeout = timeout
        self._begin = begin
        self._workers: list[_Worker[Item, Out]] = []
        self._waiting: deque[_Task[Item, Out]] = deque()
        self._flight: deque[_Task[Item, Out]] = deque()
        self._unborn = 0

    def map(self, parts: Iterable[list[Item]]) -> Iterator[Out]:
        """The results for each chunk: one, or where a worker died of it, one for each item.

        Chunks are read only so far ahead as keeps the workers busy.
        """
        if self._count <= 1 and self._timeout is None:
            yield from map(self._work, parts)
            return
        try:
            for part in parts:
                task: _Task[Item, Out] = _Task(part)
                self._flight.append(task)
                self._waiting.append(task)
                self._turn(0)
                while len(self._flight) >= self._count * _AHEAD:
                    yield from self._take()
                    self._turn(None if len(self._flight) >= self._count * _AHEAD else 0)
                yield from self._take()
            while self._flight:
                self._turn(None)
                yield from self._take()
        finally:
            for worker in self._workers:
                worker.end()
            self._workers.clear()

    def _take(self) -> Iterator[Out]:
        """The results that are there and whose turn it is."""
        while task := next((each for each in self._flight if each.done), None):
            if self._ordered and task is not self._flight[0]:
                return
            self._flight.remove(task)
            yield from task.results()

    def _turn(self, patience: float | None) -> None:
        """Hand out what waits; then collect what is done, waiting for something if `patience` is None."""
        self._hand_out()
        busy = [worker for worker in self._workers if worker.tasks]
        if not busy:
            return
        watched: dict[Any, _Worker[Item, Out]] = {}
        for worker in busy:
            watched[worker.connection] = watched[worker.process.sentinel] = worker
        heard = [watched[each] for each in wait(list(watched), self._patience(busy, patience))]
        for worker in busy:
            if worker in heard:
                self._collect(worker)
            elif self._late(worker):
                self._bury(worker, TimeoutError(f"took longer than {self._timeout:g} s; the process was ended"), 1)
        self._hand_out()

    def _hand_out(self) -> None:
        """Give tasks to the workers that have the fewest."""
        while self._waiting:
            free = min(self._workers, key=lambda worker: len(worker.tasks), default=None)
            if (free is None or free.tasks) and len(self._workers) < self._count:
                free = self._new_worker() or free
            if free is None or len(free.tasks) >= _AT_ONCE:
                return
            free.give(self._waiting.popleft())

    def _new_worker(self) -> _Worker[Item, Out] | None:
        """One more worker, or None if the system admits no more, as long as there is one."""
        try:
            self._workers.append(_Worker(self._work, self._begin))
        except OSError as error:
            if self._workers:
                self._count = len(self._workers)
                return None
            raise WorkersFailError(f"no process can be started: {error}") from error
        return self._workers[-1]

    def _collect(self, worker: _Worker[Item, Out]) -> None:
        """Take what a worker has done, or see that it is dead."""
        try:
            while worker.connection.poll():
                answer = worker.connection.recv()
                if not worker.ready:  # its first word
                    worker.ready, self._unborn = True, 0
                    worker.began = time.monotonic()
                    continue
                outcome, error = answer
                task = worker.tasks.popleft()
                worker.began = time.monotonic()
                if error is None:
                    task.outcome.append(outcome)
                task.error = error
        except (EOFError, OSError):
            worker.process.join(_LAST_BREATH)
            killed = worker.process.exitcode in (-signal.SIGKILL, -signal.SIGTERM)
            reason = WorkerDied("each process that read this record died")
            self._bury(worker, reason, _KILLED if killed else _ALONE)

    def _bury(self, worker: _Worker[Item, Out], reason: Exception, most: int) -> None:
        """See what a dead worker leaves: the first of its tasks may have killed it, the others wait again."""
        self._workers.remove(worker)
        worker.end()
        if self._begin is not None and multiprocessing.get_start_method() == "fork":
            self._begin()  # so that those to come are at work at once, however often they are killed
        tasks = list(worker.tasks)
        if not worker.ready:
            self._unborn += 1
            if self._unborn >= _UNBORN:
                raise WorkersFailError("processes end before they begin to work; try it with --workers 1")
            self._waiting.extendleft(reversed(tasks))
            return
        self._waiting.extendleft(reversed(tasks[1:]))
        if tasks:
            self._again(tasks[0], reason, most)

    def _again(self, task: _Task[Item, Out], reason: Exception, most: int) -> None:
        """Try a task once more, or item by item; an item with which `most` workers died is replaced."""
        task.deaths += 1
        if len(task.chunk) > 1 and task.deaths >= min(_TOGETHER, most):
            task.pieces = [_Task([item]) for item in task.chunk]
            self._waiting.extendleft(reversed(task.pieces))
            return
        if len(task.chunk) == 1 and task.deaths >= most:
            task.chunk = [self._dead(item, reason) for item in task.chunk]
        self._waiting.appendleft(task)

    def _late(self, worker: _Worker[Item, Out]) -> bool:
        return self._timeout is not None and bool(worker.tasks) and time.monotonic() > self._deadline(worker)

    def _deadline(self, worker: _Worker[Item, Out]) -> float:
        assert self._timeout is not None
        return worker.began + _GRACE + self._timeout * len(worker.tasks[0].chunk)

    def _patience(self, busy: list[_Worker[Item, Out]], patience: float | None) -> float | None:
        """How long to wait: no longer than until a worker is late."""
        if patience is not None or self._timeout is None:
            return patience
        return max(0.0, min(map(self._deadline, busy)) - time.monotonic())


def _serve(connection: Connection, work: Callable[[list[Any]], Any], begin: Callable[[], None] | None) -> None:
    """What a worker does. It leaves Ctrl-C to its parent, and does not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    todo: queue.SimpleQueue[list[Any]] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(connection, todo), daemon=True).start()
    if begin is not None:
        begin()
    connection.send("ready")
    while True:
        chunk = todo.get()
        try:
            answer: tuple[Any, Exception | None] = work(chunk), None
        except Exception as error:  # the parent raises it
            answer = None, error
        try:
            connection.send(answer)
        except OSError:
            raise
        except Exception as error:  # it cannot be pickled
            connection.send((None, RuntimeError(f"{type(error).__name__}: {error}")))


def _receive(connection: Connection, todo: queue.SimpleQueue[list[Any]]) -> None:
    """Take chunks from the parent at any time, so that it never waits for the work; end with the parent."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    try:
        while parent.sentinel not in wait([connection, parent.sentinel]):
            todo.put(connection.recv())
    except (EOFError, OSError):
        pass
    os._exit(1)
