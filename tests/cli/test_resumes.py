"""`offerline parse` and `offerline eval resumes`, as a person types them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.support import environment, offerline

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "cli" / "sample_resume.pdf"
NAME = "Mara Lindqvist"
TRUTH = {"values": [{"path": "basics.name", "value": NAME, "visible": True}]}


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "broken.pdf"
    path.write_bytes(SAMPLE.read_bytes()[:300])
    return path


class TestParse:
    def test_one_file_is_one_profile(self) -> None:
        done = offerline("parse", str(SAMPLE))
        assert (done.returncode, done.stderr) == (0, "")
        assert json.loads(done.stdout)["name"] == NAME

    def test_standard_input_in_the_other_schema(self) -> None:
        with SAMPLE.open("rb") as stream:
            command = [sys.executable, "-m", "cli.app", "parse", "--jsonresume", "-"]
            done = subprocess.run(command, stdin=stream, env=environment(), capture_output=True, text=True, check=True)
        assert json.loads(done.stdout)["basics"]["name"] == NAME

    def test_several_are_a_line_each_and_the_bad_one_is_named(self, broken: Path) -> None:
        done = offerline("parse", str(SAMPLE), str(broken), str(SAMPLE))
        assert (done.returncode, done.stderr) == (1, "")
        first, second, third = map(json.loads, done.stdout.splitlines())
        assert first == third
        assert (first["file"], first["profile"]["name"]) == (str(SAMPLE), NAME)
        assert (second["file"], second["error"]) == (str(broken), "corrupt")
        assert "damaged" in second["message"]

    def test_a_bad_one_alone_says_so_on_stderr(self, broken: Path) -> None:
        done = offerline("parse", str(broken))
        assert (done.returncode, done.stdout) == (1, "")
        assert json.loads(done.stderr)["error"] == "corrupt"

    @pytest.mark.parametrize("wrong", ["no-such-file.pdf", "."])
    def test_what_is_no_file_is_a_wrong_use(self, wrong: str) -> None:
        done = offerline("parse", wrong)
        assert done.returncode == 2
        assert "Traceback" not in done.stderr

    def test_a_file_too_large_to_hold_is_not_read_whole(self, tmp_path: Path) -> None:
        path = tmp_path / "huge.pdf"
        with path.open("wb") as stream:
            stream.truncate(1 << 42)
        done = offerline("parse", str(path))
        assert (done.returncode, json.loads(done.stderr)["error"]) == (1, "too_large")


class TestEval:
    def test_scores_speed_and_the_file_that_cannot_be_read(self, tmp_path: Path, broken: Path) -> None:
        (tmp_path / "mara__plain.pdf").write_bytes(SAMPLE.read_bytes())
        for stem in ("mara__plain", "broken"):
            (tmp_path / f"{stem}.truth.json").write_text(json.dumps(TRUTH))
        done = offerline("eval", "resumes", str(tmp_path))
        assert done.returncode == 0, done.stderr
        for said in ("overall", "whole jobs", "plain", "bare pypdfium2", "broken.pdf could not be read: corrupt"):
            assert said in done.stdout

    @pytest.mark.parametrize("truth", [None, "{bad", "[]", '{"values": 3}', '{"other": 1}'])
    def test_nothing_to_score_or_no_telling_what_is_right_says_what_to_do(
        self, tmp_path: Path, truth: str | None
    ) -> None:
        (tmp_path / "cv.pdf").write_bytes(SAMPLE.read_bytes())
        if truth is not None:
            (tmp_path / "cv.truth.json").write_text(truth)
        done = offerline("eval", "resumes", str(tmp_path))
        assert (done.returncode, "Traceback" in done.stderr) == (1, False)
        assert "cv.truth.json" in done.stderr
