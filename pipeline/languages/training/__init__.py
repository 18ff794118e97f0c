"""Builds `profiles/` and `evidence.toml` from the texts named in `sources.toml`. Not used at run time."""
