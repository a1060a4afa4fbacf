"""Commands on the ontology: lint, docs, schema, legend, context, constraints."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sousveil.cli.terminal import say, say_json

ontology_app = typer.Typer(no_args_is_help=True, help="The ontology that drives everything.")


@ontology_app.command("lint")
def lint() -> None:
    """Run the rules of the ontology, on its statements and its files; each must find nothing.

    Example: sousveil ontology lint
    """
    from sousveil.vocabulary.layout import layout_problems
    from sousveil.vocabulary.lint import lint_ontology
    from sousveil.vocabulary.loading import alignment_files, ontology_files

    found = lint_ontology()
    for path in (*ontology_files(), *alignment_files()):
        found += layout_problems(path)
    for line in found:
        say(line)
    if found:
        raise typer.Exit(1)
    say("the ontology keeps all rules")


@ontology_app.command("docs")
def docs(
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="A folder for HTML pages, or a file that ends in .md; else standard output.",
        ),
    ] = None,
) -> None:
    """Write the ontology for readers: HTML pages into a folder, or one Markdown text.

    Example: sousveil ontology docs -o ontology-pages
    """
    from sousveil.pipeline.strays import write_output
    from sousveil.pipeline.writing import replace_folder
    from sousveil.view.ontology_pages import ontology_pages
    from sousveil.view.vocabulary_reference import vocabulary_reference
    from sousveil.vocabulary.loading import load_vocabulary
    from sousveil.vocabulary.properties import record_properties

    if output is not None and output.suffix != ".md":
        replace_folder(output, ontology_pages(load_vocabulary(), record_properties()))
        say(f"wrote {output}: open {output / 'index.html'} in a browser")
        return
    text = vocabulary_reference(load_vocabulary())
    if output is None:
        say(text)
    else:
        write_output(output, text.encode("utf-8"))
        say(f"wrote {output}")


@ontology_app.command("schema")
def schema(
    kind: Annotated[
        str | None,
        typer.Argument(metavar="[KIND]", help="Print one: case, entities, source or decisions."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A folder for all of them.")
    ] = None,
) -> None:
    """Write the case format as JSON Schema, with which editors complete and mark case files.

    Example: sousveil ontology schema -o .sousveil
    """
    from sousveil.errors import UsageError
    from sousveil.pipeline.editor_files import write_schemas
    from sousveil.readers.json_schema.files import KINDS, file_name, schema_files
    from sousveil.vocabulary.loading import load_vocabulary

    if kind is not None and kind not in KINDS:
        raise UsageError(f"no schema '{kind}'; there are: {', '.join(KINDS)}")
    if (kind is None) == (output is None):
        raise UsageError("name one schema to print it, or a folder with -o to write all of them")
    if output is None:
        say(schema_files(load_vocabulary())[file_name(kind or "")].decode("utf-8"))
        return
    for path in write_schemas(output):
        say(f"wrote {path}")


@ontology_app.command("legend")
def legend() -> None:
    """Print how each type is drawn as JSON: colour, symbol, the labels of its nodes, its meaning.

    Example: sousveil ontology legend
    """
    from sousveil.vocabulary.loading import load_vocabulary

    vocabulary = load_vocabulary()
    say_json(
        [
            {
                "type": c.name,
                "label": c.label,
                "color": c.color,
                "symbol": c.symbol,
                "iri": c.iri,
                "labels": list(vocabulary.ancestors(c.name)),
                "definition": c.definition,
            }
            for c in vocabulary.classes.values()
            if c.color
        ]
    )


@ontology_app.command("context")
def context() -> None:
    """Print the JSON-LD context that `export jsonld` uses.

    Example: sousveil ontology context > context.jsonld
    """
    from sousveil.graph.jsonld import jsonld_context
    from sousveil.vocabulary.loading import ontology_store

    say_json({"@context": jsonld_context(ontology_store())})


@ontology_app.command("constraints")
def constraints(
    edition: Annotated[
        str,
        typer.Option(
            help="community: what is unique. enterprise: also what must be there, and keys."
        ),
    ] = "community",
) -> None:
    """Print the Neo4j constraints as Cypher.

    `neo4j load` and the import script set those of the community edition themselves.

    Example: sousveil ontology constraints --edition enterprise | cypher-shell
    """
    from sousveil.errors import UsageError
    from sousveil.graph.constraints import enterprise_constraints, uniqueness_constraints
    from sousveil.vocabulary.loading import load_vocabulary
    from sousveil.vocabulary.properties import required_properties

    if edition not in ("community", "enterprise"):
        raise UsageError(f"no edition '{edition}'; there are: community, enterprise")
    vocabulary = load_vocabulary()
    statements = uniqueness_constraints(vocabulary)
    if edition == "enterprise":
        statements += enterprise_constraints(vocabulary, required_properties())
    for statement in statements:
        say(f"{statement};")
