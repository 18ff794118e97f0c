"""grammar: how UN symbols, dates and numerals are written; a layer below the stages."""
