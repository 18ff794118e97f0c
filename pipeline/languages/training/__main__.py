"""`python -m pipeline.languages.training TEXTS`: writes the profiles, the tables and `evidence.toml` anew.

TEXTS is the folder that `gather` filled. Takes about ten minutes of one core; the same texts give the same files where
numpy adds in the same order, therefore in one thread (`OMP_NUM_THREADS=1`, which `make profiles` sets).
"""

import argparse
from pathlib import Path

from pipeline.languages.tables import FOLDER
from pipeline.languages.training.build import build

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--out", type=Path, default=FOLDER)
    arguments = parser.parse_args()
    build(arguments.texts, arguments.out)
