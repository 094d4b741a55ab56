from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from bench.bars import BARS, Bar, verdict
from bench.plot import svg
from bench.profile_build import stage_table
from bench.results import Memory, Result, Sample, Spread, disturbance, lines, standings
from bench.table import markdown


def sample_result(large: int = 0) -> Result:
    machine: dict[str, str | int] = {
        "processor": "Abacus", "processors": 2, "memory_gb": 8, "kernel": "Linux 6.1", "python": "CPython 3.11",
        "sources_on": "ext4", "output_on": "tmpfs",
    }  # fmt: skip
    result = Result(1000, large, machine, {"hugo": "0.1", "slugline": "0.2"}, {}, ["all equal."])
    for at, pace in enumerate((1.0, 2.0, 1.5)):
        result.samples.extend(
            (
                Sample("hugo", 1000, "clean", at, 10 * pace, 18, 0.1),
                Sample("slugline", 1000, "clean", at, 8 * pace, 15, 0.1),
                Sample("slugline", 1000, "body", at, 0.4 * pace, 0.4, 0.1),
                Sample("slugline", 1000, "body", at, 0.48 * pace, 0.4, 0.1),
                Sample("floor", 1000, "copy", at, 0.2, 0.2, 0.1),
            )
        )
        if large:
            result.samples.append(Sample("slugline", large, "clean", at, 8 * pace * large / 1000 * 1.1, 150, 0.1))
    if large:
        result.memory.append(Memory("slugline", large, 700_000_000))
    return result


def test_ratios_pair_runs_of_the_same_round_so_that_a_slow_round_does_not_count() -> None:
    clean = next(line for line in lines(sample_result()) if (line.candidate, line.work) == ("slugline", "clean"))
    assert clean.ratio == Spread(0.8, 0.8, 0.8)
    assert clean.wall == Spread(12.0, 8.0, 16.0)


def test_repeated_runs_of_one_round_all_count() -> None:
    body = next(line for line in lines(sample_result()) if line.work == "body")
    assert body.runs == 6
    assert body.ratio == pytest.approx(Spread(0.044, 0.04, 0.048))


def test_a_ratio_is_not_made_up_where_hugo_did_not_run() -> None:
    result = sample_result()
    result.samples[:] = [one for one in result.samples if one.candidate != "hugo"]
    assert {line.ratio for line in lines(result)} == {None}
    assert {one.verdict for one in standings(result)} == {None}


@pytest.mark.parametrize(("value", "said"), [(0.7, "aim met"), (0.71, "bar met"), (1.2, "bar met"), (1.21, "missed")])
def test_a_verdict_names_the_highest_mark_that_is_reached(value: float, said: str) -> None:
    assert verdict(Bar("slugline", "clean", "hugo", 1.2, 0.7), value) == said


def test_a_large_corpus_is_compared_by_the_story_and_its_memory_in_gigabytes() -> None:
    found = {(one.bar.work, one.bar.against): one for one in standings(sample_result(large=10_000))}
    clean, memory = found["clean", "small"], found["memory", "bytes"]
    assert clean.value == pytest.approx(Spread(1.1, 1.1, 1.1))
    assert clean.verdict == "bar met"
    assert memory.value == Spread(0.7, 0.7, 0.7)
    assert memory.verdict == "bar met"
    assert found["body", "small"].verdict is None


def test_every_bar_has_a_row_in_the_table_and_says_if_it_was_not_measured() -> None:
    text = markdown(sample_result(large=10_000))
    assert text.count("\n| Slugline") >= len(BARS)
    assert "| Slugline: clean build, 1,000 stories, to Hugo's clean build | 0.8 | 0.75 | 0.6 | missed |" in text
    assert "| 0.044 (0.04 to 0.048) | 0.028 | 0.02 | missed |" in text
    assert "| not measured |" in text
    assert "- all equal." in text
    assert "700 MB" in text


def test_tables_have_as_many_cells_in_every_row_as_in_their_heads() -> None:
    blocks = [block for block in markdown(sample_result(large=10_000)).split("\n\n") if block.startswith("|")]
    assert len(blocks) == 3
    for block in blocks:
        assert len({line.count("|") for line in block.splitlines()}) == 1


def test_a_result_survives_being_written_and_read(tmp_path: Path) -> None:
    result = sample_result(large=10_000)
    result.save(tmp_path / "new" / "result.json")
    assert Result.load(tmp_path / "new" / "result.json") == result


def test_the_plot_is_valid_xml_with_a_bar_for_each_generator_whose_length_is_its_time() -> None:
    tree = ElementTree.fromstring(svg(sample_result()))
    space = "{http://www.w3.org/2000/svg}"
    bars = [one for one in tree.iter(f"{space}rect") if one.get("class") in ("own", "peer")]
    slugline, hugo, body = bars
    assert [one.get("class") for one in bars] == ["own", "peer", "own"]
    assert float(slugline.get("width", 0)) / float(hugo.get("width", 0)) == pytest.approx(0.8, abs=0.01)
    assert float(body.get("width", 0)) > 0
    texts = [one.text for one in tree.iter(f"{space}text")]
    assert "15.0 s" in texts
    assert "1,000 stories, clean build" in texts
    described = tree.find(f"{space}desc")
    assert described is not None
    assert "Hugo 15.0 s" in str(described.text)


def test_nothing_in_the_plot_reaches_past_its_edge() -> None:
    tree = ElementTree.fromstring(svg(sample_result(large=10_000)))
    width, height = float(tree.get("width", 0)), float(tree.get("height", 0))
    for one in tree.iter("{http://www.w3.org/2000/svg}rect"):
        assert float(one.get("x", 0)) + float(one.get("width", 0)) <= width
        assert float(one.get("y", 0)) + float(one.get("height", 0)) <= height


def test_the_table_tells_how_much_of_the_machine_others_had() -> None:
    result = sample_result()
    others, wall = sum(one.others for one in result.samples), sum(one.wall for one in result.samples)
    assert disturbance(result) == pytest.approx(others / wall / 2)
    assert f"had {others / wall / 2:.1%} of the processors" in markdown(result)


def test_a_profile_tells_each_stage_and_what_no_stage_accounts_for() -> None:
    runs = [
        {"scan": 1.0, "parse": 5.0, "total": 7.0, "process": 8.0},
        {"scan": 1.0, "parse": 6.0, "total": 8.0, "process": 10.0},
    ]
    table = stage_table(list(runs))
    assert "| parse | 5.500 | 61% |" in table
    assert "| the rest | 2.500 | 28% |" in table
    assert "| **all** | **9.000** | **100%** |" in table
