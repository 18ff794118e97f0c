"""citations: blocks → the documents they cite."""
