"""The same results from threads, forked and spawned workers, and under every hash seed."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from itertools import groupby

import pytest

import trialparse
from tests.conftest import ROOT
from tests.generated import pages

SOURCES = [page.read_bytes() for _, (page, *_) in groupby(pages(), key=lambda page: page.parent)]
"""A page of each layout."""
THREADS = 8

FRESH = "from tests.robustness.test_concurrency import digest; print(digest())"
RACE = """
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
sys.setswitchinterval(1e-6)
from tests.robustness.test_concurrency import SOURCES, THREADS, digest_of
start = Barrier(THREADS)
def work(number):
    start.wait()
    return digest_of(SOURCES[number % len(SOURCES)])
with ThreadPoolExecutor(THREADS) as pool:
    print(" ".join(pool.map(work, range(THREADS))))
"""
"""Threads that all meet the tables and grammars unloaded."""


def digest_of(source: bytes) -> str:
    """Of every byte that comes out for a page."""
    return sha256(trialparse.parse(source).model_dump_json().encode()).hexdigest()


def digest(_: int = 0) -> str:
    """Of all pages together."""
    return sha256("".join(map(digest_of, SOURCES)).encode()).hexdigest()


def _fresh(program: str, **environment: str) -> str:
    command = [sys.executable, "-c", program]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, cwd=ROOT, env={**os.environ, **environment}
    )
    return done.stdout.strip()


@pytest.fixture(scope="module")
def wanted() -> str:
    """What comes of all pages here, one after another."""
    return digest()


def test_threads_at_once(wanted: str) -> None:
    with ThreadPoolExecutor(THREADS) as pool:
        assert set(pool.map(digest, range(THREADS))) == {wanted}


def test_threads_at_the_very_first_parse() -> None:
    wanted = [digest_of(SOURCES[number % len(SOURCES)]) for number in range(THREADS)]
    assert _fresh(RACE).split() == wanted


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_processes(method: str, wanted: str) -> None:
    """With everything loaded in the parent, which a forked child inherits."""
    with multiprocessing.get_context(method).Pool(2) as pool:
        assert set(pool.map(digest, range(4))) == {wanted}


@pytest.mark.parametrize("seed", ["0", "1", "4294967295", "random"])
def test_hash_seeds(seed: str, wanted: str) -> None:
    assert _fresh(FRESH, PYTHONHASHSEED=seed) == wanted
