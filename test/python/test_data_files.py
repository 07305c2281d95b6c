"""The copy of the files that scripts may read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tabpy_tray import data_files

if TYPE_CHECKING:
    from pathlib import Path


def _put(root: Path, name: str, *pieces: bytes) -> None:
    for index, piece in enumerate(pieces):
        is_last = index == len(pieces) - 1
        data_files.put(name, piece, is_first=index == 0, is_last=is_last, root=root)


def test_a_file_is_there_once_its_last_piece_came(tmp_path: Path) -> None:
    root = tmp_path / "data"
    data_files.put("a/b.csv", b"1,", is_first=True, is_last=False, root=root)
    assert not (root / "a" / "b.csv").exists()
    data_files.put("a/b.csv", b"2", is_first=False, is_last=True, root=root)
    assert (root / "a" / "b.csv").read_bytes() == b"1,2"


def test_a_file_and_its_folders_are_read_only(tmp_path: Path) -> None:
    root = tmp_path / "data"
    _put(root, "a/b.csv", b"1")
    modes = [(root / name).stat().st_mode & 0o777 for name in (".", "a", "a/b.csv")]
    assert modes == [0o555, 0o555, 0o444]


def test_a_newer_file_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    root = tmp_path / "data"
    _put(root, "a.csv", b"1")
    _put(root, "a.csv", b"2", b"2")
    assert (root / "a.csv").read_bytes() == b"22"
    _put(root, "a.csv/b", b"now a folder")
    assert (root / "a.csv" / "b").read_bytes() == b"now a folder"
    _put(root, "a.csv", b"a file again")
    assert (root / "a.csv").read_bytes() == b"a file again"


def test_a_removed_file_takes_its_empty_folders_along(tmp_path: Path) -> None:
    root = tmp_path / "data"
    _put(root, "a/b/c.csv", b"1")
    _put(root, "a/d.csv", b"1")
    data_files.remove("a/b/c.csv", root)
    assert not (root / "a" / "b").exists()
    data_files.remove("a/d.csv", root)
    data_files.remove("a/d.csv", root)
    assert list(root.iterdir()) == []


@pytest.mark.parametrize("name", ["", "/etc/passwd", "../a", "a/../../b"])
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="no name of a file"):
        _put(tmp_path / "data", name, b"1")


def test_all_can_be_gone_at_once(tmp_path: Path) -> None:
    root = tmp_path / "data"
    data_files.clear(root)
    _put(root, "a/b/c.csv", b"1")
    _put(root, "d.csv", b"1")
    data_files.clear(root)
    assert list(root.iterdir()) == []
    _put(root, "a", b"2")
    assert (root / "a").read_bytes() == b"2"
