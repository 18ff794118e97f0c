"""Draws the sample PDFs from the sample texts. `samples/draw.py` runs it; nothing in the pipeline imports it."""
