package dev.sightline.benchmarks.load;

/** One turn of each at full load, one after the other. */
record LoadRound(Turn bare, Turn echo, Turn canView, Turn batchCheck, Turn streamChecks) {}
