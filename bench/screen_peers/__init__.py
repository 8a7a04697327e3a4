"""The eleven screening rules said a second time, for two rule engines of other people.

For `./kap bench screen` alone: invented clients, the rules as ordered tables of conditions, and the same
tables as ELM for cql-execution and as a JDM decision graph for zen-engine. The order of the answers and the
conditions are written independently of kap's rules, so that equal answers mean something; the limits come
from the same documents, because a threshold is written once. Must not be imported by anything in src.
"""
