package dev.bandmaster.benchmark.chaos;

import dev.bandmaster.testkit.ledger.Verdict;

/** One line of the table: an ordeal and what came of it. */
record Row(String ordeal, Verdict verdict, double seconds) {}
