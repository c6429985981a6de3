"""``rankscope schema``."""

from __future__ import annotations

import json

import yaml
from jsonschema import Draft202012Validator

from rankscope.definition import write_starter


def test_the_schema_printed_accepts_what_new_writes(run, tmp_path):
    write_starter(tmp_path / "towns", name="towns")
    validator = Draft202012Validator(json.loads(run("schema").out))

    written = (tmp_path / "towns" / "index.yaml").read_text(encoding="utf-8")
    assert list(validator.iter_errors(yaml.safe_load(written))) == []


def test_the_schema_goes_into_a_file_whole(run, tmp_path):
    done = run("schema", "-o", tmp_path / "schema.json")

    assert json.loads((tmp_path / "schema.json").read_text(encoding="utf-8"))["title"]
    assert "yaml-language-server" in done.out
