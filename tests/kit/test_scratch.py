from pathlib import Path

from careline.kit.scratch import Scratch


def test_the_last_of_a_key_is_kept_and_all_is_gone_in_the_end() -> None:
    scratch = Scratch()
    for key, value in (("10", "ten"), ("9", "nine"), ("10", "ten again")):
        scratch.put("numbers", key, {"is": value}, place=f"line {key}", group="all")
    scratch.put("letters", "a", ["ä"])
    assert list(scratch.of("numbers")) == [("line 9", {"is": "nine"}), ("line 10", {"is": "ten again"})]
    assert list(scratch.of("letters")) == [("", ["ä"])]
    assert scratch.of_group("all") == [{"is": "nine"}, {"is": "ten again"}]
    assert scratch.of_group("none") == []
    where = Path(scratch._file.name)
    assert where.exists()
    scratch.close()
    assert not where.exists()
