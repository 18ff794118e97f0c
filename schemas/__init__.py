"""The vocabulary of the pipeline: what a page, a line, a block, a part and a record are. Imports pydantic only."""
