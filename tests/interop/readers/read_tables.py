"""pandas, polars and pyarrow read the tables."""

import pandas
import polars
from common import FOLDER, same, turned
from pyarrow import ipc, parquet

COLUMNS = ["frame", "track", "label", "x", "y", "w", "h", "rotation"]


def found(rows):
    return {(f, i): (label, box) for f, i, label, *box in rows}


tables = {
    "pandas.read_csv": pandas.read_csv(FOLDER / "a.csv"),
    "pandas.read_parquet": pandas.read_parquet(FOLDER / "a.parquet"),
    "pandas.read_feather": pandas.read_feather(FOLDER / "a.arrow"),
    "pyarrow.parquet": parquet.read_table(FOLDER / "a.parquet").to_pandas(),
    "pyarrow.ipc": ipc.open_file(FOLDER / "a.arrow").read_pandas(),
}
for what, table in tables.items():
    rows = zip(*(table[name].tolist() for name in COLUMNS), strict=True)
    same(what, found(rows), turned())
for what, read in (("csv", polars.read_csv), ("parquet", polars.read_parquet)):
    rows = read(FOLDER / f"a.{what}").select(COLUMNS).iter_rows()
    same(f"polars {what}", found(rows), turned())
