"""``rankscope schema``: what an editor needs to complete and check a definition file."""

from __future__ import annotations

import json

import typer

from rankscope.cli.options import File


def schema(*, output: File = None) -> None:
    """Print the JSON Schema of definition files, for editors."""
    from rankscope._files import write_text
    from rankscope.definition import json_schema

    text = json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
    if output is None:
        typer.echo(text, nl=False)
        return
    write_text(output, text)
    typer.echo(f"Wrote {output}. Most editors take it from a first line in the definition:")
    typer.echo(f"  # yaml-language-server: $schema={output.name}")
