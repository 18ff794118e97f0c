"""metadata: blocks and outline → what the document says about itself, with evidence."""
