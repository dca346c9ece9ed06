/**
 * Ends a process at the edge of a transaction. Nothing in the program knows of it: a driver of our
 * own stands before the database's and sees every commit.
 */
@NullMarked
package dev.bandmaster.testkit.failpoint;

import org.jspecify.annotations.NullMarked;
