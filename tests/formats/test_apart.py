"""Files read in a process of their own: the same as here, under limits that a refusal names."""

import io
import json
import os
import signal
import zipfile
import zlib
from pathlib import Path

import pytest

from tests.builders import HARBOUR, entity
from workbench import fence
from workbench.core.annotation import Document, layer_of
from workbench.core.errors import Invalid, Refused
from workbench.core.limits import Limits
from workbench.fence import Apart, Died
from workbench.formats import apart, gold, parser, records
from workbench.formats.reading import Options

BREAKING = "import os, sys, time\nfrom workbench.fence import fenced\nline = fenced(sys.argv[1:])\n"


def read(
    *paths: Path, options: Options = apart.PLAIN, format: str | None = None
) -> list[tuple[str, str, list[object]]]:
    found = []
    for each in apart.parsed(paths, format, options):
        if isinstance(each, Refused):
            found.append(("", "", [each.sentence]))
        else:
            items = [item if isinstance(item, Document) else str(item) for item in each.items]
            found.append((each.name, each.format, items))
    return found


def test_what_is_read_apart_is_what_is_read_here(tmp_path: Path) -> None:
    document = Document(
        HARBOUR, layer_of("", [entity(HARBOUR, "France", flags=("glued",))]), id="a1", meta={"n": [1, {}]}
    )
    with (tmp_path / "a.jsonl").open("wb") as out:
        gold.write([document], out)
        out.write(b"{broken\n")
    (tmp_path / "b.txt").write_text("Norway lent a tug. 🚢")
    (tmp_path / "c.bin").write_bytes(b"\x00\x01")
    here: dict[str, list[object]] = {}
    for each in records([tmp_path]):
        here.setdefault(each.file, []).append(each.item if isinstance(each.item, Document) else str(each.item))
    assert {name: items for name, _, items in read(tmp_path)} == here


def test_a_reader_is_chosen_and_told_what_a_person_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Café".encode("cp1252"))
    [(_, chosen, [document])] = read(tmp_path, options=Options(encoding="cp1252"), format="text")
    assert (chosen, document.text) == ("text", "Café")


def test_a_path_that_does_not_exist_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=r"gone\.txt"):
        read(tmp_path / "gone.txt")


def test_a_file_that_takes_too_much_memory_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One boat.")
    (tmp_path / "b.jsonl").write_bytes(b'{"id": "b", "title": "B", "text": "' + b"x" * 60_000_000 + b'"}')
    (tmp_path / "c.txt").write_text("Two boats.")
    tight = Options(limits=Limits(memory=180_000_000))
    found = {name: items for name, _, items in read(tmp_path, options=tight)}
    assert "took more than 180 MB of memory (WORKBENCH_READ_MEMORY)" in str(found["b.jsonl"][-1])
    assert [found[name][0].text for name in ("a.txt", "c.txt")] == ["One boat.", "Two boats."]


def test_archives_keep_to_the_limits_that_are_set(tmp_path: Path) -> None:
    path = tmp_path / "many.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(5):
            packed.writestr(f"{number}.txt", "A boat. " * 1000)
    for limits, said in (
        (Limits(entries=4), r"the most that one archive may hold is 4 \(WORKBENCH_ZIP_ENTRIES\)"),
        (Limits(unpacked=10_000), r"would unpack to more than 0 MB \(WORKBENCH_ZIP_UNPACKED\)"),
    ):
        with pytest.raises(Invalid, match=said):
            read(path, options=Options(limits=limits))


def test_a_docbin_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    (tmp_path / "bomb.spacy").write_bytes(zlib.compress(b"attrs" + bytes(30_000_000)))
    [(_, _, [said])] = read(tmp_path, options=Options(limits=Limits(unpacked=20_000_000)))
    assert said == "The file unpacks to more than 20 MB (WORKBENCH_ZIP_UNPACKED)."


def started(tmp_path: Path, body: str, monkeypatch: pytest.MonkeyPatch, **limits: int) -> Apart:
    (tmp_path / "breaking.py").write_text(BREAKING + body)
    monkeypatch.setenv("LD_LIBRARY_PATH", "")
    run = Apart.__new__(Apart)
    monkeypatch.setattr(fence, "__file__", str(tmp_path / "workbench" / "fence.py"))
    (tmp_path / "workbench").symlink_to(Path(apart.__file__).parents[1])
    run.__init__("breaking", **{"memory": 10**9, "seconds": 20} | limits)  # type: ignore[misc]
    return run


@pytest.mark.parametrize(
    ("body", "limits", "said"),
    [
        ("time.sleep(60)", {"seconds": 1}, "took more than 1 seconds"),
        ("os.kill(os.getpid(), 11)", {}, "broke down (SIGSEGV)"),
        (
            "os.kill(os.getpid(), 9)",
            {},
            "was ended by the system (SIGKILL), as happens where the machine's memory is used up",
        ),
        ("os._exit(3)", {}, "ended by itself (code 3)"),
        ("sys.exit(77)", {}, "took more than 1,000 MB of memory"),
    ],
)
def test_how_a_child_ended_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, limits: dict[str, int], said: str
) -> None:
    with started(tmp_path, body, monkeypatch, **limits) as child, pytest.raises(Died) as died:
        child.hear()
    assert str(died.value) == said


def test_a_child_knows_no_setting_writes_no_file_and_may_print(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_DATABASE_URL", "postgresql://secret")
    body = f"""
print("noise")
try:
    os.write(os.open({str(tmp_path / "written")!r}, os.O_CREAT | os.O_WRONLY), b"x")
    wrote = "wrote"
except OSError:
    wrote = "refused"
line.say(wrote.encode(), b" ", str([name for name in os.environ if name.startswith("WORKBENCH")]).encode())
line.out.flush()
"""
    with started(tmp_path, body, monkeypatch) as child:
        assert child.hear() == b"refused []"


def test_a_child_leaves_the_other_cores_to_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "64")
    body = 'line.say(os.environ["OPENBLAS_NUM_THREADS"].encode())\nline.out.flush()'
    with started(tmp_path, body, monkeypatch) as child:
        assert child.hear() == b"1"


def test_no_child_outlives_what_it_was_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with started(tmp_path, "time.sleep(60)", monkeypatch) as child:
        number = child.process.pid
    assert child.process.returncode == -signal.SIGKILL
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


def test_records_without_a_text_are_given_theirs(tmp_path: Path) -> None:
    row = {"format": "workbench/gold", "version": 1, "id": "a1", "text_sha256": None, "entities": []}
    (tmp_path / "p.jsonl").write_bytes(json.dumps(row).encode() + b"\n")
    for found in apart.parsed([tmp_path], text_of=lambda sha256, key: f"The text of {key}."):
        assert isinstance(found, parser.Parsed)
        assert [each.text for each in found.items] == ["The text of a1."]


def test_a_stream_is_read_here_where_nothing_was_named() -> None:
    raw = b"A boat."
    found = parser.held(parser.Opened("a.txt", io.BytesIO(raw), raw, {}, {}), None, apart.PLAIN)
    assert found.format == "text"


def refusals(*paths: Path, **options: object) -> list[str]:
    return [str(item) for _, _, items in read(*paths, **options) for item in items if isinstance(item, str)]  # type: ignore[arg-type]


def test_a_file_of_bad_records_is_not_told_of_line_by_line_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parser, "MOST_BAD", 5)
    (tmp_path / "bad.jsonl").write_bytes(b"{}\n" * 100)
    (tmp_path / "mixed.jsonl").write_bytes(b'{"text": "A boat."}\n' * 50 + b"{}\n" * 40)
    for each, said in (("bad", 6), ("mixed", 40)):
        raw = (tmp_path / f"{each}.jsonl").read_bytes()
        found = parser.held(parser.Opened(f"{each}.jsonl", io.BytesIO(raw), raw, {}, {}), None, apart.PLAIN)
        sentences = [item.sentence for item in found.items if isinstance(item, Refused)]
        assert len(sentences) == said
        assert ("5 records of the file cannot be used" in sentences[-1]) == (each == "bad")


def test_a_record_that_would_fill_the_memory_of_who_hears_it_is_refused(tmp_path: Path) -> None:
    rows = [b'{"text": "A boat.", "x": [' + b"1," * 9_000_000 + b"1]}", b'{"text": "Two boats."}']
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(rows))
    [(_, _, [large, good])] = read(tmp_path)
    assert "record 1: It takes more than 16 MB" in str(large)
    assert isinstance(good, Document)


def test_a_refusal_quotes_no_more_than_a_person_reads(tmp_path: Path) -> None:
    key = "k" * 1_000_000
    (tmp_path / "a.jsonl").write_text(f'{{"text": "A boat.", "{key}": 1, "{key}": 2}}\n{{"{key}": 1}}\n')
    said = refusals(tmp_path)
    assert len(said) == 2
    assert max(map(len, said)) < 1100


def test_keys_columns_and_ids_that_are_given_twice_are_found_in_one_pass(tmp_path: Path) -> None:
    count = 100_000
    entities = [{"id": str(n % (count - 1)), "start": 0, "end": 1, "label": "X"} for n in range(count)]
    record = {"format": "workbench/gold", "version": 1, "text": "abc", "entities": entities}
    (tmp_path / "gold.jsonl").write_text(json.dumps(record))
    keys = ",".join(f'"{n % (count - 1) or 1}":1' for n in range(count, 0, -1))
    (tmp_path / "keys.jsonl").write_text(f'{{"text":"x",{keys}}}')
    (tmp_path / "columns.csv").write_text(",".join(f"c{n or 1}" for n in range(count)) + "\nx\n")
    said = refusals(tmp_path, options=Options(limits=Limits(seconds=20)))
    assert [("twice" in each or "have the id" in each or "are named “c1”" in each) for each in said] == [True] * 3


@pytest.mark.parametrize("name", ["a\x1b[31mred.txt", "a\nb.txt", "n" * 1001 + ".txt", "\u202etxt.exe"])
def test_a_name_that_would_write_over_a_terminal_or_fill_a_receipt_is_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(name, "A boat.")
        packed.writestr("b.txt", "Two boats.")
    found = read(path)
    [refused] = [each for _, _, items in found for each in items if isinstance(each, str)]
    assert "rename it" in refused
    assert refused.isprintable()
    assert [each.text for _, _, items in found for each in items if isinstance(each, Document)] == ["Two boats."]


def test_a_pipe_or_device_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_text("A boat.")
    (tmp_path / "c.txt").symlink_to("/dev/zero")
    (tmp_path / "loop").symlink_to(tmp_path)
    said = refusals(tmp_path)
    assert sorted(each.split(" ")[0] for each in said) == ["a.txt", "c.txt"]
    assert all("no file but a pipe or device" in each for each in said)
    assert refusals(tmp_path / "a.txt") == [said[0]]


@pytest.mark.parametrize("encoding", ["punycode", "undefined", "unicode-escape", "Raw_Unicode_Escape", "idna"])
def test_an_encoding_that_no_page_is_in_is_not_known(encoding: str, tmp_path: Path) -> None:
    head = f"<html><meta charset={encoding}>".encode()
    (tmp_path / "a.html").write_bytes(head + b"a" * 500_000 + b"-" + b"b" * 400_000)
    [said] = refusals(tmp_path)
    assert said.startswith(f"“{encoding}” is no known encoding")
