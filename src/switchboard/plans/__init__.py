"""The price list: what each plan has, of every generation, read from the files in `plans/` (SPEC 2)."""
