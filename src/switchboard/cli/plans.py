"""What is sold."""

import click

from switchboard.settings import from_process


@click.group()
def plans() -> None:
    """The price list in `plans/`."""


@plans.command()
@click.argument("name", required=False)
@click.option("--generation", help="Instead of the one on sale.")
def show(name: str | None, generation: str | None) -> None:
    """Print the plans on sale side by side, or everything about the plan NAME."""
    from switchboard.plans.comparison import comparison, price
    from switchboard.plans.files import changed_since_sold, read_price_list

    folder = from_process().plans_dir
    listed = read_price_list(folder)
    of = generation or listed.generation_on_sale
    if of not in listed.generations:
        raise click.ClickException(f"there is no generation {of}: choose one of {', '.join(listed.generations)}")
    shown = tuple(plan for plan in listed.generations[of] if name in (None, plan.key))
    if not shown:
        raise click.ClickException(f"{of} has no plan {name}: choose one of {', '.join(p.key for p in listed.generations[of])}")
    click.echo(f"Generation {of}, {'on sale' if of == listed.generation_on_sale else 'no longer on sale'}")
    heads = [("", [plan.key for plan in shown]), ("Name", [plan.name for plan in shown]), ("For", [p.for_whom for p in shown])]
    rows = [*heads, ("Price a month", [price(plan) for plan in shown])]
    rows += [(row.label, list(row.cells)) for row in comparison(shown)]
    for line in _aligned(rows):
        click.echo(line)
    for complaint in changed_since_sold(folder):
        click.echo(f"Warning: {complaint}", err=True)


def _aligned(rows: list[tuple[str, list[str]]]) -> list[str]:
    first = max(len(label) for label, _ in rows)
    widths = [max(len(cell) for cell in column) for column in zip(*(cells for _, cells in rows), strict=True)]
    return [
        "  ".join([label.ljust(first), *(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))]).rstrip()
        for label, cells in rows
    ]
