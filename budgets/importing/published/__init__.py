"""A workbook of published tables read back into the facts that it was printed from."""
