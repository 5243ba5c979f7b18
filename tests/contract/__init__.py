"""What holds on each database that Limner runs on: real SQLite files, and a real PostgreSQL server."""
