"""Tables of figures: for a terminal in columns, for the documentation in Markdown."""

Rows = list[tuple[str, ...]]


def printed(rows: Rows, *, markdown: bool) -> str:
    """The table; its first row is the head."""
    if markdown:
        lines = [f"| {' | '.join(cells)} |" for cells in rows]
        return "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]])
    widths = [max(len(cells[column]) for cells in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) for cells in rows]
    return "\n".join(line.rstrip() for line in lines)


def share(part: int, whole: int) -> str:
    """'98.0 % (196 of 200)'."""
    return f"{100 * part / whole:.1f} % ({part} of {whole})" if whole else "-"


def short(part: int, whole: int) -> str:
    """'98.0 %', where room is scarce."""
    return f"{100 * part / whole:.1f} %" if whole else "-"
