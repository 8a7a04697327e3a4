"""The peer of `kap bench pages`: the same pages in plain Django; no row security, permissions or audit."""
