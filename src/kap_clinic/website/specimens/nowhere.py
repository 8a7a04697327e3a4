"""Where the links of invented things lead."""

NOWHERE = "#main"
