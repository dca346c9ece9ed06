/** Proves the store on SQLite and on PostgreSQL. */
@NullMarked
package dev.bandmaster.store;

import org.jspecify.annotations.NullMarked;
