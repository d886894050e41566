"""Load and size measurements, one JSON line each (README.md)."""
