"""How the tables came to be what they are: one file a revision, carried out by Alembic.

A change of bot/tables.py needs a revision: `python -m bot.migrations "what changes"` writes one into versions/, to be
read and corrected by hand; its id goes to the end of REVISIONS. Old rows must survive, and columns that are new need a
server default, since a bot of the version before may still be writing.
"""

from pathlib import Path

FOLDER = Path(__file__).parent
REVISIONS = ("0001", "0002", "0003", "0004")
