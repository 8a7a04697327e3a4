"""What the rooms of the live benchmarks are told: the tablet's token and the second person's PIN."""

TOKEN, PIN = "the bench's tablet", "274913"
