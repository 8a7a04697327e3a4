"""Opens what was handed in: plain or gzip, one JSON document or a line each, and no more than can be held."""

from __future__ import annotations

import codecs
import gzip
import io
import json
import zlib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, Final, NoReturn

from kap.vocabulary.errors import InputError

MOST_BYTES: Final = 256 * 1024 * 1024  # unpacked; a person's whole record is seldom over 20 MB
_GZIP: Final = b"\x1f\x8b"
_ZIP: Final = b"PK\x03\x04"
_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def documents_in(source: Path | bytes, at_most: int = MOST_BYTES) -> Iterator[Any]:
    """Gives each JSON document of a file: one where it is a whole, one a line where it is NDJSON.

    Raises: InputError when it cannot be opened, unpacked or read as JSON, or is larger than `at_most`.
    """
    try:
        with _opened(source) as packed:
            stream = io.BufferedReader(_unpacked(packed))
            yield from _documents(_Measured(stream, at_most))
    except (gzip.BadGzipFile, EOFError, zlib.error) as wrong:
        raise InputError("The gzip file is damaged or cut off: send it again.") from wrong
    except OSError as wrong:
        why = wrong.strerror or "broken"
        raise InputError(f"The file cannot be read ({why}): check its path.") from wrong


def _opened(source: Path | bytes) -> BinaryIO:
    return io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")


def _unpacked(packed: BinaryIO) -> Any:
    buffered = io.BufferedReader(packed)  # type: ignore[type-var]
    return gzip.GzipFile(fileobj=buffered) if buffered.peek(2)[:2] == _GZIP else buffered


class _Measured:
    """A stream that ends in a sentence when more comes out of it than can be held."""

    def __init__(self, stream: io.BufferedReader, at_most: int) -> None:
        self.stream, self.at_most, self.left = stream, at_most, at_most

    def line(self) -> bytes:
        return self._counted(self.stream.readline(self.left + 1))

    def rest(self) -> bytes:
        return self._counted(self.stream.read(self.left + 1))

    def _counted(self, read: bytes) -> bytes:
        self.left -= len(read)
        if self.left < 0:
            raise InputError(f"The file unpacks to more than {self.at_most} bytes: split it.")
        return read


def _documents(stream: _Measured) -> Iterator[Any]:
    first = _first_line(stream)
    try:
        document = _parsed(first)
    except InputError:
        yield _parsed(first + stream.rest())
        return
    yield document
    number = 1
    while line := stream.line():
        number += 1
        if line.strip():
            try:
                yield _parsed(line)
            except InputError as wrong:
                raise InputError(f"Line {number} of the NDJSON file cannot be read: {wrong}") from wrong


def _first_line(stream: _Measured) -> bytes:
    first = stream.line()
    if first.startswith(_UTF16):
        first += stream.rest()
        return _decoded(first, "utf-16").encode()
    first = first.removeprefix(codecs.BOM_UTF8)
    while first and not first.strip():
        first = stream.line()
    if not first:
        raise InputError("The file is empty: check what was exported.")
    if first.startswith(_GZIP):
        raise InputError("The file is packed twice: unpack it once and send it again.")
    if first.startswith(_ZIP):
        raise InputError("This is a ZIP archive: unpack it and send the files in it one by one.")
    if first.lstrip().startswith(b"<"):
        raise InputError("This is XML; OpenKAP reads FHIR R4 as JSON: ask for the JSON form of the export.")
    return first


def _decoded(text: bytes, encoding: str) -> str:
    try:
        return text.decode(encoding)
    except UnicodeDecodeError as wrong:
        raise InputError("The file is not text in UTF-8, as FHIR is: check what was exported.") from wrong


def _parsed(text: bytes) -> Any:
    try:
        return json.loads(
            _decoded(text, "utf-8"),
            parse_float=Decimal,
            parse_constant=_refuse,
            object_pairs_hook=_each_once,
        )
    except _NamedTwice as wrong:
        raise InputError(
            f"The element {wrong} stands twice in one object, and nobody can say which counts: send it once."
        ) from wrong
    except RecursionError as wrong:
        raise InputError("The JSON is nested too deeply to be a record: check what was exported.") from wrong
    except (ValueError, ArithmeticError) as wrong:
        where = f" (line {wrong.lineno})" if isinstance(wrong, json.JSONDecodeError) else ""
        raise InputError(f"The file is not JSON{where}: OpenKAP reads FHIR R4 as JSON or NDJSON.") from wrong


class _NamedTwice(Exception):
    """An element that an object holds twice."""


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        names = [name for name, _ in pairs]
        raise _NamedTwice(repr(next(name for name in names if names.count(name) > 1)[:40]))
    return made


def _refuse(word: str) -> NoReturn:
    raise ValueError(f"{word} is not a number in JSON")
