"""Searches for records that break the reader: mutated bundles, driven by coverage, as long as one likes."""
