"""A function over the chunks of a stream in several processes: bounded, in order, and outliving a worker's death."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Generic, NamedTuple, TypeVar

Item = TypeVar("Item")
Out = TypeVar("Out")

_AHEAD = 3
"""Chunks in flight for each worker: enough that none waits for the reader, few enough that memory stays flat."""


def chunks(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The items in lists of `size`, the last one shorter."""
    stream = iter(items)
    while chunk := list(islice(stream, size)):
        yield chunk


class _Pending(NamedTuple, Generic[Item, Out]):
    chunk: list[Item]
    future: Future[Out]
    pool: ProcessPoolExecutor


class Workers(Generic[Item, Out]):
    """Processes that apply a function to chunks. They are started as the platform does by default.

    Args:
        work: the function; picklable.
        dead: from an item that killed its process, and the error, to the item that takes its place.
        count: number of processes; with one, the work is done in this process.
        ordered: whether results come in the order of the chunks, or as they are done.
    """

    def __init__(
        self,
        work: Callable[[list[Item]], Out],
        dead: Callable[[Item, BaseException], Item],
        count: int,
        *,
        ordered: bool = True,
    ) -> None:
        self._work = work
        self._dead = dead
        self._count = count
        self._ordered = ordered
        self._pending: list[_Pending[Item, Out]] = []

    def map(self, parts: Iterable[list[Item]]) -> Iterator[Out]:
        """The result for each chunk; chunks are read only so far ahead as keeps the workers busy."""
        if self._count <= 1:
            yield from map(self._work, parts)
            return
        self._pool = _new_pool(self._count)
        try:
            for part in parts:
                self._submit(part)
                while len(self._pending) >= self._count * _AHEAD or self._ready():
                    yield self._take()
            while self._pending:
                yield self._take()
        finally:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def _submit(self, chunk: list[Item]) -> None:
        try:
            future = self._pool.submit(self._work, chunk)
        except BrokenProcessPool:
            self._replace(self._pool)
            future = self._pool.submit(self._work, chunk)
        self._pending.append(_Pending(chunk, future, self._pool))

    def _ready(self) -> bool:
        """Whether a result can be taken without waiting."""
        some = self._pending[:1] if self._ordered else self._pending
        return any(each.future.done() for each in some)

    def _take(self) -> Out:
        position = 0
        if not self._ordered:
            done = wait([each.future for each in self._pending], return_when=FIRST_COMPLETED).done
            position = next(i for i, each in enumerate(self._pending) if each.future in done)
        chunk, future, pool = self._pending.pop(position)
        try:
            return future.result()
        except BrokenProcessPool:  # some chunk in flight killed a worker; whether it was this one is seen alone
            self._replace(pool)
            return self._with_care(chunk)

    def _replace(self, pool: ProcessPoolExecutor) -> None:
        if pool is self._pool:
            pool.shutdown(wait=True)
            self._pool = _new_pool(self._count)

    def _with_care(self, chunk: list[Item]) -> Out:
        try:
            return self._alone(chunk)
        except BrokenProcessPool:
            return self._alone([self._tried(item) for item in chunk])

    def _tried(self, item: Item) -> Item:
        try:
            self._alone([item])
        except BrokenProcessPool as error:
            return self._dead(item, error)
        return item

    def _alone(self, chunk: list[Item]) -> Out:
        with _new_pool(1) as pool:
            return pool.submit(self._work, chunk).result()


def _new_pool(count: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(count, initializer=_settle)


def _settle() -> None:
    """A worker leaves Ctrl-C to its parent, and does not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
