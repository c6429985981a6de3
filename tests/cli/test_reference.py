from __future__ import annotations

import pytest
import typer

from rankscope.cli.app import app
from tests.cli.reference import EXAMPLES, FILE, reference

COMMANDS = typer.main.get_command(app).commands


def test_the_reference_is_up_to_date():
    assert FILE.read_text("utf-8") == reference(), "run: python -m tests.cli.reference"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_examples_that_begin_with_it(name):
    assert EXAMPLES[name]
    assert all(line.startswith(f"rankscope {name}") for line in EXAMPLES[name])


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_says_what_it_does(name):
    assert all(one.help for one in COMMANDS[name].params)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_first_sentence_fits_into_the_list_of_commands(name):
    assert len(COMMANDS[name].help.splitlines()[0]) <= 64
