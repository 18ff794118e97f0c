"""structure: blocks and spans → the tree of parts, footnotes and figures (Outline)."""
