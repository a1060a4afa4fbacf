"""The same case gives the same bytes, whatever the machine is set to."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sousveil.ledger import tables
from sousveil.model.tables import TABLES
from sousveil.pipeline.case import Case
from tests.cases import POLICE_TOOLS, RING_LAPD

SOUSVEIL = str(Path(sys.executable).parent / "sousveil")


def built(case: Path, out: Path, folder: Path, **environment: str) -> dict[str, bytes]:
    subprocess.run(
        [SOUSVEIL, "build", str(case), "-o", str(out)],
        cwd=folder,
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
    )
    files = sorted(path for path in out.rglob("*") if path.is_file())
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("first")
    return built(RING_LAPD, folder / "out", folder, TZ="UTC", LC_ALL="C.UTF-8", PYTHONHASHSEED="1")


def test_time_zone_locale_hash_seed_and_place_change_no_byte(
    first: dict[str, bytes], tmp_path: Path
) -> None:
    copy = tmp_path / "somewhere else"
    shutil.copytree(RING_LAPD, copy)
    again = built(
        copy,
        tmp_path / "other name",
        tmp_path,
        TZ="Asia/Kathmandu",
        LC_ALL="C",
        LANG="C",
        PYTHONHASHSEED="4242",
        COLUMNS="40",
    )
    assert list(again) == list(first)
    for name, data in first.items():
        assert again[name] == data, name


def test_the_order_of_files_and_blocks_changes_no_statement(
    first: dict[str, bytes], tmp_path: Path
) -> None:
    copy = tmp_path / "case"
    shutil.copytree(RING_LAPD, copy)
    (copy / "entities" / "things.yaml").rename(copy / "entities" / "aaa.yaml")
    path = copy / "sources" / "mynewsla-2021-02-16.yaml"
    head, _, says = path.read_text("utf-8").partition("says:\n")
    blocks = [f"- about:{text.rstrip()}\n" for text in says.split("- about:")[1:]]
    path.write_text(head + "says:\n" + "\n".join(reversed(blocks)), encoding="utf-8")
    assert built(copy, tmp_path / "out", tmp_path)["graph.nq"] == first["graph.nq"]


def test_no_path_of_this_machine_is_in_a_built_file(first: dict[str, bytes]) -> None:
    for name, data in first.items():
        assert str(RING_LAPD.parent.parent).encode() not in data, name
        assert str(Path.home()).encode() + b"/" not in data, name


def test_few_rows_and_many_go_into_a_table_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for few in (0, 1_000_000):
        monkeypatch.setattr(tables, "_FEW", few)
        with Case.open(POLICE_TOOLS) as case:
            found.append({name: case.tables.query(f'FROM "{name}"') for name in TABLES})
    assert found[0] == found[1]
